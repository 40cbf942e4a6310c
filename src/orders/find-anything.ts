import { type PickedProduct, searchProductsQuery } from '../catalog/search-products.ts'
import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type PickedRetailer, searchRetailersQuery } from '../retailers/search-retailers.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { NO_FILTER } from './order-filter.ts'
import { type OrderRow, searchQuery } from './order-list-store.ts'
import { searchExpression } from './order-search.ts'

const OF_EACH_KIND = 5

export interface Findings {
  frame: Frame
  orders: OrderRow[]
  retailers: PickedRetailer[]
  products: PickedProduct[]
}

/** A few orders, retailers and products that have the words typed, in one round trip; none for an empty text. */
export async function findAnything(ctx: Ctx, text: string): Promise<Result<Findings>> {
  const refused = refuse(ctx, 'orders.read') ?? refuse(ctx, 'retailers.read') ?? refuse(ctx, 'products.read')
  if (refused) return refused
  const { db } = ctx
  const match = searchExpression({ ...NO_FILTER, search: text })
  if (!match) {
    const { frame } = await readWithFrame(ctx, [])
    return ok({ frame, orders: [], retailers: [], products: [] })
  }
  const { frame, results } = await readWithFrame(ctx, [
    searchQuery(db, match, { descending: true, after: null, limit: OF_EACH_KIND }),
    searchRetailersQuery(db, text, OF_EACH_KIND),
    searchProductsQuery(db, text, OF_EACH_KIND),
  ])
  const [orders, retailers, products] = results
  return ok({ frame, orders, retailers, products })
}
