import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import type { Ctx } from '../context.ts'
import { editLines } from '../orders/edit-lines.ts'
import { placeOrder } from '../orders/place-order.ts'
import { updateOrder } from '../orders/update-order.ts'
import type { Failure, Result } from '../result.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from '../testing/fixtures.ts'
import { type Evidence, faultsIn, readEvidence } from '../testing/invariants.ts'
import {
  available,
  type Book,
  type BookedOrder,
  type BookedStatus,
  type Entry,
  enter,
  held,
  type OrderRequest,
  type Request,
} from '../testing/stock-book.ts'
import { adjustStock } from './adjust-stock.ts'

const RUNS = 40
const GROUPS_PER_RUN = 30
const ON_HAND = 12
/** Only the latest orders are changed, so that wishes meet each other. */
const ORDERS_AT_HAND = 4
const STATUSES: BookedStatus[] = [
  ...(['awaiting_approval', 'new', 'in_progress', 'shipped', 'delivered', 'canceled'] as const),
]

/** One random wish; its numbers choose among what is there when its turn comes. */
const wish = fc.record({
  kind: fc.constantFrom(
    ...(['place', 'place', 'place', 'set', 'set', 'add', 'remove', 'update', 'update', 'update'] as const),
    ...(['receive', 'count', 'again'] as const),
  ),
  order: fc.nat(ORDERS_AT_HAND - 1),
  product: fc.nat(2),
  quantity: fc.integer({ min: 1, max: 8 }),
  lines: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
  status: fc.constantFrom(...STATUSES),
  type: fc.constantFrom('wholesale' as const, 'consignment' as const),
  pull: fc.boolean(),
  lost: fc.boolean(),
  allowShortage: fc.nat(7).map((dice) => dice === 0),
  isStale: fc.nat(15).map((dice) => dice === 0),
})
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never

/** What is asked for at the same time. */
const group = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(wish) },
  { weight: 2, arbitrary: fc.array(wish, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: wish.map((wish) => [wish, { ...wish, kind: 'again' as const }]) },
)

interface World {
  products: string[]
  retailers: Record<BookedOrder['type'], string>
  numbers: Map<string, number>
  asked: Request[]
  book: Book
}

interface Answer {
  outcome: 'accepted' | Failure['reason']
  failure?: Failure
}

const counted = { operations: 0, atOnce: 0, accepted: 0, shortages: 0, conflicts: 0 }
afterAll(() => console.log('model-based operations tried:', counted))

