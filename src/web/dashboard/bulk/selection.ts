import type { BulkSelection } from '../../../orders/bulk-change.ts'
import type { OrderFilter } from '../../../orders/order-filter.ts'
import { wholeFrom } from '../../form.ts'
import { conditionsOf } from '../orders/filter-words.ts'
import { queryFrom } from '../orders/order-query.ts'

/** Which orders a URL selects: `orders` that were ticked, what a bulk change `refused`, or `all` of a filtered list. */
export function selectionFrom(parameters: URLSearchParams): BulkSelection {
  const of = parameters.get('refused')
  if (of) return { kind: 'refused', of }
  if (parameters.has('all')) return { kind: 'filter', filter: queryFrom(parameters).filter }
  const typed = parameters.getAll('orders').join(',')
  return { kind: 'numbers', numbers: typed === '' ? [] : typed.split(',').map(wholeFrom) }
}

/** "All orders that match: Shipped, From 1 Nov 2026". */
export function filterWords(filter: OrderFilter, retailerName: string | null): string {
  const conditions = conditionsOf(filter, retailerName).map(({ label }) => label)
  return conditions.length > 0 ? `All orders that match: ${conditions.join(', ')}` : 'All orders'
}
