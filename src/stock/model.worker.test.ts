import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { editDetails } from '../orders/edit-details.ts'
import { editLines } from '../orders/edit-lines.ts'
import { ORDER_STATUSES, type OrderStatus, TRANSITIONS } from '../orders/order.ts'
import { placeOrder } from '../orders/place-order.ts'
import { updateOrder } from '../orders/update-order.ts'
import type { Result } from '../result.ts'
import { aProduct, aRetailer, newId, placement, stockNow, testCtx } from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { bringToRest } from '../testing/objects.ts'
import { adjustStock } from './adjust-stock.ts'

// Random operations on a few products and orders against a plain model of them. Operations of one group run at the
// same time; what each answered says in which model they have to end.

const PRODUCTS = 3
const ORDERS = 3

/** An order as the model knows it. `held` is derived anew from it each time, in the model's own words. */
interface ModelOrder {
  number: number
  revision: number
  isConsignment: boolean
  status: OrderStatus
  pull: boolean
  lines: Map<number, number>
}

interface Model {
  onHand: number[]
  orders: (ModelOrder | null)[]
}

type Operation =
  | {
      kind: 'place'
      order: number
      lines: [product: number, quantity: number][]
      pull: boolean
      anyway: boolean
    }
  | { kind: 'set'; order: number; product: number; quantity: number; anyway: boolean }
  | { kind: 'add'; order: number; product: number; quantity: number; anyway: boolean }
  | { kind: 'remove'; order: number; product: number }
  | { kind: 'status'; order: number; status: OrderStatus; back: boolean; anyway: boolean }
  | { kind: 'pull'; order: number; pull: boolean }
  | { kind: 'receive'; product: number; quantity: number }
  | { kind: 'count'; product: number; quantity: number }

const order = fc.nat(ORDERS - 1)
const product = fc.nat(PRODUCTS - 1)
const quantity = fc.integer({ min: 1, max: 6 })
const anyway = fc.nat(9).map((chance) => chance === 0)
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant('place' as const), order, pull: fc.boolean(), anyway },
      lines: fc.uniqueArray(fc.tuple(product, quantity), { minLength: 1, selector: ([one]) => one }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('set' as const), order, product, quantity, anyway }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('add' as const), order, product, quantity, anyway }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), order, product }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('status' as const), order, back: fc.boolean(), anyway },
      status: fc.constantFrom(...ORDER_STATUSES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pull' as const), order, pull: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('receive' as const), product, quantity }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('count' as const), product, quantity: fc.nat(12) }) },
)

let operations = 0
let refusals = 0
let atOnce = 0
afterAll(() => console.log(`operations tried: ${operations}, ${atOnce} of them at once, ${refusals} refused`))

it('holds what a plain model holds after thousands of random operations', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), { minLength: 10, maxLength: 25 }),
      async (groups) => {
        const products = await Promise.all(upTo(PRODUCTS).map(() => aProduct({ onHand: 10 })))
        const shops = await Promise.all([aRetailer(), aRetailer({ type: 'consignment' })])
        const model: Model = { onHand: upTo(PRODUCTS).map(() => 10), orders: upTo(ORDERS).map(() => null) }
        for (const group of groups) {
          const distinct = atOnceOf(group)
          const before = structuredClone(model)
          const answers = await Promise.all(distinct.map((one) => run(one, before, products, shops)))
          operations += distinct.length
          if (distinct.length > 1) atOnce += distinct.length
          for (const [index, answer] of answers.entries()) {
            const one = distinct[index]!
            const isAlone = distinct.length === 1
            if (answer.ok) apply(one, model, answer.value)
            else {
              refusals++
              if (isAlone) expect([one, whyRefused(one, before)]).not.toEqual([one, null])
            }
            if (isAlone && answer.ok) expect([one, whyRefused(one, before)]).toEqual([one, null])
          }
          for (const [index, productId] of products.entries()) {
            const { onHand, reserved, prepared } = await stockNow(productId)
            expect([onHand, reserved, prepared]).toEqual([model.onHand[index], reservedOf(model, index), []])
          }
        }
        await bringToRest(products)
        expect(await brokenInvariants(products)).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
  expect(operations).toBeGreaterThan(1_500)
  expect(refusals).toBeGreaterThan(100)
}, 240_000)

/** What can run at the same time with one outcome: one operation per order, and no count beside others. */
function atOnceOf(group: Operation[]): Operation[] {
  const count = group.find(({ kind }) => kind === 'count')
  if (count) return [count]
  const touches = (one: Operation) => ('order' in one ? one.order : 'stock')
  return group.filter((one, index) => group.findIndex((other) => touches(one) === touches(other)) === index)
}

type Answer = Result<{ number?: number }>

