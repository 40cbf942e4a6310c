import type { EventChanges, EventKind } from '../orders/history.ts'
import type { Statement } from '../orders/statement.ts'
import type { Brand } from './brand.ts'
import { orderMessageHtml } from './order-message-html.ts'
import { orderMessageText } from './order-message-text.ts'
import { wordingOf } from './order-message-words.ts'

/** What an e-mail about a change of an order is made from: nothing but the change and who tells of it. */
export interface OrderMessageInput {
  number: number
  kind: EventKind
  changes: EventChanges
  comment: string
  statement: Statement
  audience: 'retailer' | 'business'
  brand: Brand
  /** The order at the business's own desk, for its own people; null where the desk's address is not known. */
  desk: URL | null
}

export interface OrderMessage {
  /** The same for every message about an order, so that they make one thread. */
  subject: string
  preheader: string
  html: string
  text: string
}

/** The e-mail about a change of an order, as HTML and as plain text (DOMAIN.md §4, §5 and §7). */
export function orderMessage(input: OrderMessageInput): OrderMessage {
  const wording = wordingOf(input)
  return {
    subject: `Order #${input.number} · ${input.brand.businessName}`,
    preheader: wording.preheader,
    html: orderMessageHtml(input, wording),
    text: orderMessageText(input, wording),
  }
}
