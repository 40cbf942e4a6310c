import { z } from 'zod'
import type { ListPage } from '../../../orders/list-orders.ts'
import { ORDER_STATUSES, PAYMENT_STATUSES } from '../../../orders/order.ts'
import {
  NEWEST_FIRST,
  ORDER_SORTS,
  type OrderFilter,
  type OrderOrdering,
  type OrderSort,
} from '../../../orders/order-filter.ts'
import type { OrderCursor } from '../../../orders/order-list-store.ts'
import { routes } from '../../../routes.ts'

/** Everything about the orders list, as it stands in the URL. */
export interface OrderQuery {
  filter: OrderFilter
  ordering: OrderOrdering
}

const MAX_SEARCH_CHARACTERS = 100
const daySchema = z.iso.date()

/** Reads the URL; what is not understood is left out, so that an old bookmark still opens a list. */
export function queryFrom(parameters: URLSearchParams): OrderQuery & { page: ListPage } {
  const wanted = parameters.get('sort')
  const sort = ORDER_SORTS.find((sort) => sort === wanted) ?? NEWEST_FIRST.sort
  const day = (name: string) => {
    const value = parameters.get(name) ?? ''
    return value === '' || daySchema.safeParse(value).success ? value : ''
  }
  const type = parameters.get('type')
  const [statuses, payments] = [parameters.getAll('status'), parameters.getAll('payment')]
  return {
    filter: {
      statuses: ORDER_STATUSES.filter((status) => statuses.includes(status)),
      paymentStatuses: PAYMENT_STATUSES.filter((status) => payments.includes(status)),
      type: type === 'wholesale' || type === 'consignment' ? type : null,
      retailerId: parameters.get('retailer')?.slice(0, 64) || null,
      ...{ from: day('from'), to: day('to') },
      search: (parameters.get('q') ?? '').trim().slice(0, MAX_SEARCH_CHARACTERS),
    },
    ordering: { sort, descending: parameters.get('direction') !== 'asc' },
    page: pageFrom(parameters, sort),
  }
}

function pageFrom(parameters: URLSearchParams, sort: OrderOrdering['sort']): ListPage {
  const backwards = parameters.has('before')
  const [, number = '', value = ''] = /^(\d{1,12})(?:~(.*))?$/s.exec(
    parameters.get('before') ?? parameters.get('after') ?? '',
  ) ?? ['', '', '']
  if (number === '') return { cursor: null, backwards: false }
  const isText = sort === 'retailer' || sort === 'date'
  return { cursor: { number: Number(number), value: isText ? value : Number(value) || 0 }, backwards }
}

/** The URL of a list, and of a page of it after or before a cursor. */
export function urlOf(
  { filter, ordering }: OrderQuery,
  page: { after?: OrderCursor; before?: OrderCursor } = {},
): string {
  return routes.orders([...parametersOf({ filter, ordering }), ...cursorParameters(ordering.sort, page)])
}

/** What a form has to carry along as hidden fields to keep the list as it is. */
export function parametersOf({ filter, ordering }: OrderQuery): [string, string][] {
  const { statuses, paymentStatuses, type, retailerId, from, to, search } = filter
  const parameters: [string, string][] = [
    ...statuses.map((status): [string, string] => ['status', status]),
    ...paymentStatuses.map((status): [string, string] => ['payment', status]),
    ...([
      ['type', type ?? ''],
      ['retailer', retailerId ?? ''],
      ['from', from],
      ['to', to],
      ['q', search],
      ['sort', ordering.sort === NEWEST_FIRST.sort ? '' : ordering.sort],
      ['direction', ordering.descending ? '' : 'asc'],
    ] as [string, string][]),
  ]
  return parameters.filter(([, value]) => value !== '')
}

function cursorParameters(
  sort: OrderSort,
  { after, before }: { after?: OrderCursor; before?: OrderCursor },
): [string, string][] {
  const isByNumber = sort === 'number' || sort === 'created'
  const text = ({ number, value }: OrderCursor) => (isByNumber ? String(number) : `${number}~${value}`)
  return [
    ...(after ? [['after', text(after)] as [string, string]] : []),
    ...(before ? [['before', text(before)] as [string, string]] : []),
  ]
}
