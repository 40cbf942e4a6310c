import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { reusable } from '../db/client.ts'
import { settings } from '../db/schema.ts'
import type { NotificationEmail } from '../mail/recipients.ts'
import { notificationEmailsFrom, storedNotificationEmails } from './notification-emails.ts'

/** How the business is called, counts and is reached. */
export interface Settings {
  businessName: string
  /** ISO 4217. */
  currency: string
  /** IANA name. */
  timeZone: string
  replyTo: string
  notificationEmails: NotificationEmail[]
  /** '#rrggbb', or '' for the default. */
  accentColor: string
  /** The id of a picture, or ''. */
  logo: string
  revision: number
}

const { businessName, currency, timeZone, replyTo, accentColor, logo, revision } = settings

export const settingsColumns = {
  ...{ businessName, currency, timeZone, replyTo, accentColor, logo, revision },
  notificationEmails: sql`${settings.notificationEmails}`.mapWith((stored: string) =>
    notificationEmailsFrom(JSON.parse(stored)),
  ),
}

/** The one settings row, to go into a page's batch. */
export const settingsQuery = reusable((db) =>
  db.sql.select(settingsColumns).from(settings).where(eq(settings.id, 1)),
)

/** Writes those of the settings that are given, if they still have the revision `seen`; answers what is there now. */
export async function writeSettings(ctx: Ctx, seen: number, values: Partial<Omit<Settings, 'revision'>>) {
  const { notificationEmails, ...others } = values
  const stored = notificationEmails && JSON.stringify(storedNotificationEmails(notificationEmails))
  const [updated, current] = await ctx.db.batch([
    ctx.db.sql
      .update(settings)
      .set({
        ...others,
        notificationEmails: stored,
        revision: seen + 1,
        updatedAt: ctx.now,
        updatedBy: ctx.actor,
      })
      .where(and(eq(settings.id, 1), eq(settings.revision, seen)))
      .returning({ revision: settings.revision }),
    settingsQuery(ctx.db),
  ])
  return { updated: updated.length > 0, current: current[0]! }
}
