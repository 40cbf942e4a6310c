import { MAIL_EVENTS, type MailEvent } from '../../mail/mail-event.ts'
import { type NotificationEmail, recipientsOf } from '../../mail/recipients.ts'

/** What a notification address can ask to be told of. */
export const MAIL_EVENT_WORDS: Record<MailEvent, string> = {
  placed: 'Placed',
  requested: 'Requested',
  updated: 'Updated',
  shipped: 'Shipped',
  delivered: 'Delivered',
  canceled: 'Canceled',
}

/**
 * Who will be written to, whichever of these events it will be: "jo@shop.com, ana@maker.com (only for Shipped)";
 * '' for nobody.
 */
export function recipientWords(
  retailer: { email: string } | null,
  notificationEmails: readonly NotificationEmail[],
  possible: readonly MailEvent[],
): string {
  const told = new Map<string, MailEvent[]>()
  for (const event of MAIL_EVENTS.filter((one) => possible.includes(one))) {
    for (const { recipient } of recipientsOf(retailer, notificationEmails, event)) {
      told.set(recipient, [...(told.get(recipient) ?? []), event])
    }
  }
  return [...told]
    .map(([recipient, events]) => {
      const isAlways = possible.every((event) => events.includes(event))
      return isAlways ? recipient : `${recipient} (only for ${events.map(eventWords).join(', ')})`
    })
    .join(', ')
}

const eventWords = (event: MailEvent) => (event === 'updated' ? 'other updates' : MAIL_EVENT_WORDS[event])
