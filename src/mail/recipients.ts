import type { OutboxMail } from './outbox-store.ts'

/**
 * Who is written to about a change: the retailer's contact address, if there is one, and every notification
 * address, each once (DOMAIN.md §4 and §5).
 */
export function recipientsOf(
  retailer: { email: string } | null,
  notificationEmails: readonly string[],
): Omit<OutboxMail, 'id'>[] {
  const seen = new Set<string>()
  const recipients: Omit<OutboxMail, 'id'>[] = []
  const add = (recipient: string, audience: OutboxMail['audience']) => {
    if (recipient === '' || seen.has(recipient.toLowerCase())) return
    seen.add(recipient.toLowerCase())
    recipients.push({ recipient, audience })
  }
  add(retailer?.email ?? '', 'retailer')
  for (const address of notificationEmails) add(address, 'business')
  return recipients
}
