import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import type { OrderStatus, PaymentStatus } from './order.ts'
import { orderCountsQuery } from './order-counts-store.ts'
import { type OrderCursor, type OrderFilter, orderPageQuery } from './order-list-store.ts'

export const ORDERS_PER_PAGE = 50

export interface OrderRow {
  number: number
  date: string
  status: OrderStatus
  paymentStatus: PaymentStatus
  netTotal: number
  grossTotal: number
  createdAt: number
  retailerName: string | null
}

export interface OrderList {
  frame: Frame
  rows: OrderRow[]
  /** Orders per status under the same payment filter, from the counters. */
  counts: Partial<Record<OrderStatus, number>>
  hasNewer: boolean
  hasOlder: boolean
}

/** One page of orders, newest first, in one round trip. */
export async function listOrders(
  ctx: Ctx,
  filter: OrderFilter,
  cursor: OrderCursor,
): Promise<Result<OrderList>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    orderPageQuery(ctx.db, filter, cursor, ORDERS_PER_PAGE),
    orderCountsQuery(ctx.db),
  ])
  const [found, counters] = results
  const hasMore = found.length > ORDERS_PER_PAGE
  const backwards = cursor.newerThan !== undefined
  const rows = found.slice(0, ORDERS_PER_PAGE)
  if (backwards) rows.reverse()
  const counts: OrderList['counts'] = {}
  for (const { status, paymentStatus, orders } of counters) {
    if (filter.paymentStatus && filter.paymentStatus !== paymentStatus) continue
    counts[status as OrderStatus] = (counts[status as OrderStatus] ?? 0) + orders
  }
  return ok({
    ...{ frame, rows, counts },
    hasNewer: backwards ? hasMore : cursor.olderThan !== undefined,
    hasOlder: backwards || hasMore,
  })
}
