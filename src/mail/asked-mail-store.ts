import { eq, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { mails, retailers } from '../db/schema.ts'
import { type PortalRetailer, portalColumns } from './outbox-store.ts'

// Messages that somebody asks for, and what somebody decides about one that did not arrive.

/**
 * Adds a message like `id`, which did not arrive or may not have, to `recipient` or to the same one. Answers the new
 * row, or the one that was added for it before; null where there is none, with the status and the recipient that the
 * message has, if it exists.
 */
export async function insertAgain(ctx: Ctx, id: string, recipient: string | null) {
  const actor = JSON.stringify(ctx.actor)
  const [, , again, old] = await ctx.db.batch([
    ctx.db.statement(sql`INSERT INTO mails (id, kind, order_id, revision, retailer_id, recipient, audience, status, status_at, due_at, queued_at,
        again_of, asked_by, event)
      SELECT ${ctx.newId()}, kind, order_id, revision, retailer_id, COALESCE(${recipient}, recipient), audience, 'queued', ${ctx.now}, ${ctx.now},
        ${ctx.now}, id, ${actor}, event
      FROM mails WHERE id = ${id} AND status IN ('failed', 'unknown', 'bounced')
      ON CONFLICT (again_of) WHERE again_of IS NOT NULL DO NOTHING`),
    ctx.db.statement(sql`UPDATE mails SET decided = 1, decided_by = ${actor}
      WHERE id = ${id} AND EXISTS (SELECT 1 FROM mails AS again WHERE again.again_of = ${id} AND again.queued_at = ${ctx.now})`),
    ctx.db.sql.select({ id: mails.id, recipient: mails.recipient }).from(mails).where(eq(mails.againOf, id)),
    ctx.db.sql
      .select({ status: mails.status, recipient: mails.recipient })
      .from(mails)
      .where(eq(mails.id, id)),
  ])
  return { again: again[0] ?? null, old: old[0] ?? null }
}

/** Notes whether a message that did not arrive, and was not sent again, is decided about; answers how it stands now. */
export async function writeDismissal(ctx: Ctx, id: string, dismissed: boolean) {
  const actor = dismissed ? JSON.stringify(ctx.actor) : null
  const [, now] = await ctx.db.batch([
    ctx.db.statement(sql`UPDATE mails SET decided = ${Number(dismissed)}, decided_by = ${actor}
      WHERE id = ${id} AND decided <> ${Number(dismissed)} AND +status IN ('failed', 'unknown', 'bounced', 'complained')
        AND NOT EXISTS (SELECT 1 FROM mails AS again WHERE again.again_of = ${id})`),
    ctx.db.sql.select({ decided: mails.decided }).from(mails).where(eq(mails.id, id)),
  ])
  return now[0] ?? null
}

/** What is known of a retailer when the link to its portal is asked for. */
export function portalRetailerQuery(db: Db, retailerId: string) {
  return db.sql.select(portalColumns).from(retailers).where(eq(retailers.id, retailerId))
}

/** Adds a message with the link to a retailer's portal, unless the id is there, and answers what has the id now. */
export async function insertPortalLinkMail(ctx: Ctx, id: string, { id: retailerId, email }: PortalRetailer) {
  const [, made] = await ctx.db.batch([
    ctx.db.sql
      .insert(mails)
      .values({
        ...{ id, kind: 'portal_link', retailerId, recipient: email, audience: 'retailer', attempts: 0 },
        ...{ status: 'queued', statusAt: ctx.now, dueAt: ctx.now, queuedAt: ctx.now, askedBy: ctx.actor },
      })
      .onConflictDoNothing({ target: mails.id }),
    ctx.db.sql
      .select({ recipient: mails.recipient, retailerId: mails.retailerId })
      .from(mails)
      .where(eq(mails.id, id)),
  ])
  return made[0]!
}
