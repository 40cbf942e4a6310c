import { and, desc, eq, sql } from 'drizzle-orm'
import { type Db, reusable } from '../db/client.ts'
import { recordChanges } from '../db/schema.ts'

/** What a page shows of them; who wants to know changed it lately. */
export const CHANGES_SHOWN = 10

export type RecordChange = Pick<typeof recordChanges.$inferSelect, 'at' | 'actor' | 'before' | 'after'>

/** The settings are one row. */
export const SETTINGS_ID = '1'

/**
 * The newest changes of a product, a retailer or the settings, newest first, to go into a page's batch. Triggers write
 * them down with every change (migrations/0019_record_changes.sql); nothing else does.
 */
export function recordChangesQuery(
  db: Db,
  subject: (typeof recordChanges.$inferSelect)['subject'],
  subjectId: string,
) {
  return newest(db, { subject, subjectId })
}

const newest = reusable((db) => {
  const { number, subject, subjectId, at, actor, before, after } = recordChanges
  return db.sql
    .select({ at, actor, before, after })
    .from(recordChanges)
    .where(and(eq(subject, sql.placeholder('subject')), eq(subjectId, sql.placeholder('subjectId'))))
    .orderBy(desc(number))
    .limit(CHANGES_SHOWN)
})
