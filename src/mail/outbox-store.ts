import { eq, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { reusable } from '../db/client.ts'
import { type mails, orderEvents, orders, retailers } from '../db/schema.ts'
import type { EventChanges, EventKind } from '../orders/history.ts'
import type { Statement } from '../orders/statement.ts'
import { type Settings, settingsQuery } from '../settings/settings-store.ts'
import type { Attempt } from './kept-message.ts'
import type { MailEvent } from './mail-event.ts'
import type { Settled } from './outcome.ts'

// A plus before `status` keeps SQLite from reading all rows of that status instead of those that are asked for.

/** A message that a change of an order causes: one per recipient. */
export interface OutboxMail {
  id: string
  recipient: string
  audience: 'retailer' | 'business'
}

/** With what it tells of, which lists show. */
export interface CausedMail extends OutboxMail {
  event: MailEvent
}

const outboxInsert = reusable((db) => {
  const now = sql.placeholder('now')
  return db.statement(sql`INSERT INTO mails (id, order_id, revision, recipient, audience, status, status_at, due_at, queued_at,
      event)
    SELECT value->>'id', ${sql.placeholder('orderId')}, ${sql.placeholder('revision')}, value->>'recipient',
      value->>'audience', 'queued', ${now}, ${now}, ${now}, value->>'event'
    FROM json_each(${sql.placeholder('mails')})`)
})

/** The outbox rows, to go into the change's own batch: saved with it or not at all. */
export function outboxStatement(ctx: Ctx, orderId: string, revision: number, mails: CausedMail[]) {
  return outboxInsert(ctx.db, { orderId, revision, mails: JSON.stringify(mails), now: ctx.now })
}

/** A row that this process alone may send now, with the number of this attempt and where its message is kept. */
export interface ClaimedMail extends OutboxMail {
  keptIn: string
  kind: (typeof mails.$inferSelect)['kind']
  /** Of the change that it tells of, for the kind 'order'. */
  orderId: string | null
  revision: number | null
  /** Whom it is about, for the kind 'portal_link'. */
  retailerId: string | null
  attempts: number
}

/** The change that a message tells of. */
export interface MailedEvent {
  orderId: string
  revision: number
  number: number
  kind: EventKind
  changes: EventChanges
  comment: string
  statement: Statement
}

export const portalColumns = {
  ...{ id: retailers.id, name: retailers.name, contactName: retailers.contactName, email: retailers.email },
  ...{ active: retailers.active, portalOpen: retailers.portalOpen, version: retailers.portalLinkVersion },
}
/** What decides whether a retailer gets the link to its portal, and which one. */
export type PortalRetailer = Pick<
  typeof retailers.$inferSelect,
  'id' | 'name' | 'contactName' | 'email' | 'active' | 'portalOpen'
> & { version: number }

export interface Claim {
  mails: ClaimedMail[]
  events: MailedEvent[]
  retailers: PortalRetailer[]
  settings: Settings
}

/** Mails that are to be sent at the same time, and the file that will keep their messages. */
export interface MailGroup {
  keptIn: string
  ids: string[]
}

/**
 * Takes those of the rows that are queued and due, for `leaseMs`, and reads what they tell of; all in one
 * transaction. A row that another consumer has is not among them.
 */
export async function claimMails(ctx: Ctx, groups: MailGroup[], leaseMs: number): Promise<Claim> {
  const wanted = JSON.stringify(groups.flatMap(({ ids }) => ids))
  const places = groups.flatMap(({ keptIn, ids }) => ids.map((id) => [id, keptIn]))
  const [claimed, events, concerned, settings] = await ctx.db.batch([
    ctx.db.statement<ClaimedMail>(sql`UPDATE mails SET status = 'sending', status_at = ${ctx.now},
      attempts = attempts + 1, due_at = ${ctx.now + leaseMs}, kept_in = value->>1
      FROM json_each(${JSON.stringify(places)})
      WHERE mails.id = value->>0 AND +mails.status = 'queued' AND mails.due_at <= ${ctx.now}
      RETURNING mails.id, recipient, audience, kind, order_id AS orderId, revision, retailer_id AS retailerId, attempts,
        kept_in AS keptIn`),
    eventsOfMailsQuery(ctx, wanted),
    ctx.db.sql
      .select(portalColumns)
      .from(retailers)
      .where(
        sql`${retailers.id} IN (SELECT retailer_id FROM mails WHERE id IN (SELECT value FROM json_each(${wanted})))`,
      ),
    settingsQuery(ctx.db),
  ])
  return {
    ...{ mails: claimed, events: events as MailedEvent[], retailers: concerned },
    settings: settings[0]!,
  }
}

function eventsOfMailsQuery(ctx: Ctx, wanted: string) {
  const { orderId, revision, kind, changes, comment, statement } = orderEvents
  return ctx.db.sql
    .select({ orderId, revision, kind, changes, comment, statement, number: orders.number })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(
      sql`(${orderId}, ${revision}) IN (SELECT order_id, revision FROM mails WHERE id IN (SELECT value FROM json_each(${wanted})))`,
    )
}

/**
 * Writes what became of attempts, in one statement. A row that has moved on to a later attempt, or whose fate is
 * known by now, stays as it is; an unknown one may still learn its fate. One that staff decided about meanwhile is not
 * tried again: it may have gone out as another message since.
 */
export async function settleMails(ctx: Ctx, settled: Settled[]): Promise<void> {
  await ctx.db.batch([
    ctx.db.statement(sql`UPDATE mails SET
      status = CASE WHEN decided AND value->>'status' = 'queued' THEN 'failed' ELSE value->>'status' END, status_at = ${ctx.now},
      due_at = COALESCE(value->>'dueAt', due_at), provider_id = value->>'providerId', reason = value->>'reason',
      sent_at = CASE WHEN value->>'status' = 'sent' THEN ${ctx.now} END
      FROM json_each(${JSON.stringify(settled)})
      WHERE mails.id = value->>'id' AND mails.attempts = value->>'attempts' AND +mails.status IN ('sending', 'unknown')`),
  ])
}

export interface OverdueMail extends Attempt {
  status: 'queued' | 'sending'
}

/** Rows that should have been sent, or whose lease is over: the longest waiting first, at most `limit`. */
export async function overdueMails(ctx: Ctx, before: number, limit: number): Promise<OverdueMail[]> {
  const [rows] = await ctx.db.batch([
    ctx.db.statement(sql`SELECT id, status, attempts, kept_in AS keptIn FROM mails INDEXED BY mails_due
      WHERE status IN ('queued', 'sending') AND due_at <= ${before} ORDER BY due_at LIMIT ${limit}`),
  ])
  return rows as OverdueMail[]
}
