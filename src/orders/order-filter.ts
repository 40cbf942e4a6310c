import { z } from 'zod'
import {
  ORDER_STATUSES,
  type OrderStatus,
  PAYMENT_STATUSES,
  type PaymentStatus,
  type RetailerType,
} from './order.ts'

export const ORDER_SORTS = [
  'number',
  'retailer',
  'date',
  'status',
  'payment',
  'net',
  'gross',
  'created',
] as const
export type OrderSort = (typeof ORDER_SORTS)[number]

export const ORDERS_PER_PAGE = 50
/** Where no index serves filter and sort together, the newest so many matches are sorted, and the page says so. */
export const MAX_SORTED_MATCHES = 500

/** What the orders list shows: every condition narrows it; an empty list of statuses means any. */
export interface OrderFilter {
  statuses: OrderStatus[]
  paymentStatuses: PaymentStatus[]
  type: RetailerType | null
  retailerId: string | null
  /** Business days, both included; '' leaves that end open. */
  from: string
  to: string
  /** Words of the order number, retailer, SKU, product, tracking number or PO number. */
  search: string
}

const day = z.union([z.literal(''), z.iso.date('Enter a date like 2026-11-23.')])

/** A filter that comes from a client. */
export const orderFilterSchema = z.object({
  statuses: z.array(z.enum(ORDER_STATUSES)).max(ORDER_STATUSES.length),
  paymentStatuses: z.array(z.enum(PAYMENT_STATUSES)).max(PAYMENT_STATUSES.length),
  type: z.enum(['wholesale', 'consignment']).nullable(),
  retailerId: z.string().max(64).nullable(),
  from: day,
  to: day,
  search: z.string().max(100),
}) satisfies z.ZodType<OrderFilter>

/** How a list is ordered; orders that are equal in it follow by number, in the same direction. */
export interface OrderOrdering {
  sort: OrderSort
  descending: boolean
}

export const NO_FILTER: OrderFilter = {
  ...{ statuses: [], paymentStatuses: [], type: null, retailerId: null, from: '', to: '', search: '' },
}
export const NEWEST_FIRST: OrderOrdering = { sort: 'number', descending: true }

const TYPES: RetailerType[] = ['wholesale', 'consignment']

/** The number that stands for a combination of order status, payment status and type, as in the orders table. */
export function facetOf(status: OrderStatus, paymentStatus: PaymentStatus, type: RetailerType): number {
  return (
    ORDER_STATUSES.indexOf(status) * 8 + PAYMENT_STATUSES.indexOf(paymentStatus) * 2 + TYPES.indexOf(type)
  )
}

/** What a facet stands for. */
export function fromFacet(facet: number) {
  return {
    status: ORDER_STATUSES[facet >> 3]!,
    paymentStatus: PAYMENT_STATUSES[(facet >> 1) & 3]!,
    type: TYPES[facet & 1]!,
  }
}

/** The facets that pass the filter, in the order of their numbers. */
export function facetsOf({ statuses, paymentStatuses, type }: OrderFilter): number[] {
  return (statuses.length > 0 ? statuses : ORDER_STATUSES)
    .flatMap((status) =>
      (paymentStatuses.length > 0 ? paymentStatuses : PAYMENT_STATUSES).flatMap((paymentStatus) =>
        (type ? [type] : TYPES).map((one) => facetOf(status, paymentStatus, one)),
      ),
    )
    .sort((a, b) => a - b)
}

/** True where order status, payment status and type let every order pass. */
export function hasEveryFacet({ statuses, paymentStatuses, type }: OrderFilter): boolean {
  return statuses.length === 0 && paymentStatuses.length === 0 && type === null
}

export function isFiltered(filter: OrderFilter): boolean {
  return !hasEveryFacet(filter) || Boolean(filter.retailerId || filter.from || filter.to || filter.search)
}
