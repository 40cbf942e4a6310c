import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { type Db, reusable } from '../db/client.ts'
import { orderEvents, orders } from '../db/schema.ts'
import type { EventChanges, EventKind, OrderEvent } from './history.ts'

const newestEvents = reusable((db) => {
  const { revision, at, actor, kind, changes, comment, emailed } = orderEvents
  return db.sql
    .select({ revision, at, actor, kind, changes, comment, emailed })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(
      and(eq(orders.number, sql.placeholder('number')), lt(orderEvents.revision, sql.placeholder('before'))),
    )
    .orderBy(desc(orderEvents.revision))
    .limit(sql.placeholder('limit'))
})

/** The newest entries of an order's history, at most `limit`, below revision `before` if one is given. */
export function eventsQuery(db: Db, number: number, limit: number, before: number | null) {
  return newestEvents(db, { number, limit, before: before ?? Number.MAX_SAFE_INTEGER })
}

export function eventFrom(row: Awaited<ReturnType<typeof eventsQuery>>[number]): OrderEvent {
  return { ...row, kind: row.kind as EventKind, changes: row.changes as EventChanges }
}

/** One entry of an order's history. */
export async function readEvent(ctx: Ctx, number: number, revision: number): Promise<OrderEvent | null> {
  const [rows] = await ctx.db.batch([eventsQuery(ctx.db, number, 1, revision + 1)])
  return rows[0]?.revision === revision ? eventFrom(rows[0]) : null
}
