import { newId } from '../../src/new-id.ts'
import { routes } from '../../src/routes.ts'
import type { Business } from './business.ts'
import { isForConsignment, numberIn, ORIGINALS, placing, productsOf, updating } from './history.ts'
import type { Call } from './load.ts'

/** Different orders that the order page is asked for. */
const ORDERS_LOOKED_AT = 20
const LINES_PLACED = 3

export interface UseCase {
  name: string
  kind: 'page' | 'order' | 'change'
  /** What it has to cost before its answer, exactly. */
  roundTrips: number
  objectCalls: number
  next: () => Call
}

/** Where the orders are: the number of the oldest one, and that of the first original or of its last copy. */
export interface Numbers {
  oldest: number
  latest: number
}

/** The pages, each the same at every size of the database. */
export function pages({ retailerIds }: Business, { oldest, latest }: Numbers): UseCase[] {
  const page = (name: string, ...paths: string[]): UseCase => {
    let next = 0
    return {
      ...{ name, kind: 'page', roundTrips: 1, objectCalls: 0 },
      next: () => ({ path: paths[next++ % paths.length]!, expect: 200 }),
    }
  }
  const middle = Math.floor((oldest + latest + ORIGINALS) / 2)
  // Without the oldest order of all, which has no older one beside it to be read.
  const orders = Array.from({ length: ORDERS_LOOKED_AT }, (_, index) => latest + (index + 1) * 37)
  return [
    page('orders, newest', routes.orders()),
    page('orders, by status', routes.orders({ status: 'delivered' })),
    page('orders, by payment', routes.orders({ payment: 'paid_in_full' })),
    page('orders, by both', routes.orders({ status: 'delivered', payment: 'paid_in_full' })),
    page('orders, older page', routes.orders({ older: String(middle) })),
    page('order', ...orders.map((number) => routes.order(number))),
    page('products', routes.products()),
    page('retailers', routes.retailers()),
    page('mail', routes.mails()),
    page('create order: cart', routes.newOrder({ retailer: retailerIds[0]! })),
  ]
}

interface PlacedOrder {
  number: number
  revision: number
  index: number
}

/** Placing orders, and changes of those that were placed: no two calls change the same order at a time. */
export function changes(business: Business): UseCase[] {
  let placed = 0
  const idle: PlacedOrder[] = []
  const change = (name: string, objectCalls: number, call: (order: PlacedOrder) => Call): UseCase => ({
    ...{ name, kind: 'change', roundTrips: 2, objectCalls },
    next: () => {
      const order = idle.shift()
      if (!order) throw new Error(`There are too few orders for "${name}".`)
      const done = () => idle.push({ ...order, revision: order.revision + 1 })
      return { ...call(order), done }
    },
  })
  const update = (email: boolean) => (order: PlacedOrder) =>
    updating(order, {
      status: order.revision % 2 === 1 ? 'in_progress' : 'new',
      payment: isForConsignment(business, order.index) ? 'none_expected' : 'awaiting_payment',
      email,
    })
  return [
    {
      ...{ name: 'place an order', kind: 'order', roundTrips: 2, objectCalls: LINES_PLACED },
      next: () => {
        const index = ORIGINALS + placed++
        const done = (location: string) => idle.push({ number: numberIn(location), revision: 1, index })
        return { ...placing(business, index, LINES_PLACED), done }
      },
    },
    change('update, no e-mail', 0, update(false)),
    change('update, e-mail', 0, update(true)),
    change('edit a line', 1, (order) => {
      const [productId] = productsOf(business, order.index, LINES_PLACED)
      return {
        path: routes.orderLine(order.number, productId!),
        form: {
          ...{ changeId: newId(), revision: String(order.revision), currency: 'USD', do: 'save' },
          ...{ quantity: String(20 + (order.revision % 30)), unitPrice: '12.50' },
        },
        expect: 303,
      }
    }),
  ]
}
