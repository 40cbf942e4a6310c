import { sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'

/** A message that a change of an order causes: one per recipient. */
export interface OutboxMail {
  id: string
  recipient: string
  audience: 'retailer' | 'business'
}

/** The outbox rows, to go into the change's own batch: saved with it or not at all. */
export function outboxStatement(ctx: Ctx, orderId: string, revision: number, mails: OutboxMail[]) {
  return ctx.db.statement(sql`INSERT INTO mails (id, order_id, revision, recipient, audience, status, due_at, queued_at)
    SELECT value->>'id', ${orderId}, ${revision}, value->>'recipient', value->>'audience', 'queued', ${ctx.now}, ${ctx.now}
    FROM json_each(${JSON.stringify(mails)})`)
}
