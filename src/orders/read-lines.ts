import { type PickedProduct, pickedProductsQuery, searchProductsQuery } from '../catalog/search-products.ts'
import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import type { Order } from './order.ts'
import {
  linesByNumberQuery,
  type OrderRetailer,
  orderByNumberQuery,
  orderFrom,
  retailerFrom,
} from './order-store.ts'

const PRODUCTS_OFFERED = 20

export interface LinesView {
  frame: Frame
  order: Order
  retailer: OrderRetailer | null
  /** The product in question, as it is sold now. */
  product: PickedProduct | null
  /** Products that match the search, not on the order yet. */
  offered: PickedProduct[]
}

/** What the pages show that add or edit a line: the order, the product's stock and the products to choose from. */
export async function readLines(
  ctx: Ctx,
  number: number,
  { productId = '', search = '' }: { productId?: string; search?: string },
): Promise<Result<LinesView>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const { db } = ctx
  const { frame, results } = await readWithFrame(ctx, [
    orderByNumberQuery(db, { number }),
    linesByNumberQuery(db, { number }),
    pickedProductsQuery(db, [productId]),
    searchProductsQuery(db, search, PRODUCTS_OFFERED),
  ])
  const [found, lines, picked, products] = results
  if (!found[0]) return err({ reason: 'not_found', what: 'order' })
  const taken = new Set(lines.map((line) => line.productId))
  return ok({
    frame,
    order: orderFrom(found[0], lines),
    retailer: retailerFrom(found[0].retailer),
    product: picked[0] ?? null,
    offered: products.filter((product) => !taken.has(product.id)),
  })
}
