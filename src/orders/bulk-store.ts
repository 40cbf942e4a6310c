import { and, asc, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { bulkChangeOrders, bulkChanges, orders } from '../db/schema.ts'
import { type BulkSelection, MAX_BULK_ORDERS, OUTCOMES, type Refusal } from './bulk-change.ts'
import type { BulkChange } from './bulk-step-store.ts'
import type { OrderStatus } from './order.ts'
import { rowsQuery } from './order-list-store.ts'
import { searchExpression } from './order-search.ts'

const REFUSED = OUTCOMES.indexOf('refused')

/** What somebody asked for, before anything is done. */
export type NewBulkChange = Pick<
  BulkChange,
  | 'id'
  | 'requestDigest'
  | 'status'
  | 'paymentStatus'
  | 'email'
  | 'comment'
  | 'pull'
  | 'goods'
  | 'allowShortage'
>

/**
 * Picks the orders and notes what is to be done to them, in one transaction; an id that is there stays as it is.
 * Throws a check conflict where the selection is not of `expected` orders any more, and then nothing is noted.
 */
export async function insertBulkChange(
  ctx: Ctx,
  { id, goods, ...added }: NewBulkChange,
  selection: BulkSelection,
  expected: number,
): Promise<void> {
  const { db, now } = ctx
  const number = sql`(SELECT number FROM bulk_changes WHERE id = ${id})`
  await db.batch([
    db.sql
      .insert(bulkChanges)
      .values({
        ...{ id, ...added, goods, orders: 0, remaining: 0, refused: 0, changed: 0, unchanged: 0 },
        ...{ attempts: 0, leaseUntil: 0, createdAt: now, createdBy: ctx.actor, updatedAt: now },
      })
      .onConflictDoNothing({ target: bulkChanges.id }),
    db.statement(sql`INSERT INTO bulk_change_orders (bulk_change, order_number)
      SELECT ${number}, number FROM (${picked(selection)})
      WHERE (SELECT orders FROM bulk_changes WHERE id = ${id}) = 0`),
    // Below zero the table refuses it, and with it the whole batch.
    db.statement(sql`UPDATE bulk_changes SET (orders, remaining) = (
        SELECT iif(COUNT(*) = ${expected}, COUNT(*), -1), COUNT(*) FROM bulk_change_orders
        WHERE bulk_change = bulk_changes.number
      )
      WHERE id = ${id} AND orders = 0`),
  ])
}

/** The numbers of the selected orders, one more at most than may be changed at once. */
function picked(selection: BulkSelection): SQL {
  if (selection.kind === 'numbers') {
    return sql`SELECT number FROM orders
      WHERE number IN (SELECT value FROM json_each(${JSON.stringify(selection.numbers)}))`
  }
  if (selection.kind === 'refused') {
    return sql`SELECT order_number AS number FROM bulk_change_orders
      WHERE bulk_change = (SELECT number FROM bulk_changes WHERE id = ${selection.of}) AND outcome = ${REFUSED}`
  }
  const limit = MAX_BULK_ORDERS + 1
  const expression = searchExpression(selection.filter)
  if (expression === null) return sql`SELECT number FROM orders WHERE false`
  if (expression === '') return sql`SELECT number FROM orders ORDER BY number DESC LIMIT ${limit}`
  return sql`SELECT rowid AS number FROM order_search WHERE order_search MATCH ${expression}
    ORDER BY rowid DESC LIMIT ${limit}`
}

/** How many of the selected orders are in each status. */
export function statusCountsQuery(db: Db, selection: BulkSelection) {
  return db.statement<{ status: OrderStatus; orders: number }>(sql`
    SELECT status, COUNT(*) AS orders FROM orders WHERE number IN (${picked(selection)}) GROUP BY status`)
}

/** The newest of the selected orders. */
export function pickedRowsQuery(db: Db, selection: BulkSelection, limit: number) {
  return rowsQuery(db)
    .where(sql`${orders.number} IN (${picked(selection)})`)
    .orderBy(desc(orders.number))
    .limit(limit)
}

/** One bulk change, to go into a page's batch. */
export function bulkChangeQuery(db: Db, id: string) {
  return db.sql.select().from(bulkChanges).where(eq(bulkChanges.id, id))
}

/** The newest bulk changes. */
export function recentBulkChangesQuery(db: Db, limit: number) {
  return db.sql.select().from(bulkChanges).orderBy(desc(bulkChanges.number)).limit(limit)
}

/** Where a page of results starts: after this order, of those with this outcome and the following ones. */
export interface OutcomeCursor {
  outcome: number
  number: number
}

/** What came of each order so far, with the order as it is now: the refused ones first, each kind by number. */
export function outcomesQuery(db: Db, id: string, after: OutcomeCursor | null, limit: number) {
  const { number, retailerName, status, paymentStatus } = orders
  const { outcome, refusal, orderNumber } = bulkChangeOrders
  const place = sql`(${outcome}, ${orderNumber})`
  return db.sql
    .select({ number, retailerName, status, paymentStatus, outcome, refusal })
    .from(bulkChangeOrders)
    .innerJoin(orders, eq(number, orderNumber))
    .where(
      and(
        sql`${bulkChangeOrders.bulkChange} = (SELECT number FROM bulk_changes WHERE id = ${id})`,
        sql`${place} > (${after?.outcome ?? -1}, ${after?.number ?? 0})`,
      ),
    )
    .orderBy(asc(outcome), asc(orderNumber))
    .limit(limit)
}

export type OutcomeRow = ReturnType<typeof outcomeFrom>

export function outcomeFrom({ outcome, refusal, ...row }: Awaited<ReturnType<typeof outcomesQuery>>[number]) {
  return { ...row, outcome: OUTCOMES[outcome!]!, refusal: refusal as Refusal | null }
}

/** Whether any order was refused for want of stock. */
export function shortageQuery(db: Db, id: string) {
  return db.statement<{ isShort: 0 | 1 }>(sql`SELECT EXISTS (
    SELECT 1 FROM bulk_change_orders
    WHERE bulk_change = (SELECT number FROM bulk_changes WHERE id = ${id}) AND outcome = ${REFUSED}
      AND refusal ->> '$.failure.reason' = 'shortage'
  ) AS isShort`)
}

/** Bulk changes that have orders left, but which nobody has touched since `before`. */
export async function forsakenBulkChanges(ctx: Ctx, before: number, limit: number): Promise<string[]> {
  const [rows] = await ctx.db.batch([
    ctx.db.sql
      .select({ id: bulkChanges.id })
      .from(bulkChanges)
      // In these words, because that is what the partial index goes by.
      .where(and(sql`remaining > 0`, lt(bulkChanges.updatedAt, before), lt(bulkChanges.leaseUntil, ctx.now)))
      .orderBy(asc(bulkChanges.updatedAt))
      .limit(limit),
  ])
  return rows.map(({ id }) => id)
}

/** Forgets the oldest bulk changes that were done before `before`, with their results. */
export async function deleteBulkChangesBefore(ctx: Ctx, before: number, limit: number): Promise<void> {
  const done = sql`(SELECT number FROM bulk_changes WHERE remaining = 0 AND updated_at < ${before}
    ORDER BY updated_at LIMIT ${limit})`
  await ctx.db.batch([
    ctx.db.statement(sql`DELETE FROM bulk_change_orders WHERE bulk_change IN ${done}`),
    ctx.db.statement(sql`DELETE FROM bulk_changes WHERE number IN ${done}`),
  ])
}
