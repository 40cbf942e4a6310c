import type { MailEvent } from './mail-event.ts'
import type { OutboxMail } from './outbox-store.ts'

/** An address of the business, and what it wants to be told of. */
export interface NotificationEmail {
  email: string
  events: MailEvent[]
}

/**
 * Who is written to about a change: the retailer's contact address, if there is one, and every notification address
 * that wants to be told of it, each once (DOMAIN.md §4 and §5).
 */
export function recipientsOf(
  retailer: { email: string } | null,
  notificationEmails: readonly NotificationEmail[],
  event: MailEvent,
): Omit<OutboxMail, 'id'>[] {
  const seen = new Set<string>()
  const recipients: Omit<OutboxMail, 'id'>[] = []
  const add = (recipient: string, audience: OutboxMail['audience']) => {
    if (recipient === '' || seen.has(recipient.toLowerCase())) return
    seen.add(recipient.toLowerCase())
    recipients.push({ recipient, audience })
  }
  add(retailer?.email ?? '', 'retailer')
  for (const { email, events } of notificationEmails) {
    if (events.includes(event)) add(email, 'business')
  }
  return recipients
}
