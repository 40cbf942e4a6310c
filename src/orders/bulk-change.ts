import type { Failure } from '../result.ts'
import type { BulkChange, PendingOrder } from './bulk-step-store.ts'
import type { OrderStatus } from './order.ts'
import type { OrderFilter } from './order-filter.ts'
import type { UpdateOrderInput } from './update-order.ts'

// What a change of many orders is: the same update at each of them, one after the other, each with its own outcome.

/** More than a business has open at once; keeps the picking of the orders one quick statement. */
export const MAX_BULK_ORDERS = 10_000
/** With an order's number behind it, the id of a bulk change is the id of what it does to that order. */
export const MAX_BULK_ID_CHARACTERS = 48

/** Which orders: those ticked in the list, all that pass a filter, or those that an earlier bulk change left. */
export type BulkSelection =
  | { kind: 'numbers'; numbers: number[] }
  | { kind: 'filter'; filter: OrderFilter }
  | { kind: 'refused'; of: string }

/** How many of the selected orders are in each status. */
export type StatusCounts = Record<OrderStatus, number>

/** What can come of an order, in the order in which it is shown; the database keeps the index. */
export const OUTCOMES = ['refused', 'changed', 'unchanged'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Why an order stayed as it was. The names are those of the products of which there were too few. */
export interface Refusal {
  failure: Failure
  productNames: Record<string, string>
}

export interface OrderOutcome {
  number: number
  outcome: Outcome
  refusal: Refusal | null
}

/** True where an order is as it is to become, so that doing the same again neither changes it nor writes to anybody. */
export function isAsAsked({ status, paymentStatus, comment }: BulkChange, order: PendingOrder): boolean {
  return (
    comment === '' &&
    (status ?? order.status) === order.status &&
    (paymentStatus ?? order.paymentStatus) === order.paymentStatus
  )
}

/** What is done to one order. Its change id is the same however often it is tried. */
export function updateFor(change: BulkChange, order: PendingOrder): UpdateOrderInput {
  const { number, revision, trackingNumber, invoiceLink } = order
  const { email, comment, goods, allowShortage } = change
  const status = change.status ?? order.status
  return {
    ...{ number, revision, trackingNumber, invoiceLink, email, comment, status, allowShortage },
    changeId: `${change.id}-${number}`,
    paymentStatus: change.paymentStatus ?? order.paymentStatus,
    // Asked for requests; the update heeds it only where it approves one.
    pull: order.status === 'awaiting_approval' ? change.pull : undefined,
    goods: goods ?? undefined,
    confirmed: status === 'delivered',
  }
}
