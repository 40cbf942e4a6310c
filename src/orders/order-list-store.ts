import { and, asc, desc, type SQL, sql } from 'drizzle-orm'
import { type Db, reusable, reusableByShape } from '../db/client.ts'
import { orderCounts, orders } from '../db/schema.ts'
import type { OrderOrdering, OrderSort } from './order-filter.ts'
import { savedViewsOf } from './saved-view-store.ts'

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
  /** One of the three, or both ranks: each has an index that goes on with the sorted column. */
  statusRank?: number
  paymentRank?: number
  retailerId?: string
  /** Only when sorted by date. */
  from?: string
  to?: string
}

/** Everything that decides how the query of a range is written: a few hundred ways at the most. */
interface RangeShape extends OrderOrdering {
  isContinued: boolean
  hasStatus: boolean
  hasPayment: boolean
  hasRetailer: boolean
  hasFrom: boolean
  hasTo: boolean
}

/** Reads at most `limit` rows of one range: as many as it answers. */
export function rangeQuery(db: Db, range: OrderRange, limit: number) {
  const { ordering, cursor, statusRank, paymentRank, retailerId } = range
  const { from, to } = endsOf(range, cursor?.value)
  const shape: RangeShape = {
    ...{ sort: ordering.sort, descending: ordering.descending, isContinued: cursor !== null },
    ...{ hasStatus: statusRank !== undefined, hasPayment: paymentRank !== undefined },
    ...{ hasRetailer: retailerId !== undefined, hasFrom: from !== undefined, hasTo: to !== undefined },
  }
  const place = { value: cursor?.value, number: cursor?.number }
  return rangeOfShape(db, shape, { statusRank, paymentRank, retailerId, from, to, ...place, limit })
}

const rangeOfShape = reusableByShape((db, shape: RangeShape) => {
  const { sort, descending, isContinued, hasStatus, hasPayment, hasRetailer, hasFrom, hasTo } = shape
  const value = sql.placeholder
  // Within a rank the status is the same for all, so the number alone decides.
  const isConstant = (sort === 'status' && hasStatus) || (sort === 'payment' && hasPayment)
  const key = isConstant ? null : KEYS[sort]
  // All orders, and those of a retailer, have their index on the number itself.
  const number = key || hasStatus || hasPayment ? sql`ordinal` : sql`${orders.number}`
  const after = sql.raw(descending ? '<' : '>')
  const direction = descending ? desc : asc
  const beyond = key
    ? sql`(${key}, ordinal) ${after} (${value('value')}, ${value('number')})`
    : sql`${number} ${after} ${value('number')}`
  return rowsQuery(db)
    .where(
      and(
        hasRetailer ? sql`retailer_id = ${value('retailerId')}` : undefined,
        hasStatus ? sql`status_rank = ${value('statusRank')}` : undefined,
        hasPayment ? sql`payment_rank = ${value('paymentRank')}` : undefined,
        hasFrom ? sql`date >= ${value('from')}` : undefined,
        hasTo ? sql`date <= ${value('to')}` : undefined,
        isContinued ? beyond : undefined,
      ),
    )
    .orderBy(...(key ? [direction(key)] : []), direction(number))
    .limit(value('limit'))
})

/**
 * The ends of a range of days. Of the two, the one that `place` has passed already is left out, where the list goes on:
 * an index seeks by one of them.
 */
function endsOf({ from, to, ordering }: Pick<OrderRange, 'from' | 'to' | 'ordering'>, place: unknown) {
  const hasPassed = (end: string) =>
    place !== undefined && (ordering.descending ? String(place) <= end : String(place) >= end)
  return {
    from: from && (ordering.descending || !hasPassed(from)) ? from : undefined,
    to: to && (!ordering.descending || !hasPassed(to)) ? to : undefined,
  }
}

function daysOf(range: Pick<OrderRange, 'from' | 'to' | 'ordering'>, place: unknown) {
  const { from, to } = endsOf(range, place)
  return [from && sql`date >= ${from}`, to && sql`date <= ${to}`].map((day) => day || undefined)
}

/** Many ranges of one index, one for each facet, and the part of each that is still to come. */
export interface OrderMerge extends Omit<OrderRange, 'statusRank' | 'paymentRank'> {
  /** `after` is where a facet goes on whose orders are all equal in the sorted column. */
  facets: { facet: number; after: number }[]
}

/**
 * Merges the ranges in the database, which reads in proportion to the facets and to the rows that it answers: the first
 * of each range waits in the recursion's queue, and whichever comes out lets the next of its range in.
 */
