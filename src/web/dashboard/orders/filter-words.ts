import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from '../../../orders/order.ts'
import type { OrderFilter } from '../../../orders/order-filter.ts'
import { dayText } from '../../ui/time-text.ts'
import { TYPE_WORDS } from '../order-words.tsx'

/** One condition of a filter in words, and what of the filter changes when it is taken off. */
export interface Condition {
  label: string
  without: Partial<OrderFilter>
}

/** Every condition of a filter, in the order in which people read them. */
export function conditionsOf(filter: OrderFilter, retailerName: string | null): Condition[] {
  const { statuses, paymentStatuses, type, retailerId, from, to, search } = filter
  const conditions: Condition[] = []
  if (search !== '') conditions.push({ label: `“${search}”`, without: { search: '' } })
  for (const status of statuses) {
    const others = statuses.filter((one) => one !== status)
    conditions.push({ label: ORDER_STATUS_WORDS[status], without: { statuses: others } })
  }
  for (const status of paymentStatuses) {
    const others = paymentStatuses.filter((one) => one !== status)
    conditions.push({ label: PAYMENT_STATUS_WORDS[status], without: { paymentStatuses: others } })
  }
  if (type) conditions.push({ label: TYPE_WORDS[type], without: { type: null } })
  if (retailerId) {
    conditions.push({ label: retailerName ?? 'Unknown retailer', without: { retailerId: null } })
  }
  if (from !== '') conditions.push({ label: `From ${dayText(from)}`, without: { from: '' } })
  if (to !== '') conditions.push({ label: `To ${dayText(to)}`, without: { to: '' } })
  return conditions
}
