import {
  facetsOf,
  MAX_SORTED_MATCHES,
  ORDERS_PER_PAGE,
  type OrderFilter,
  type OrderOrdering,
} from '../orders/order-filter.ts'

/** Settings, counters, the newest number and the retailer's name, which every list shows. */
const FRAME_ROWS = 75
/** What a merge of index ranges reads at most for each row of the page, and for each facet that it merges. */
const ROWS_PER_ROW = 7
const ROWS_PER_FACET = 4
/** A match, its row, and its place in the order. */
const ROWS_PER_MATCH = 3

/**
 * The most rows that a page of the orders list may read, however many orders there are: in proportion to the page and
 * the facets that it merges or, where matches are sorted after they were found, to as many as may be sorted.
 */
export function mostRowsOf(filter: OrderFilter, { sort }: OrderOrdering): number {
  const { retailerId, search, from, to } = filter
  const hasDays = from !== '' || to !== ''
  const isByNumber = sort === 'number' || sort === 'created'
  const isFound =
    search !== '' || (hasDays && sort !== 'date') || (retailerId !== null && (hasDays || !isByNumber))
  if (isFound && !isByNumber) return FRAME_ROWS + ROWS_PER_MATCH * (MAX_SORTED_MATCHES + 1)
  return FRAME_ROWS + ROWS_PER_ROW * (ORDERS_PER_PAGE + 1) + ROWS_PER_FACET * facetsOf(filter).length
}
