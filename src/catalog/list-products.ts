import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { type ProductCursor, type ProductView, productPageQuery } from './product-store.ts'

export const PRODUCTS_PER_PAGE = 50

export interface ProductFilter {
  view: ProductView
  /** Words of a name, SKU or collection; '' for all. */
  search: string
}

export interface ProductList {
  frame: Frame
  rows: Awaited<ReturnType<typeof productPageQuery>>
  hasPrevious: boolean
  hasNext: boolean
}

/** One page of products in one round trip: by name, or the newest first where words were typed. */
export async function listProducts(
  ctx: Ctx,
  { view, search }: ProductFilter,
  cursor: ProductCursor,
): Promise<Result<ProductList>> {
  const refused = refuse(ctx, 'products.read')
  if (refused) return refused
  const filter = { view, search: search.trim() }
  const { frame, results } = await readWithFrame(ctx, [
    productPageQuery(ctx.db, filter, cursor, PRODUCTS_PER_PAGE),
  ])
  const [found] = results
  const hasMore = found.length > PRODUCTS_PER_PAGE
  const backwards = cursor.before !== undefined
  const rows = found.slice(0, PRODUCTS_PER_PAGE)
  if (backwards) rows.reverse()
  return ok({
    ...{ frame, rows },
    hasPrevious: backwards ? hasMore : cursor.after !== undefined,
    hasNext: backwards || hasMore,
  })
}
