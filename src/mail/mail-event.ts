import type { EventKind } from '../orders/history.ts'
import type { OrderStatus } from '../orders/order.ts'

/** What messages tell of, as notification addresses choose among them; in the order in which it happens. */
export const MAIL_EVENTS = ['placed', 'requested', 'updated', 'shipped', 'delivered', 'canceled'] as const
export type MailEvent = (typeof MAIL_EVENTS)[number]

/** What a change of an order is to those who are told of it. */
export function mailEventOf(kind: EventKind, before: OrderStatus | null, after: OrderStatus): MailEvent {
  if (kind === 'placed' || kind === 'requested') return kind
  // A shop's answer belongs to whoever wants its request.
  if (kind === 'answered') return 'requested'
  if (after === before) return 'updated'
  return after === 'shipped' || after === 'delivered' || after === 'canceled' ? after : 'updated'
}