async function run(one: Operation, { orders }: Model, products: string[], shops: string[]): Promise<Answer> {
  const { ctx, settled } = testCtx()
  const answer = await ask()
  await settled()
  return answer

  async function ask(): Promise<Answer> {
    if (one.kind === 'receive' || one.kind === 'count') {
      const productId = products[one.product]!
      const adjustment = { productId, id: newId(), kind: one.kind, quantity: one.quantity, reason: 'Counted' }
      const adjusted = await adjustStock(ctx, adjustment)
      return adjusted.ok ? { ok: true, value: {} } : adjusted
    }
    const known = orders[one.order]
    if (one.kind === 'place') {
      if (known) return { ok: false, failure: { reason: 'final', why: 'The model has it already.' } }
      const lines = one.lines.map(([index, quantity]) => ({ productId: products[index]!, quantity }))
      const shop = shops[one.order === ORDERS - 1 ? 1 : 0]!
      return placeOrder(ctx, placement(shop, lines, { pull: one.pull, allowShortage: one.anyway }))
    }
    if (!known) return { ok: false, failure: { reason: 'not_found', what: 'order' } }
    const key = { number: known.number, changeId: newId(), revision: known.revision }
    switch (one.kind) {
      case 'set':
      case 'add':
      case 'remove': {
        const productId = products[one.product]!
        const lines =
          one.kind === 'remove'
            ? { edit: 'remove' as const, productId }
            : one.kind === 'add'
              ? { edit: 'add' as const, productId, quantity: one.quantity }
              : { edit: 'set' as const, productId, quantity: one.quantity, unitPrice: price++ }
        return done(
          await editLines(ctx, { ...key, lines, allowShortage: one.kind !== 'remove' && one.anyway }),
        )
      }
      case 'pull':
        return done(
          await editDetails(ctx, {
            ...{
              ...key,
              date: '2026-11-23',
              poNumber: newId(),
              discount: 0,
              shipping: 0,
              otherCharges: 0,
              tax: 0,
            },
            ...{ shipBy: '', pull: one.pull, allowShortage: false },
          }),
        )
      case 'status':
        return done(
          await updateOrder(ctx, {
            ...{ ...key, status: one.status, paymentStatus: 'awaiting_payment', email: false, comment: 'x' },
            ...{ trackingNumber: '', invoiceLink: '', confirmed: true, allowShortage: one.anyway },
            goods: one.back ? 'came_back' : 'written_off',
          }),
        )
    }
  }
}

const done = (answer: Result<unknown>): Answer => (answer.ok ? { ok: true, value: {} } : answer)

/** DOMAIN.md §3, said once more: what an order keeps reserved, and what has left on hand for it. */
function held({ status, isConsignment, pull, lines }: ModelOrder, product: number) {
  const units = lines.get(product) ?? 0
  if (status === 'shipped' || status === 'delivered') return { reserved: 0, gone: units }
  const reserves =
    status === 'canceled'
      ? false
      : status === 'awaiting_approval'
        ? !isConsignment && pull
        : isConsignment || pull
  return { reserved: reserves ? units : 0, gone: 0 }
}

function reservedOf({ orders }: Model, product: number): number {
  return orders.reduce((sum, one) => sum + (one ? held(one, product).reserved : 0), 0)
}

/** The order after the operation, or null where the operation makes no sense. */
function after(one: Operation, model: Model): ModelOrder | null {
  if (one.kind === 'receive' || one.kind === 'count') return null
  const known = model.orders[one.order] ?? null
  if (one.kind === 'place') {
    if (known) return null
    const isConsignment = one.order === ORDERS - 1
    const pull = !isConsignment && one.pull
    return { number: 0, revision: 1, isConsignment, status: 'new', pull, lines: new Map(one.lines) }
  }
  if (!known) return null
  const next: ModelOrder = { ...known, revision: known.revision + 1, lines: new Map(known.lines) }
  const isOpen = !['delivered', 'canceled'].includes(known.status)
  switch (one.kind) {
    case 'set':
      if (!isOpen || !known.lines.has(one.product)) return null
      next.lines.set(one.product, one.quantity)
      return next
    case 'add':
      if (!isOpen || known.lines.has(one.product)) return null
      next.lines.set(one.product, one.quantity)
      return next
    case 'remove':
      if (!isOpen || !known.lines.has(one.product) || known.lines.size === 1) return null
      next.lines.delete(one.product)
      return next
    case 'pull': {
      const pull = !known.isConsignment && one.pull
      if (!isOpen || (known.status === 'shipped' && pull !== known.pull)) return null
      return { ...next, pull }
    }
    case 'status':
      if (one.status !== known.status && !TRANSITIONS[known.status].includes(one.status)) return null
      return { ...next, status: one.status }
  }
}

/** Why one operation alone is to be refused, or null. */
function whyRefused(one: Operation, model: Model): string | null {
  if (one.kind === 'receive' || one.kind === 'count') return null
  const next = after(one, model)
  if (!next) return 'makes no sense'
  if ('anyway' in one && one.anyway) return null
  const known = model.orders[one.order]
  for (const index of upTo(PRODUCTS)) {
    const old = known ? held(known, index) : { reserved: 0, gone: 0 }
    const now = held(next, index)
    const available = model.onHand[index]! - reservedOf(model, index)
    if (now.reserved + now.gone - old.reserved - old.gone > Math.max(available, 0)) return 'takes too much'
    if (now.gone - old.gone > model.onHand[index]! && now.gone > old.gone) return 'ships too much'
  }
  return null
}

/** Another one each time, so that setting a line always changes it. */
let price = 1_000

function apply(one: Operation, model: Model, { number }: { number?: number }): void {
  if (one.kind === 'receive') model.onHand[one.product]! += one.quantity
  if (one.kind === 'count') model.onHand[one.product] = one.quantity
  const next = after(one, model)
  if (!next || one.kind === 'receive' || one.kind === 'count') return
  const known = model.orders[one.order]
  const isLost =
    one.kind === 'status' && known?.status === 'shipped' && one.status === 'canceled' && !one.back
  for (const index of upTo(PRODUCTS)) {
    const old = known ? held(known, index).gone : 0
    if (!isLost) model.onHand[index]! -= held(next, index).gone - old
  }
  model.orders[one.order] = { ...next, number: number ?? next.number }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)
