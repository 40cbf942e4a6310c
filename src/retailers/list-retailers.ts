import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import {
  foundRetailersQuery,
  type ListedRetailer,
  MAX_CANDIDATES,
  type RetailerCursor,
  type RetailerFilter,
  retailerPageQuery,
} from './retailer-store.ts'
import { MAX_SEARCH_CHARACTERS } from './search-retailers.ts'

export const RETAILERS_PER_PAGE = 50

export interface RetailerList {
  frame: Frame
  /** By name. */
  rows: ListedRetailer[]
  hasPrevious: boolean
  hasNext: boolean
  /** More match than a search looks at; these are the newest of them. */
  isCut: boolean
}

/**
 * One page of retailers by name, in one round trip. A search answers with everything that it finds on one page, up to
 * a bound.
 */
export async function listRetailers(
  ctx: Ctx,
  filter: RetailerFilter,
  search: string,
  cursor: RetailerCursor,
): Promise<Result<RetailerList>> {
  const refused = refuse(ctx, 'retailers.read')
  if (refused) return refused
  const text = search.slice(0, MAX_SEARCH_CHARACTERS).trim()
  const { frame, results } = await readWithFrame(ctx, [
    text === ''
      ? retailerPageQuery(ctx.db, filter, cursor, RETAILERS_PER_PAGE + 1)
      : foundRetailersQuery(ctx.db, filter, text),
  ])
  const [found] = results
  if (text !== '') {
    const isCut = found.length === MAX_CANDIDATES
    return ok({ frame, rows: found, hasPrevious: false, hasNext: false, isCut })
  }
  const hasMore = found.length > RETAILERS_PER_PAGE
  const backwards = cursor.before !== undefined
  const rows = found.slice(0, RETAILERS_PER_PAGE)
  if (backwards) rows.reverse()
  return ok({
    ...{ frame, rows, isCut: false },
    hasPrevious: backwards ? hasMore : cursor.after !== undefined,
    hasNext: backwards || hasMore,
  })
}
