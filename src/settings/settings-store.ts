import { eq } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { settings } from '../db/schema.ts'

/** How the business is called, counts and is reached. */
export interface Settings {
  businessName: string
  /** ISO 4217. */
  currency: string
  /** IANA name. */
  timeZone: string
  replyTo: string
  notificationEmails: string[]
  revision: number
}

/** The one settings row, to go into a page's batch. */
export function settingsQuery(db: Db) {
  const { businessName, currency, timeZone, replyTo, notificationEmails, revision } = settings
  return db.sql
    .select({ businessName, currency, timeZone, replyTo, notificationEmails, revision })
    .from(settings)
    .where(eq(settings.id, 1))
}
