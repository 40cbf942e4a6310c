import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { ORDER_STATUSES, type OrderStatus, PAYMENT_STATUSES } from './order.ts'
import {
  facetsOf,
  fromFacet,
  hasEveryFacet,
  MAX_SORTED_MATCHES,
  ORDERS_PER_PAGE,
  type OrderFilter,
  type OrderOrdering,
  type OrderSort,
} from './order-filter.ts'
import {
  type ListFacts,
  listFactsQuery,
  mergeQuery,
  newestNumberQuery,
  type OrderCursor,
  type OrderRange,
  type OrderRow,
  rangeQuery,
  searchQuery,
} from './order-list-store.ts'
import { searchExpression } from './order-search.ts'
import { type SavedView, viewsFrom } from './saved-view-store.ts'

export interface OrderList {
  frame: Frame
  rows: OrderRow[]
  /** Orders per status under the same payment and type filter, from the counters; null under any other filter. */
  counts: Record<OrderStatus, number> | null
  retailerName: string | null
  /** One's own and those for all staff. */
  views: SavedView[]
  /** The number of the newest order of all. */
  newest: number
  hasPrevious: boolean
  hasNext: boolean
  /** True when there were more matches than could be sorted: the list shows the newest of them. */
  isCut: boolean
}

export interface ListPage {
  cursor: OrderCursor | null
  /** True for the page before the cursor. */
  backwards: boolean
}

/**
 * One page of the orders that pass a filter, in one round trip. It reads rows in proportion to the page: ranges of
 * indexes that are merged, or one search whose words are the filter.
 */
export async function listOrders(
  ctx: Ctx,
  filter: OrderFilter,
  ordering: OrderOrdering,
  page: ListPage,
): Promise<Result<OrderList>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const plan = planOf(filter, ordering, page)
  const { db } = ctx
  const { frame, results } = await readWithFrame(ctx, [
    listFactsQuery(db, ctx.actor.id, filter.retailerId),
    ...plan.queries(ctx),
  ])
  const [[facts], ...parts] = results as unknown as [[ListFacts], ...OrderRow[][]]
  const found = parts.flat()
  const isCut = plan.isSorted && found.length > MAX_SORTED_MATCHES
  // A search answers the newest first, so that what is cut off is the oldest.
  const kept = plan.isSorted ? found.slice(0, MAX_SORTED_MATCHES) : found
  const after = kept.sort(inOrder(plan.ordering)).filter(isAfter(plan.ordering, page.cursor))
  const rows = after.slice(0, ORDERS_PER_PAGE)
  if (page.backwards) rows.reverse()
  const hasMore = after.length > ORDERS_PER_PAGE
  return ok({
    ...{ frame, rows, isCut, views: viewsFrom(facts.views), newest: facts.newest ?? 0 },
    counts: countsOf(JSON.parse(facts.counters), filter),
    retailerName: facts.retailerName,
    hasPrevious: page.backwards ? hasMore : page.cursor !== null,
    hasNext: page.backwards || hasMore,
  })
}

/** The number of the newest order, 0 without any: whether an open list has something new to show. */
export async function newestOrderNumber(ctx: Ctx): Promise<Result<number>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const [newest] = await ctx.db.batch([newestNumberQuery(ctx.db)])
  return ok(newest[0]?.number ?? 0)
}

interface Plan {
  queries: (ctx: Ctx) => ReturnType<typeof rangeQuery>[]
  /** The order in which this page is read: reversed for a page before the cursor. */
  ordering: OrderOrdering
  /** True when the newest matches are read and then sorted. */
  isSorted: boolean
}

function planOf(filter: OrderFilter, asked: OrderOrdering, { cursor, backwards }: ListPage): Plan {
  const ordering = { ...asked, descending: asked.descending !== backwards }
  const limit = ORDERS_PER_PAGE + 1
  const byNumber = ordering.sort === 'number' || ordering.sort === 'created'
  const hasDates = filter.from !== '' || filter.to !== ''
  const searches =
    filter.search.trim() !== '' ||
    (hasDates && ordering.sort !== 'date') ||
    (filter.retailerId !== null && (!byNumber || hasDates))
  if (!searches) {
    return {
      ordering,
      isSorted: false,
      queries: ({ db }) => [pageQuery(db, filter, ordering, cursor, limit)],
    }
  }
  const match = searchExpression(filter)
  if (match === null) return { ordering, isSorted: false, queries: () => [] }
  return {
    ...{ ordering, isSorted: !byNumber },
    queries: ({ db }) => [
      byNumber
        ? searchQuery(db, match, { descending: ordering.descending, after: cursor?.number ?? null, limit })
        : searchQuery(db, match, { descending: true, after: null, limit: MAX_SORTED_MATCHES + 1 }),
    ],
  }
}

