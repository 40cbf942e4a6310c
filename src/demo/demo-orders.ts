import { unitPriceFor } from '../orders/totals.ts'
import { type Chance, chanceFrom } from './chance.ts'
import type { DemoOrder, DemoStep } from './demo-order.ts'
import { type DemoProduct, demoProducts, LOW_SKU } from './demo-products.ts'
import { demoRequests, requested } from './demo-requests.ts'
import { type DemoRetailer, demoRetailers } from './demo-retailers.ts'
import { upsNumber, uspsNumber } from './demo-tracking.ts'
import { DELIVERED, NOTES, SHIPPED, STARTED, WAITING } from './demo-words.ts'
import type { Person } from './in-the-past.ts'

/** A request for so many times as much of the low product leaves something to make. */
const REQUESTED_MORE = 4

type Story =
  | 'delivered'
  | 'shipped'
  | 'in_progress'
  | 'new'
  | 'awaiting'
  | 'canceled'
  | 'returned'
  | 'lost'
  | 'voided'

const ORDERS = 60
/** The first ones lie far apart, the last ones close together: the desk of somebody whose business grows. */
const EARLY_ORDERS = 36

const STORIES: Record<number, Story> = {
  ...{ 7: 'canceled', 15: 'returned', 19: 'voided', 24: 'lost', 30: 'canceled', 39: 'canceled' },
  ...{ 44: 'shipped', 45: 'shipped', 46: 'shipped', 47: 'shipped', 48: 'shipped', 50: 'shipped' },
  ...{ 49: 'in_progress', 51: 'in_progress', 52: 'in_progress', 54: 'in_progress', 56: 'in_progress' },
  ...{ 53: 'new', 55: 'awaiting', 57: 'new', 58: 'new', 59: 'awaiting' },
}

/** How long ago the last orders came in. */
const NEWEST: Record<number, number> = { 58: 0.1, 59: 0.03 }

/** The 60 orders, oldest first; the same at every call. */
export function demoOrders(): DemoOrder[] {
  const chance = chanceFrom(1_042)
  return Array.from({ length: ORDERS }, (_, index) => {
    const order = orderAt(index, chance)
    const request = demoRequests[index]
    return request ? requested(order, request) : order
  })
}

function orderAt(index: number, chance: Chance): DemoOrder {
  const story = STORIES[index] ?? 'delivered'
  const day = NEWEST[index] ?? dayOfOrder(index) - chance.between(0, 280) / 1000
  const retailer = retailerFor(index, chance)
  const isWholesale = retailer.type === 'wholesale'
  const id = `demo-order-${String(index + 1).padStart(2, '0')}`
  const lines = linesFor(retailer, story, chance)
  return {
    request: null,
    ...{ id, retailerId: retailer.id, day, lines, by: chance.happens(60) ? 'ana' : 'ben' },
    paymentStatus: isWholesale ? 'awaiting_payment' : 'none_expected',
    // A request that waits for approval is not pulled, as those from the portal are not.
    pull: isWholesale && story !== 'awaiting' && chance.happens(85),
    discount: isWholesale && chance.happens(20) ? chance.between(1, 4) * 500 : 0,
    shipping: isWholesale ? chance.between(12, 46) * 100 : 0,
    otherCharges: isWholesale && chance.happens(12) ? 600 : 0,
    poNumber: isWholesale && chance.happens(50) ? `${5200 + index * 3}` : '',
    promisedDays: index % 4 === 1 ? null : 14 + (index % 4) * 7,
    steps: stepsOf({ index, story, day, isWholesale, chance }, retailer, lines),
  }
}

function dayOfOrder(index: number): number {
  return index < EARLY_ORDERS ? 180 - index * 4.2 : 30.5 - (index - EARLY_ORDERS) * 1.25
}

/** Everybody orders once, then as it comes; the shop that closed does not come back. */
function retailerFor(index: number, chance: Chance): DemoRetailer {
  const first = demoRetailers[(index * 7) % demoRetailers.length]!
  return index < demoRetailers.length ? first : chance.pick(demoRetailers.filter(({ left }) => !left))
}

function linesFor({ type }: DemoRetailer, story: Story, chance: Chance) {
  const wanted = chance.between(2, 5)
  const chosen = new Map<string, number>()
  while (chosen.size < wanted) {
    const product = chance.pick(demoProducts)
    if (type === 'consignment' && !product.stockTracked) continue
    const cases =
      product.caseSize === 1 ? chance.between(1, 3) : chance.between(1, product.caseSize > 6 ? 2 : 3)
    const more = story === 'awaiting' && product.sku === LOW_SKU ? REQUESTED_MORE : 1
    chosen.set(product.id, more * cases * product.caseSize)
  }
  return [...chosen].map(([productId, quantity]) => ({ productId, quantity }))
}

interface Plot {
  index: number
  story: Story
  day: number
  isWholesale: boolean
  chance: Chance
}