it('agrees with a plain book after every group of operations, and keeps the invariants', async () => {
  const groups = fc.array(group, { minLength: GROUPS_PER_RUN, maxLength: GROUPS_PER_RUN })
  await fc.assert(
    fc.asyncProperty(groups, async (groups) => {
      const world = await aWorld()
      for (const wishes of groups) await tryGroup(world, wishes)
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
  for (const count of Object.values(counted)) expect(count).toBeGreaterThan(RUNS)
}, 300_000)

async function tryGroup(world: World, wishes: Wish[]) {
  const requests: Request[] = []
  for (const wish of wishes) requests.push(requestFrom(world, wish, requests))
  world.asked.push(...requests)
  const answers = await Promise.all(requests.map((request) => ask(world, request)))
  const evidence = await readEvidence(world.products)
  const story = JSON.stringify({ book: world.book, requests, answers })
  expect(faultsIn(evidence), story).toEqual([])

  const books = sequencesOf(requests.length).flatMap((sequence) => {
    return bookAfter(world.book, sequence, requests, answers) ?? []
  })
  expect(books, `No sequence explains the answers: ${story}`).not.toEqual([])
  const seen = stateIn(evidence)
  const book = books.find((book) => same(stateOf(book), seen))
  if (!book) return expect(seen, story).toEqual(stateOf(books[0]!))
  world.book = book

  counted.operations += requests.length
  if (requests.length > 1) counted.atOnce += requests.length
  counted.accepted += answers.filter(({ outcome }) => outcome === 'accepted').length
  counted.shortages += answers.filter(({ outcome }) => outcome === 'shortage').length
  counted.conflicts += answers.filter(({ outcome }) => outcome === 'conflict').length
}

/** The book after the requests one after another, if that explains every answer. */
function bookAfter(before: Book, sequence: number[], requests: Request[], answers: Answer[]): Book | null {
  let book = before
  for (const index of sequence) {
    const request = requests[index]!
    const entry = enter(book, request)
    if (entry.outcome === 'accepted' && answers[index]!.outcome === 'accepted') book = entry.book
    else if (!explains(book, entry, answers[index]!, request, requests)) return null
  }
  return book
}

/** Whether a refusal is what the book says or, of requests at the same time, true while the others are under way. */
function explains(book: Book, entry: Entry, answer: Answer, request: Request, requests: Request[]): boolean {
  const { outcome, failure } = answer
  const others = requests.toSpliced(requests.indexOf(request), 1)
  if (outcome === 'conflict') {
    return entry.outcome === 'conflict' || others.some((other) => orderOf(other) === orderOf(request))
  }
  if (failure?.reason !== 'shortage') return entry.outcome === outcome
  if (entry.outcome === 'shortage' && same(entry.shortages, failure.shortages)) return true
  return failure.shortages.every(({ productId, available: told, wanted, missing }) => {
    const reach = others.reduce((sum, other) => sum + unitsMoved(book, other, productId), 0)
    const own = held(book.orders[orderOf(request)] ?? null, productId).reserved
    const could = [available(book, productId) + own, book.onHand[productId] ?? 0]
    return missing === wanted - Math.max(0, told) && could.some((units) => Math.abs(told - units) <= reach)
  })
}

/** At most so many units of a product a request moves, one way or the other. */
function unitsMoved(book: Book, request: Request, productId: string): number {
  if (!('orderId' in request)) {
    if (request.productId !== productId) return 0
    return request.kind === 'receive'
      ? request.quantity
      : Math.abs(request.quantity - (book.onHand[productId] ?? 0))
  }
  const has = book.orders[request.orderId]?.lines[productId] ?? 0
  if (request.kind === 'place') return request.order.lines[productId] ?? 0
  return has + ('quantity' in request && request.productId === productId ? request.quantity : 0)
}

function requestFrom(world: World, wish: Wish, sameTime: Request[]): Request {
  const { kind, quantity, allowShortage, lost, pull } = wish
  const id = newId()
  const productId = world.products[wish.product]!
  if (kind === 'again') {
    const earlier = sameTime.at(-1) ?? world.asked.at(-1 - wish.order)
    if (earlier) return earlier
  }
  if (kind === 'receive' || kind === 'count') return { id, kind, productId, quantity }
  const atHand = Object.keys(world.book.orders).slice(-ORDERS_AT_HAND)
  const orderId = atHand[wish.order % atHand.length]
  const order = world.book.orders[orderId ?? '']
  if (kind === 'place' || kind === 'again' || !orderId || !order) {
    const { type } = wish
    const lines = Object.fromEntries(wish.lines.map((product) => [world.products[product]!, quantity]))
    const placed = { type, pull: type === 'wholesale' && pull, lines }
    return { id, kind: 'place', orderId: id, allowShortage, order: placed }
  }
  const key = { id, orderId, allowShortage, revision: wish.isStale ? order.revision - 1 : order.revision }
  if (kind === 'update') return { ...key, kind, status: wish.status, pull, lost }
  return kind === 'remove' ? { ...key, kind, productId } : { ...key, kind, productId, quantity }
}

async function ask(world: World, request: Request): Promise<Answer> {
  const { ctx, settled } = testCtx()
  const answer: Result<unknown> = await ('orderId' in request
    ? askOrder(ctx, world, request)
    : adjustStock(ctx, { reason: 'Counted', ...request }))
  await settled()
  return answer.ok ? { outcome: 'accepted' } : { outcome: answer.failure.reason, failure: answer.failure }
}

async function askOrder(ctx: Ctx, world: World, request: OrderRequest): Promise<Result<unknown>> {
  const { id: changeId, orderId, allowShortage } = request
  if (request.kind === 'place') {
    const { type, pull, lines } = request.order
    const units = Object.entries(lines).map(([productId, quantity]) => ({ productId, quantity }))
    const input = placement(world.retailers[type], units, { id: orderId, pull, allowShortage })
    const answer = await placeOrder(ctx, input)
    if (answer.ok) world.numbers.set(orderId, answer.value.number)
    return answer
  }
  const key = { number: world.numbers.get(orderId) ?? 0, changeId, revision: request.revision, allowShortage }
  if (request.kind !== 'update') {
    const { kind: edit, productId } = request
    if (edit === 'remove') return editLines(ctx, { ...key, lines: { edit, productId } })
    const { quantity } = request
    return editLines(ctx, { ...key, lines: { edit, productId, quantity, unitPrice: 1000 } })
  }
  const { status, lost, pull } = request
  const isWholesale = world.book.orders[orderId]?.type === 'wholesale'
  return updateOrder(ctx, {
    ...{ ...key, status, paymentStatus: 'paid_in_full', email: false, trackingNumber: '', invoiceLink: '' },
    ...{ comment: 'So be it.', confirmed: true, goods: lost ? 'written_off' : 'came_back' },
    ...(isWholesale ? { pull } : {}),
  })
}

async function aWorld(): Promise<World> {
  const [wholesale, consignment, ...products] = await Promise.all([
    aRetailer({ type: 'wholesale', email: '' }),
    aRetailer({ type: 'consignment', email: '' }),
    ...Array.from({ length: 3 }, () => aProduct({ onHand: ON_HAND })),
  ])
  const onHand = Object.fromEntries(products.map((productId) => [productId, ON_HAND]))
  const book = { onHand, orders: {}, done: [] }
  return { products, retailers: { wholesale, consignment }, numbers: new Map(), asked: [], book }
}

/** What the machines say, in the words of the book. */
function stateIn({ products, orders }: Evidence) {
  return {
    onHand: Object.fromEntries(products.map(({ id, object }) => [id, object.onHand])),
    available: Object.fromEntries(products.map(({ id, object }) => [id, object.available])),
    orders: Object.fromEntries(
      orders.map(({ id, type, status, pull, revision, lines }) => {
        const units = Object.fromEntries(lines.map(({ productId, quantity }) => [productId, quantity]))
        return [id, { type, status, pull, revision, lines: units }]
      }),
    ),
  }
}

function stateOf(book: Book) {
  const { onHand, orders } = book
  const free = Object.keys(onHand).map((productId) => [productId, available(book, productId)])
  return { onHand, available: Object.fromEntries(free), orders }
}

/** Requests for goods belong to no order. */
const orderOf = (request: Request) => ('orderId' in request ? request.orderId : request.id)

function sequencesOf(length: number): number[][] {
  if (length === 0) return [[]]
  return sequencesOf(length - 1).flatMap((sequence) =>
    Array.from({ length }, (_, place) => sequence.toSpliced(place, 0, length - 1)),
  )
}

/** Equal but for the sequence of keys and of the products in a shortage. */
function same(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const parts = Array.isArray(value)
      ? value.map(plain)
      : Object.entries(value).map((pair) => pair.map(plain).join())
    return `[${parts.sort().join(';')}]`
  }
  return plain(a) === plain(b)
}
