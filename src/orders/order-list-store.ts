import { and, asc, desc, inArray, type SQL, sql } from 'drizzle-orm'
import { type Db, reusable } from '../db/client.ts'
import { orderCounts, orders } from '../db/schema.ts'
import type { OrderOrdering, OrderSort } from './order-filter.ts'

/** A row of the orders list. Totals in minor units; times in epoch milliseconds. */
export type OrderRow = Awaited<ReturnType<typeof rowsQuery>>[number]

/** Where a page starts: after this order in the list's direction. */
export interface OrderCursor {
  /** What the order has in the sorted column. */
  value: string | number
  number: number
}

const KEYS: Record<OrderSort, SQL | null> = {
  number: null,
  created: null,
  retailer: sql`retailer_name`,
  date: sql`date`,
  status: sql`status_rank`,
  payment: sql`payment_rank`,
  net: sql`net_total`,
  gross: sql`gross_total`,
}

/** One range of one index: orders that share a prefix, from the cursor on. */
export interface OrderRange {
  ordering: OrderOrdering
  cursor: OrderCursor | null
  /** At most one of these, or retailer and facet together: each has an index that goes on with the sorted column. */
  statusRank?: number
  paymentRank?: number
  facet?: number
  retailerId?: string
  /** Only when sorted by date. */
  from?: string
  to?: string
}

/** Reads at most `limit` rows of one range: as many as it answers. */
export function rangeQuery(db: Db, range: OrderRange, limit: number) {
  const { ordering, cursor } = range
  // Within a facet or a rank the status is the same for all, so the number alone decides.
  const isConstant =
    (['status', 'payment'].includes(ordering.sort) && range.facet !== undefined) ||
    (ordering.sort === 'status' && range.statusRank !== undefined) ||
    (ordering.sort === 'payment' && range.paymentRank !== undefined)
  const key = isConstant ? null : KEYS[ordering.sort]
  // All orders, and those of a retailer, have their index on the number itself.
  const hasRank =
    range.facet !== undefined || range.statusRank !== undefined || range.paymentRank !== undefined
  const number = key || hasRank ? sql`ordinal` : sql`${orders.number}`
  const conditions: SQL[] = []
  if (range.retailerId !== undefined) conditions.push(sql`retailer_id = ${range.retailerId}`)
  if (range.facet !== undefined) conditions.push(sql`facet = ${range.facet}`)
  if (range.statusRank !== undefined) conditions.push(sql`status_rank = ${range.statusRank}`)
  if (range.paymentRank !== undefined) conditions.push(sql`payment_rank = ${range.paymentRank}`)
  if (range.from) conditions.push(sql`date >= ${range.from}`)
  if (range.to) conditions.push(sql`date <= ${range.to}`)
  if (cursor) {
    const after = sql.raw(ordering.descending ? '<' : '>')
    conditions.push(
      key
        ? sql`(${key}, ordinal) ${after} (${cursor.value}, ${cursor.number})`
        : sql`${number} ${after} ${cursor.number}`,
    )
  }
  const direction = ordering.descending ? desc : asc
  return rowsQuery(db)
    .where(and(...conditions))
    .orderBy(...(key ? [direction(key)] : []), direction(number))
    .limit(limit)
}

/**
 * The orders that a search finds, by number in the list's direction, from the cursor on. The cast lets the index seek:
 * a bound number arrives as REAL, which it would walk past instead.
 */
export function searchQuery(
  db: Db,
  match: string,
  { descending, after, limit }: { descending: boolean; after: number | null; limit: number },
) {
  const from =
    after === null ? sql`` : sql` AND rowid ${sql.raw(descending ? '<' : '>')} CAST(${after} AS INTEGER)`
  const order = sql.raw(descending ? 'DESC' : 'ASC')
  return rowsQuery(db)
    .where(
      sql`${orders.number} IN (SELECT rowid FROM order_search WHERE order_search MATCH ${match}${from}
        ORDER BY rowid ${order} LIMIT ${limit})`,
    )
    .orderBy(descending ? desc(orders.number) : asc(orders.number))
    .$dynamic()
}

/** Orders as the list shows them; whoever asks says which. */
export function rowsQuery(db: Db) {
  const { number, type, date, status, paymentStatus, netTotal, grossTotal, createdAt, retailerName } = orders
  return db.sql
    .select({ number, type, date, status, paymentStatus, netTotal, grossTotal, createdAt, retailerName })
    .from(orders)
    .$dynamic()
}

/** The highest order number, which is one look at the end of an index. */
export function newestNumberQuery(db: Db) {
  return db.statement<{ number: number | null }>(sql`SELECT MAX(number) AS number FROM orders`)
}

/** How many orders await approval. */
export const awaitingCountQuery = reusable((db) => {
  const facets = [0, 1, 2, 3, 4, 5, 6, 7]
  return db.sql
    .select({ orders: orderCounts.orders })
    .from(orderCounts)
    .where(inArray(orderCounts.facet, facets))
})

/** The counters per combination of order status, payment status and type: at most 48 rows, kept by triggers. */
export const orderCountsQuery = reusable((db) => db.sql.select().from(orderCounts))

/** The name of the retailer that a list is filtered by. */
export function filteredRetailerQuery(db: Db, id: string) {
  return db.statement<{ name: string }>(sql`SELECT name FROM retailers WHERE id = ${id}`)
}