function stepsOf(plot: Plot, retailer: DemoRetailer, lines: DemoOrder['lines']): DemoStep[] {
  const { index, story, day, chance } = plot
  const by = () => chance.pick<Person>(['ana', 'ben'])
  if (story === 'new') return index === 57 ? [noteOn(day - 0.4, 'new', plot)] : []
  if (story === 'awaiting') {
    const comment = WAITING[index % WAITING.length]!
    return [{ kind: 'update', status: 'awaiting_approval', email: false, comment, by: by(), day: day - 0.01 }]
  }
  if (story === 'canceled') {
    const comment = 'The shop has changed its plans for the season. Nothing was made yet.'
    return [{ kind: 'update', status: 'canceled', email: true, comment, by: 'ana', day: day - 1.5 }]
  }
  const started = day - chance.between(10, 28) / 10
  const edit = editOf(plot, retailer, lines, day - 0.6)
  const steps = [...edit, ...startOf(plot, started)]
  return story === 'in_progress' ? steps : [...steps, ...deliveryOf(plot, started)]
}

/** Some orders are changed before they are started: more of a product, one more, one less. */
function editOf({ index }: Plot, retailer: DemoRetailer, lines: DemoOrder['lines'], day: number): DemoStep[] {
  const { productId, quantity } = lines[0]!
  const product = productOf(productId)
  if (index % 5 === 1) {
    const unitPrice =
      index % 2 === 0 ? unitPriceFor(product, retailer) : unitPriceFor(product, retailer) - 100
    return [{ kind: 'set', productId, quantity: quantity + product.caseSize, unitPrice, by: 'ben', day }]
  }
  if (index % 9 === 4) {
    const another = demoProducts.find(({ id }) => !lines.some((line) => line.productId === id))!
    return [{ kind: 'add', productId: another.id, quantity: another.caseSize, by: 'ana', day }]
  }
  if (index % 11 === 8 && lines.length > 2) {
    return [{ kind: 'remove', productId: lines.at(-1)!.productId, by: 'ben', day }]
  }
  return []
}

function startOf(plot: Plot, day: number): DemoStep[] {
  const { index, isWholesale, chance } = plot
  const deposit = isWholesale && index % 4 === 0
  const step: DemoStep = {
    ...{ kind: 'update', status: 'in_progress', by: 'ben', day },
    ...(deposit ? { paymentStatus: 'deposit_50', invoiceLink: invoiceOf(index) } : {}),
    ...{ email: chance.happens(60), comment: chance.pick(STARTED) },
  }
  return index % 4 === 2 ? [step, noteOn(day - 0.7, 'in_progress', plot)] : [step]
}

function deliveryOf(plot: Plot, started: number): DemoStep[] {
  const { index, story, isWholesale, chance } = plot
  const shippedOn = started - chance.between(40, 75) / 10
  const shipped: DemoStep = {
    ...{
      kind: 'update',
      status: 'shipped',
      by: 'ben',
      day: shippedOn,
      email: true,
      comment: chance.pick(SHIPPED),
    },
    trackingNumber: index % 3 === 0 ? uspsNumber(21_870_300 + index * 37) : upsNumber(2_345_600 + index * 41),
    ...(isWholesale ? { invoiceLink: invoiceOf(index) } : {}),
  }
  if (story === 'shipped') return [shipped]
  const arrivedOn = shippedOn - chance.between(25, 45) / 10
  if (story === 'returned' || story === 'lost') {
    const [goods, comment] =
      story === 'returned'
        ? (['came_back', 'The shop was closed; the carrier brought everything back in one piece.'] as const)
        : (['written_off', 'Lost by the carrier. We have claimed it and send a new order.'] as const)
    return [
      shipped,
      { kind: 'update', status: 'canceled', goods, email: true, comment, by: 'ana', day: arrivedOn },
    ]
  }
  const isPaid = isWholesale && chance.happens(55) && story !== 'voided'
  const delivered: DemoStep = {
    ...{ kind: 'update', status: 'delivered', by: 'ana', day: arrivedOn },
    ...(isPaid ? { paymentStatus: 'paid_in_full' } : {}),
    ...{ email: chance.happens(60), comment: chance.pick(DELIVERED) },
  }
  const after = afterDelivery(plot, arrivedOn, isPaid)
  return [shipped, delivered, ...after]
}

/** The payment often comes later; one delivery turns out to be a mistake. */
function afterDelivery({ index, story, isWholesale }: Plot, arrivedOn: number, isPaid: boolean): DemoStep[] {
  if (story === 'voided') {
    return [
      {
        kind: 'void',
        reason: 'Booked on the wrong shop; the boxes came back unopened.',
        by: 'ana',
        day: arrivedOn - 2,
      },
    ]
  }
  const paidOn = arrivedOn - 9
  if (!isWholesale || isPaid || paidOn < 1 || index % 6 === 5) return []
  const comment = 'Paid by bank transfer.'
  return [
    {
      kind: 'update',
      status: 'delivered',
      paymentStatus: 'paid_in_full',
      email: false,
      comment,
      by: 'ana',
      day: paidOn,
    },
  ]
}

function noteOn(day: number, status: 'new' | 'in_progress', { chance }: Plot): DemoStep {
  return { kind: 'update', status, email: false, comment: chance.pick(NOTES), by: 'ben', day }
}

function invoiceOf(index: number): string {
  return `https://pay.tidewaterclay.example/invoices/${20_260 + index}`
}

function productOf(productId: string): DemoProduct {
  return demoProducts.find(({ id }) => id === productId)!
}
