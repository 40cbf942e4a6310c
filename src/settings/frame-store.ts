import { eq } from 'drizzle-orm'
import { reusable } from '../db/client.ts'
import { settings } from '../db/schema.ts'
import { mailsToDecide } from '../mail/mail-store.ts'
import { awaitingCount } from '../orders/order-list-store.ts'
import { settingsColumns } from './settings-store.ts'

/** The settings, and what waits for staff: one statement, since every staff page asks it. */
export const frameQuery = reusable((db) =>
  db.sql
    .select({
      ...settingsColumns,
      awaiting: awaitingCount.as('awaiting'),
      mailsToDecide: mailsToDecide.as('mails_to_decide'),
    })
    .from(settings)
    .where(eq(settings.id, 1)),
)