/** A page that an index gives as it is, or several of its ranges merged. */
function pageQuery(
  db: Db,
  filter: OrderFilter,
  ordering: OrderOrdering,
  cursor: OrderCursor | null,
  limit: number,
) {
  const { statuses, paymentStatuses, type, from, to } = filter
  const base: OrderRange = { ordering, cursor, from, to, retailerId: filter.retailerId ?? undefined }
  if (hasEveryFacet(filter)) return rangeQuery(db, base, limit)
  const [[status, ...otherStatuses], [payment, ...otherPayments]] = [statuses, paymentStatuses]
  const isOneRange = !filter.retailerId && type === null && otherStatuses.length + otherPayments.length === 0
  const sorts: OrderSort[] = [
    'number',
    'created',
    ...(status ? ['status' as const] : []),
    ...(payment ? ['payment' as const] : []),
  ]
  if (isOneRange && sorts.includes(ordering.sort)) {
    const statusRank = status && ORDER_STATUSES.indexOf(status)
    const paymentRank = payment && PAYMENT_STATUSES.indexOf(payment)
    return rangeQuery(db, { ...base, statusRank, paymentRank }, limit)
  }
  return mergeQuery(db, { ...base, facets: facetsFrom(filter, ordering, cursor) }, limit)
}

/** The facets that a page may show, each with the number after which it goes on. */
function facetsFrom(filter: OrderFilter, { sort, descending }: OrderOrdering, cursor: OrderCursor | null) {
  const start = descending ? Number.MAX_SAFE_INTEGER : -1
  return facetsOf(filter).flatMap((facet) => {
    if (cursor === null) return [{ facet, after: start }]
    const rank = rankOf(sort, facet)
    if (rank === null) return [{ facet, after: cursor.number }]
    const difference = (rank - Number(cursor.value)) * (descending ? -1 : 1)
    if (difference < 0) return []
    return [{ facet, after: difference > 0 ? start : cursor.number }]
  })
}

function rankOf(sort: OrderSort, facet: number): number | null {
  if (sort === 'status') return facet >> 3
  if (sort === 'payment') return (facet >> 1) & 3
  return null
}

/** What an order has in the sorted column, as the database compares it. */
export function keyOf(sort: OrderSort, row: OrderRow): string | number {
  switch (sort) {
    case 'number':
    case 'created':
      return row.number
    case 'retailer':
      return row.retailerName
    case 'date':
      return row.date
    case 'status':
      return ORDER_STATUSES.indexOf(row.status)
    case 'payment':
      return PAYMENT_STATUSES.indexOf(row.paymentStatus)
    case 'net':
      return row.netTotal
    case 'gross':
      return row.grossTotal
  }
}

function inOrder({ sort, descending }: OrderOrdering) {
  const sign = descending ? -1 : 1
  return (a: OrderRow, b: OrderRow) => sign * (compare(keyOf(sort, a), keyOf(sort, b)) || a.number - b.number)
}

function isAfter({ sort, descending }: OrderOrdering, cursor: OrderCursor | null) {
  return (row: OrderRow) => {
    if (cursor === null) return true
    const difference = compare(keyOf(sort, row), cursor.value) || row.number - cursor.number
    return descending ? difference < 0 : difference > 0
  }
}

/** As SQLite's NOCASE does: ASCII letters without their case. */
function compare(a: string | number, b: string | number): number {
  const [left, right] = typeof a === 'string' ? [folded(a), folded(String(b))] : [a, Number(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function countsOf(counters: [facet: number, orders: number][], filter: OrderFilter) {
  if (filter.search.trim() !== '' || filter.from !== '' || filter.to !== '' || filter.retailerId) return null
  const counts = Object.fromEntries(ORDER_STATUSES.map((status) => [status, 0])) as Record<
    OrderStatus,
    number
  >
  const passing = new Set(facetsOf({ ...filter, statuses: [] }))
  for (const [facet, orders] of counters) if (passing.has(facet)) counts[fromFacet(facet).status] += orders
  return counts
}
