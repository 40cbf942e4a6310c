import type { SQL } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { productSearchQuery, productsByIdQuery } from './product-store.ts'

/**
 * A product as pickers show it. Prices are in minor units; `available` (units, may be below zero) means nothing where
 * `stockTracked` is false.
 */
export type PickedProduct = Awaited<ReturnType<typeof searchProductsQuery>>[number]

/**
 * Products to pick from, to go into a page's batch: those not archived that have every word typed in their name, SKU
 * or collection, as the beginning of a word. The one with exactly this SKU comes first, then by name. Nothing typed:
 * the first `limit` by name.
 */
export function searchProductsQuery(db: Db, text: string, limit: number) {
  return productSearchQuery(db, text.trim(), limit)
}

/** The products that were picked before, in no order; also those archived since. Unknown ids are left out. */
export function pickedProductsQuery(db: Db, ids: string[] | SQL) {
  return productsByIdQuery(db, ids)
}
