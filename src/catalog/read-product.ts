import type { Ctx } from '../context.ts'
import { type RecordChange, recordChangesQuery } from '../records/record-change-store.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { type MovementEntry, movementsQuery } from '../stock/movement-store.ts'
import { type Collection, collectionsQuery, type Product, productQuery } from './product-store.ts'

export interface MovementsView {
  frame: Frame
  product: Product
  /** Newest first. */
  movements: MovementEntry[]
  hasOlderMovements: boolean
}

/** A product, its stock, and its newest `limit` movements, or those before a sequence number. One round trip. */
export async function readMovements(
  ctx: Ctx,
  id: string,
  { limit, before }: { limit: number; before: number | null },
): Promise<Result<MovementsView>> {
  const refused = refuse(ctx, 'products.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    productQuery(ctx.db, id),
    movementsQuery(ctx.db, id, before, limit + 1),
  ])
  const [[product], movements] = results
  if (!product) return err({ reason: 'not_found', what: 'product' })
  return ok({ frame, product, ...pageOf(movements, limit) })
}

export interface ProductPageView extends MovementsView {
  /** Its newest changes, newest first. */
  changes: RecordChange[]
}

/** A product, its stock, its changes and its newest `limit` movements. One round trip. */
export async function readProduct(
  ctx: Ctx,
  id: string,
  { limit }: { limit: number },
): Promise<Result<ProductPageView>> {
  const refused = refuse(ctx, 'products.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    productQuery(ctx.db, id),
    movementsQuery(ctx.db, id, null, limit + 1),
    recordChangesQuery(ctx.db, 'product', id),
  ])
  const [[product], movements, changes] = results
  if (!product) return err({ reason: 'not_found', what: 'product' })
  return ok({ frame, product, ...pageOf(movements, limit), changes })
}

function pageOf(found: MovementEntry[], limit: number) {
  return { movements: found.slice(0, limit), hasOlderMovements: found.length > limit }
}

export interface ProductFormView {
  frame: Frame
  /** The collections there are, to choose from. */
  collections: string[]
}

/** What the form for a new product shows. One round trip. */
export async function readNewProduct(ctx: Ctx): Promise<Result<ProductFormView>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [collectionsQuery(ctx.db)])
  return ok({ frame, collections: results[0].map(({ collection }: Collection) => collection) })
}

/** What the form of a product shows. One round trip. */
export async function readProductToEdit(
  ctx: Ctx,
  id: string,
): Promise<Result<ProductFormView & { product: Product }>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [collectionsQuery(ctx.db), productQuery(ctx.db, id)])
  const [collections, [product]] = results
  if (!product) return err({ reason: 'not_found', what: 'product' })
  return ok({ frame, product, collections: collections.map(({ collection }: Collection) => collection) })
}
