import { eq } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { orderCounts } from '../db/schema.ts'

/** How many orders await approval: at most one row per payment status. */
export function awaitingCountQuery(db: Db) {
  return db.sql
    .select({ orders: orderCounts.orders })
    .from(orderCounts)
    .where(eq(orderCounts.status, 'awaiting_approval'))
}

/** The counters per status and payment status: at most 24 rows, kept by triggers. */
export function orderCountsQuery(db: Db) {
  return db.sql.select().from(orderCounts)
}
