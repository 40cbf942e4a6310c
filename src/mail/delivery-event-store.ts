import { asc, desc, eq, sql } from 'drizzle-orm'
import { dayOf } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { type Db, reusable } from '../db/client.ts'
import { mailEventRefusals, mailEvents } from '../db/schema.ts'
import { type DeliveryEvent, verdictOf } from './delivery-event.ts'

/** Far longer than a copy of a call would be young enough to be taken. */
const KEEP_CALLS_SECONDS = 3600
/** However long its words are, as many fit into what one statement of D1 may hold. */
const EVENTS_PER_STATEMENT = 300
/** More than a message ever has. */
const MAX_EVENTS_OF_MAIL = 50
/** About a week of every reason. */
const REFUSALS_SHOWN = 30

/**
 * Writes down a call and its events, and moves their messages on, all in one transaction. An event that came before
 * changes nothing, and of all events of a message the one with the highest rank says what became of it, so that their
 * order does not matter. Fails with a unique conflict where the call itself came before.
 */
export async function recordEvents(
  ctx: Ctx,
  { signedAt, digest }: { signedAt: number; digest: string },
  events: DeliveryEvent[],
): Promise<void> {
  const rows = events.map((event) => ({
    ...event,
    // The key of an event: without the message's own id, that of its request stands for it.
    key: event.messageId || event.requestId || event.mailId,
    verdict: verdictOf(event),
  }))
  const chunks = Array.from({ length: Math.ceil(rows.length / EVENTS_PER_STATEMENT) }, (_, index) =>
    JSON.stringify(rows.slice(index * EVENTS_PER_STATEMENT, (index + 1) * EVENTS_PER_STATEMENT)),
  )
  await ctx.db.batch([
    ctx.db.statement(sql`INSERT INTO mail_event_calls VALUES (${signedAt}, ${digest})`),
    ctx.db.statement(sql`DELETE FROM mail_event_calls WHERE signed_at < ${signedAt - KEEP_CALLS_SECONDS}`),
    ...chunks.flatMap((chunk) => [keepEvents(ctx, chunk), moveMails(ctx, chunk)]),
  ])
}

/** Keeps events, with the message that each is about if somebody here knows it. */
function keepEvents(ctx: Ctx, rows: string) {
  return ctx.db.statement(sql`INSERT INTO mail_events (message_id, event, at, recipient, mail_id, reason, received_at)
    SELECT value->>'key', value->>'event', value->>'at', value->>'recipient',
      COALESCE((SELECT id FROM mails WHERE id = value->>'mailId'),
        (SELECT id FROM mails WHERE provider_id = nullif(value->>'messageId', '')),
        (SELECT id FROM mails WHERE provider_id = nullif(value->>'requestId', ''))),
      value->>'reason', ${ctx.now}
    FROM json_each(${rows}) WHERE true ON CONFLICT DO NOTHING`)
}

/** Moves messages on to what kept events say. Of a group, SQLite takes the other columns from the highest rank. */
function moveMails(ctx: Ctx, rows: string) {
  return ctx.db.statement(sql`UPDATE mails SET status = fate.status, status_at = fate.at, reason = fate.reason,
      fate_rank = fate.rank, sent_at = COALESCE(sent_at, fate.at),
      provider_id = COALESCE(provider_id, nullif(fate.message_id, '')),
      decided = EXISTS (SELECT 1 FROM mails AS again WHERE again.again_of = mails.id),
      decided_by = CASE WHEN EXISTS (SELECT 1 FROM mails AS again WHERE again.again_of = mails.id) THEN decided_by END
    FROM (SELECT mail_id, MAX(value->'verdict'->>'rank') AS rank, value->'verdict'->>'status' AS status,
        value->'verdict'->>'reason' AS reason, value->>'at' AS at, value->>'messageId' AS message_id
      FROM json_each(${rows}) JOIN mail_events ON message_id = value->>'key' AND event = value->>'event'
        AND mail_events.at = value->>'at' AND recipient = value->>'recipient'
      WHERE mail_id IS NOT NULL AND value->'verdict'->>'rank' IS NOT NULL GROUP BY mail_id) AS fate
    WHERE mails.id = fate.mail_id AND fate.rank > mails.fate_rank`)
}

/** Counts a call that was not taken, by its UTC day. */
export async function countRefusal(ctx: Ctx, reason: string): Promise<void> {
  await ctx.db.batch([
    ctx.db.statement(sql`INSERT INTO mail_event_refusals VALUES (${dayOf(ctx.now, 'UTC')}, ${reason}, 1)
      ON CONFLICT DO UPDATE SET calls = calls + 1`),
  ])
}

export type MailEvent = Pick<typeof mailEvents.$inferSelect, 'event' | 'at' | 'reason'>

/** What the provider told of a message, oldest first. Times are epoch milliseconds. */
export function eventsOfMailQuery(db: Db, mailId: string) {
  return db.sql
    .select({ event: mailEvents.event, at: mailEvents.at, reason: mailEvents.reason })
    .from(mailEvents)
    .where(eq(mailEvents.mailId, mailId))
    .orderBy(asc(mailEvents.at))
    .limit(MAX_EVENTS_OF_MAIL)
}

/** The newest counts of calls that were not taken. */
export const refusalsQuery = reusable((db) =>
  db.sql
    .select()
    .from(mailEventRefusals)
    .orderBy(desc(mailEventRefusals.day), asc(mailEventRefusals.reason))
    .limit(REFUSALS_SHOWN),
)
