import { routes } from '../routes.ts'
import type { Sender } from './brand.ts'
import type { Message } from './mail-port.ts'
import { orderMessage } from './order-message.ts'
import type { MailedEvent, OutboxMail } from './outbox-store.ts'

/** Nobody's domain, so that a change of the sending domain does not tear an order's thread in two. */
const THREAD_DOMAIN = 'counterfoil.invalid'

/** Out-of-office answers to a program help nobody (RFC 3834). */
export const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' }

/** The e-mail about a change of an order, but for its recipient (DOMAIN.md §7). */
export function messageFor(
  event: MailedEvent,
  audience: OutboxMail['audience'],
  { brand, from, replyTo, appUrl }: Sender,
): Omit<Message, 'to'> {
  const desk = appUrl === null ? null : new URL(routes.order(event.number), appUrl)
  const { subject, html, text } = orderMessage({ ...event, audience, brand, desk })
  return {
    ...{ from: { email: from, name: brand.businessName }, replyTo, subject, html, text },
    headers: { References: `<order-${event.orderId}@${THREAD_DOMAIN}>`, ...AUTOMATIC },
  }
}
