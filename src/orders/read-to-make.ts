import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { fromFacet } from './order-filter.ts'
import { orderCountsQuery } from './order-list-store.ts'
import {
  belowZeroQuery,
  type ShortProduct,
  type ShortProductOrder,
  shortProductOrdersQuery,
} from './to-make-store.ts'

/** More open orders than a maker works on; it bounds what the page reads. */
export const MAX_OPEN_ORDERS = 5_000
export const MAX_PRODUCTS = 200
/** The others are one click away. */
export const ORDERS_PER_PRODUCT = 10

/** What open orders need of one product beyond what is on hand. All in units. */
export interface ToMake extends ShortProduct {
  /** Of open orders that reserve nothing: not pulled, or awaiting approval. */
  waiting: number
  /** All that open orders need: reserved + waiting. */
  needed: number
  /** needed − on hand, above zero. */
  toMake: number
  /** The part of `toMake` that orders have reserved already: by how much available is below zero. */
  promised: number
  /** How many open orders need it; `orders` shows the first of them. */
  orderCount: number
  orders: Pick<ShortProductOrder, 'number' | 'retailerName' | 'status' | 'shipBy' | 'quantity' | 'reserves'>[]
}

export interface ToMakeView {
  frame: Frame
  /** The earliest promised ship date first; products without one last. */
  products: ToMake[]
  /** True where more products are short than are shown. */
  hasMore: boolean
  /** True where only the MAX_OPEN_ORDERS orders promised first were looked at. */
  isCut: boolean
}

/**
 * What is to be made for open orders, per product, in one round trip that reads in proportion to the open orders. Stock
 * is as D1 last heard of it, a moment ago.
 */
export async function readToMake(ctx: Ctx): Promise<Result<ToMakeView>> {
  const refused = refuse(ctx, 'orders.read') ?? refuse(ctx, 'products.read')
  if (refused) return refused
  const limits = {
    open: MAX_OPEN_ORDERS,
    ordersPerProduct: ORDERS_PER_PRODUCT,
    rows: MAX_PRODUCTS * ORDERS_PER_PRODUCT + 1,
  }
  const { frame, results } = await readWithFrame(ctx, [
    shortProductOrdersQuery(ctx.db, limits),
    belowZeroQuery(ctx.db, MAX_PRODUCTS + 1),
    orderCountsQuery(ctx.db),
  ])
  const [rows, belowZero, counts] = results as unknown as [
    ShortProductOrder[],
    ShortProduct[],
    { facet: number; orders: number }[],
  ]
  const products = Map.groupBy(rows, ({ productId }) => productId)
  const found = [
    ...[...products.values()].map((orders) => toMake(orders[0]!, orders)),
    // Of these nothing is needed any more: more was shipped than was on hand.
    ...belowZero.filter(({ productId }) => !products.has(productId)).map((product) => toMake(product, [])),
  ]
  const open = counts.filter(({ facet }) => isOpen(fromFacet(facet).status))
  return ok({
    frame,
    products: found.slice(0, MAX_PRODUCTS),
    hasMore: found.length > MAX_PRODUCTS || rows.length === limits.rows,
    isCut: open.reduce((sum, { orders }) => sum + orders, 0) > MAX_OPEN_ORDERS,
  })
}

const isOpen = (status: string) => ['awaiting_approval', 'new', 'in_progress'].includes(status)

function toMake(product: ShortProduct, orders: ShortProductOrder[]): ToMake {
  const { productId, name, sku, onHand, reserved } = product
  const waiting = orders[0]?.waiting ?? 0
  const needed = reserved + waiting
  return {
    ...{ productId, name, sku, onHand, reserved, waiting, needed, toMake: needed - onHand },
    promised: Math.max(0, reserved - onHand),
    orderCount: orders[0]?.orders ?? 0,
    orders: orders.map(({ number, retailerName, status, shipBy, quantity, reserves }) => ({
      ...{ number, retailerName, status, shipBy, quantity, reserves },
    })),
  }
}
