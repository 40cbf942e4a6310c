import type { Db } from '../db/client.ts'
import { pickedRetailersQuery } from './retailer-store.ts'

/** Longer texts are cut: nobody types more to find a shop. */
export const MAX_SEARCH_CHARACTERS = 100

/** A retailer as pickers show it; `rate` in basis points. */
export type PickedRetailer = Awaited<ReturnType<typeof searchRetailersQuery>>[number]

/**
 * Retailers to pick from, to go into a page's batch: the active ones that have every word typed in their name,
 * contact, e-mail or city, as the beginning of a word, by name. Nothing typed: the first `limit` by name. Any text is
 * safe.
 */
export function searchRetailersQuery(db: Db, text: string, limit: number) {
  return pickedRetailersQuery(db, text.slice(0, MAX_SEARCH_CHARACTERS).trim(), limit)
}