export function mergeQuery(db: Db, merge: OrderMerge, limit: number) {
  const { ordering, cursor, retailerId, facets } = merge
  const isConstant = ordering.sort === 'status' || ordering.sort === 'payment'
  const key = isConstant ? null : KEYS[ordering.sort]
  const place = KEYS[ordering.sort] ?? sql`ordinal`
  const after = sql.raw(ordering.descending ? '<' : '>')
  const direction = sql.raw(ordering.descending ? 'DESC' : 'ASC')
  const beyond = (value: unknown, number: unknown) =>
    key ? sql`(${key}, ordinal) ${after} (${value}, ${number})` : sql`ordinal ${after} ${number}`
  const first = (facet: SQL, conditions: (SQL | undefined)[]) => sql`(
    SELECT number FROM orders WHERE ${and(
      retailerId === undefined ? undefined : sql`retailer_id = ${retailerId}`,
      sql`facet = ${facet}`,
      ...conditions,
    )} ORDER BY ${key ? sql`${key} ${direction},` : sql``} ordinal ${direction} LIMIT 1)`
  const start = key
    ? cursor && beyond(cursor.value, cursor.number)
    : beyond(null, sql`seed.value ->> 'after'`)
  // The plus makes values of columns, which the index then seeks by together.
  const next = beyond(sql`+merged.place`, sql`+merged.ordinal`)
  const passed = ordering.descending ? merge.to : merge.from
  return rowsQuery(db).where(sql`${orders.number} IN (
    WITH RECURSIVE merged (facet, place, ordinal) AS (
      SELECT facet, ${place}, ordinal FROM json_each(${JSON.stringify(facets)}) AS seed JOIN orders
        ON number = ${first(sql`seed.value ->> 'facet'`, [...daysOf(merge, cursor?.value), start ?? undefined])}
      UNION ALL
      SELECT o.facet, o.${place}, o.ordinal FROM merged JOIN orders AS o
        ON o.number = ${first(sql`merged.facet`, [...daysOf(merge, passed), next])}
      ORDER BY 2 ${direction}, 3 ${direction} LIMIT ${limit}
    )
    SELECT ordinal FROM merged)`)
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
  const { number, type, date, status, voided, paymentStatus } = orders
  const { netTotal, grossTotal, createdAt, retailerName } = orders
  return db.sql
    .select({
      ...{ number, type, date, status, voided, paymentStatus },
      ...{ netTotal, grossTotal, createdAt, retailerName },
    })
    .from(orders)
    .$dynamic()
}

/** The highest order number, which is one look at the end of an index. */
export function newestNumberQuery(db: Db) {
  return db.statement<{ number: number | null }>(sql`SELECT MAX(number) AS number FROM orders`)
}

export interface ListFacts {
  /** The highest order number of all. */
  newest: number | null
  /** Of the retailer that the list is filtered by. */
  retailerName: string | null
  /** JSON of `[facet, orders][]`: the counters per order status, payment status and type. */
  counters: string
  /** JSON, for `viewsFrom`. */
  views: string
}

const listFacts = reusable((db) =>
  db.statement<ListFacts>(
    sql`SELECT (SELECT MAX(number) FROM orders) AS newest,
      (SELECT name FROM retailers WHERE id = ${sql.placeholder('retailerId')}) AS retailerName,
      (SELECT json_group_array(json_array(facet, orders)) FROM order_counts) AS counters,
      ${savedViewsOf(sql.placeholder('ownerId'))} AS views`,
  ),
)

/** What a list says beside its rows, as one row: each statement costs D1 about as much as reading a page of rows. */
export function listFactsQuery(db: Db, ownerId: string, retailerId: string | null) {
  return listFacts(db, { ownerId, retailerId })
}

/** How many orders await approval, from at most eight rows: the facets of that status come first. */
export const awaitingCount = sql<number>`(SELECT COALESCE(SUM(${orderCounts.orders}), 0) FROM ${orderCounts}
  WHERE ${orderCounts.facet} BETWEEN 0 AND 7)`

/** The counters per combination of order status, payment status and type: at most 48 rows, kept by triggers. */
export const orderCountsQuery = reusable((db) => db.sql.select().from(orderCounts))

/** The name of the retailer that a list is filtered by. */
export function filteredRetailerQuery(db: Db, id: string) {
  return db.statement<{ name: string }>(sql`SELECT name FROM retailers WHERE id = ${id}`)
}
