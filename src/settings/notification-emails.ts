import { MAIL_EVENTS, type MailEvent } from '../mail/mail-event.ts'
import type { NotificationEmail } from '../mail/recipients.ts'

/** As the database keeps them: an address alone wants everything, also what may be told of one day. */
export type StoredNotificationEmail = string | { email: string; events: MailEvent[] }

export function notificationEmailsFrom(stored: StoredNotificationEmail[]): NotificationEmail[] {
  return stored.map((one) => (typeof one === 'string' ? { email: one, events: [...MAIL_EVENTS] } : one))
}

export function storedNotificationEmails(chosen: NotificationEmail[]): StoredNotificationEmail[] {
  return chosen.map((one) => (MAIL_EVENTS.every((event) => one.events.includes(event)) ? one.email : one))
}
