import { Agent } from 'node:http'
import { newId } from '../../src/new-id.ts'
import { routes } from '../../src/routes.ts'
import { type Business, isConsignment } from './business.ts'
import { type Call, send } from './load.ts'

/** The orders that really go through the Worker; every larger number is copies of them. */
export const ORIGINALS = 1000
const CLIENTS = 8

/** What becomes of 50 orders in a row: most of them are long delivered, every status is met. */
const FATES = [
  { times: 2, status: 'awaiting_approval', payment: 'awaiting_payment', email: false },
  { times: 4, status: null, payment: '', email: false },
  { times: 2, status: 'in_progress', payment: 'awaiting_payment', email: true },
  { times: 1, status: 'in_progress', payment: 'deposit_50', email: false },
  { times: 2, status: 'shipped', payment: 'awaiting_payment', email: true },
  { times: 2, status: 'shipped', payment: 'paid_in_full', email: true },
  { times: 35, status: 'delivered', payment: 'paid_in_full', email: false },
  { times: 2, status: 'canceled', payment: 'awaiting_payment', email: true },
].flatMap(({ times, ...fate }) => Array.from({ length: times }, () => fate))

/** Places the originals through the Worker and takes each to its status, with e-mails, stock and history. */
export async function placeOriginals(origin: string, business: Business): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  let next = 0
  const client = async () => {
    for (let index = next++; index < ORIGINALS; index = next++) {
      const placed = await good(origin, agent, placing(business, index, 1 + (index % 5)))
      const fate = FATES[(index * 7) % FATES.length]
      if (!fate?.status) continue
      const { status, email } = fate
      const payment = isForConsignment(business, index) ? 'none_expected' : fate.payment
      const order = { number: numberIn(placed.location), revision: 1 }
      await good(origin, agent, updating(order, { status, payment, email }))
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client)).finally(() => agent.destroy())
}

const retailerOf = ({ retailerIds }: Business, index: number) => (index * 17) % retailerIds.length

export const isForConsignment = (business: Business, index: number) =>
  isConsignment(retailerOf(business, index))

/** The number of the order that a placement's answer leads to. */
export const numberIn = (location: string) => Number(location.split('/').at(-1))

/** The products of an order, which depend on its `index` alone. */
export function productsOf({ productIds }: Business, index: number, lines: number): string[] {
  return Array.from({ length: lines }, (_, line) => productIds[(index * 13 + line * 31) % productIds.length]!)
}

/** An order of `lines` products; for whom and of what depends on `index` alone. */
export function placing(business: Business, index: number, lines: number): Call {
  const products = productsOf(business, index, lines)
  const retailer = business.retailerIds[retailerOf(business, index)]!
  return {
    path: routes.orders(),
    form: {
      ...{ orderId: newId(), retailer, pull: 'on' },
      ...{ product: products, quantity: products.map((_, line) => String(1 + ((index + line) % 12))) },
      ...{
        currency: 'USD',
        discount: '',
        shipping: index % 3 === 0 ? '8.00' : '',
        otherCharges: '',
        tax: '',
      },
      ...{ poNumber: `PO-${index}`, date: '' },
    },
    expect: 303,
  }
}

/** A status update of an order at the revision that its last change made. */
export function updating(
  { number, revision }: { number: number; revision: number },
  { status, payment, email }: { status: string; payment: string; email: boolean },
): Call {
  return {
    path: routes.orderUpdates(number),
    form: {
      ...{ changeId: newId(), revision: String(revision), status, paymentStatus: payment },
      ...{ email: email ? 'yes' : 'no', trackingNumber: '', invoiceLink: '', comment: '', confirmed: 'on' },
    },
    expect: 303,
  }
}

async function good(origin: string, agent: Agent, call: Call) {
  const answer = await send(origin, agent, call)
  if (answer.status === call.expect) return answer
  throw new Error(`${call.path} answered ${answer.status}, not ${call.expect}: ${answer.body}`)
}
