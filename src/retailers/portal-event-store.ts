import { desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { portalEvents } from '../db/schema.ts'

/** What a page shows of them; who wants to know changed it lately. */
const SHOWN = 3

export type PortalEvent = Pick<typeof portalEvents.$inferSelect, 'at' | 'actor' | 'kind'>

/**
 * Writes down what the next statement of the same batch changes, and only where it changes something: `found` is a
 * query that has a row then.
 */
export function portalEventStatement(
  ctx: Ctx,
  { retailerId, kind }: { retailerId: string | null; kind: PortalEvent['kind'] },
  found: SQL,
) {
  return ctx.db.statement(sql`INSERT INTO portal_events (retailer_id, at, actor, kind)
    SELECT ${retailerId}, ${ctx.now}, ${JSON.stringify(ctx.actor)}, ${kind} WHERE EXISTS (${found})`)
}

/** The newest ones of a retailer, or of the general link, newest first. */
export function portalEventsQuery(db: Db, retailerId: string | null) {
  const { at, actor, kind } = portalEvents
  return db.sql
    .select({ at, actor, kind })
    .from(portalEvents)
    .where(retailerId === null ? isNull(portalEvents.retailerId) : eq(portalEvents.retailerId, retailerId))
    .orderBy(desc(portalEvents.number))
    .limit(SHOWN)
}
