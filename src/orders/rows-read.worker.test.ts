import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { aProduct, aRetailer, placement, testCtx } from '../testing/fixtures.ts'
import { mostRowsOf } from '../testing/list-bounds.ts'
import { keyOf, listOrders } from './list-orders.ts'
import { ORDER_STATUSES, PAYMENT_STATUSES } from './order.ts'
import {
  NEWEST_FIRST,
  NO_FILTER,
  ORDER_SORTS,
  ORDERS_PER_PAGE,
  type OrderFilter,
  type OrderOrdering,
} from './order-filter.ts'
import { placeOrder } from './place-order.ts'
import { readOrder } from './read-order.ts'

/** Of each combination of order status, payment status and type: more than two pages show. */
const FEW = 110
const MANY = 2 * FEW
const COMBINATIONS = ORDER_STATUSES.length * PAYMENT_STATUSES.length * 2
const RETAILERS = 20

const lists: [name: string, OrderFilter, OrderOrdering][] = [
  ...[null, ...ORDER_STATUSES].flatMap((status) =>
    [null, ...PAYMENT_STATUSES].map((paymentStatus): [string, OrderFilter, OrderOrdering] => [
      `${status ?? 'any'} and ${paymentStatus ?? 'any'}`,
      {
        ...NO_FILTER,
        ...{ statuses: status ? [status] : [], paymentStatuses: paymentStatus ? [paymentStatus] : [] },
      },
      NEWEST_FIRST,
    ]),
  ),
  ['wholesale', { ...NO_FILTER, type: 'wholesale' }, NEWEST_FIRST],
  ['of one retailer', { ...NO_FILTER, retailerId: 'retailer-7' }, NEWEST_FIRST],
  ...ORDER_SORTS.flatMap((sort) =>
    [true, false].map((descending): [string, OrderFilter, OrderOrdering] => [
      `by ${sort}, ${descending ? 'down' : 'up'}`,
      NO_FILTER,
      { sort, descending },
    ]),
  ),
]

let placed: { number: number; retailerId: string; products: string[] }

beforeAll(async () => {
  await insertRetailers()
  const [retailerId, ...products] = await Promise.all([
    aRetailer(),
    ...[1, 2, 3].map(() => aProduct({ onHand: 100 })),
  ])
  placed = { ...(await place(retailerId, products)), retailerId, products }
})

it('reads as many rows of many orders as of few, in one round trip, for every list and the order page', async () => {
  await insertOrders(FEW)
  const few = await readEverything()
  await insertOrders(MANY - FEW)
  const many = await readEverything()

  expect(many).toEqual(few)
  expect(Object.keys(few)).toHaveLength(2 * lists.length + 1)
  const most = Math.max(...Object.values(few).map(({ rowsRead }) => rowsRead))
  console.log(
    `rows read by a page, at the most: ${most} of ${FEW * COMBINATIONS} and of ${MANY * COMBINATIONS} orders`,
  )
}, 60_000)

const EVERY_FILTER = [[], ['delivered'], ['new', 'shipped'], ORDER_STATUSES.slice(0, 5)].flatMap((statuses) =>
  [[], ['none_expected', 'deposit_50']].flatMap((paymentStatuses) =>
    [null, 'wholesale'].map((type) => ({ ...NO_FILTER, statuses, paymentStatuses, type }) as OrderFilter),
  ),
)

const EVERY_ORDERING: OrderOrdering[] = ORDER_SORTS.flatMap((sort) => [
  { sort, descending: true },
  { sort, descending: false },
])

it('reads in proportion to the page, in one round trip, whatever statuses and type are filtered and however it is sorted', async () => {
  const over: unknown[] = []
  for (const filter of EVERY_FILTER) {
    for (const ordering of EVERY_ORDERING) over.push(...(await overBound(filter, ordering)))
    for (const descending of [true, false]) {
      const days = { ...filter, from: '1971-01-03', to: '1990-06-30' }
      over.push(...(await overBound(days, { sort: 'date', descending })))
      over.push(...(await overBound({ ...filter, retailerId: 'retailer-7' }, { sort: 'number', descending })))
    }
  }
  expect(over).toEqual([])
})

it('reads no more than it may sort under every other combination, and says where that is not all', async () => {
  const rests = [
    ...[{ retailerId: 'retailer-7' }, { from: '1971-02-01' }, { search: 'mug' }, { search: '1042' }],
    { retailerId: 'retailer-7', from: '1971-01-03', to: '1990-06-30' },
    { search: 'mug', retailerId: 'retailer-7', to: '1990-06-30' },
  ]
  const facets: Partial<OrderFilter>[] = [{}, { statuses: ['new', 'shipped'], type: 'wholesale' }]
  const over: unknown[] = []
  for (const filter of rests.flatMap((rest) => facets.map((more) => ({ ...NO_FILTER, ...rest, ...more })))) {
    for (const ordering of EVERY_ORDERING) over.push(...(await overBound(filter, ordering)))
  }
  expect(over).toEqual([])
  const { ctx } = testCtx()
  const byNet: OrderOrdering = { sort: 'net', descending: true }
  const list = await listOrders(ctx, { ...NO_FILTER, search: 'mug' }, byNet, {
    cursor: null,
    backwards: false,
  })
  expect(list.ok && list.value.isCut).toBe(true)
})

/** A page and the one after it where they cost more than one round trip or more rows than they may. */
async function overBound(filter: OrderFilter, ordering: OrderOrdering) {
  const over: unknown[] = []
  let cursor = null
  for (const page of [1, 2]) {
    const { ctx } = testCtx()
    const list = await listOrders(ctx, filter, ordering, { cursor, backwards: false })
    if (!list.ok) throw new Error('A list was refused')
    const { roundTrips, rowsRead } = ctx.db.meter
    const most = mostRowsOf(filter, ordering)
    if (roundTrips !== 1 || rowsRead > most) over.push({ filter, ordering, page, roundTrips, rowsRead, most })
    const last = list.value.rows.at(-1)
    if (!last || !list.value.hasNext) break
    cursor = { value: keyOf(ordering.sort, last), number: last.number }
  }
  return over
}

it('places a 3-line order with one read, one prepare per product and one batch', async () => {
  const { ctx, settled } = testCtx()
  const answer = await placeOrder(
    ctx,
    placement(
      placed.retailerId,
      placed.products.map((productId) => ({ productId, quantity: 1 })),
    ),
  )
  expect(answer.ok).toBe(true)
  expect(ctx.db.meter).toMatchObject({ roundTrips: 2, objectCalls: 3 })
  await settled()
})

/** What each list costs, its first page and the one after it, and the order page. */
async function readEverything() {
  const costs: Record<string, { roundTrips: number; rowsRead: number }> = {}
  for (const [name, filter, ordering] of lists) {
    const first = testCtx().ctx
    const list = await listOrders(first, filter, ordering, { cursor: null, backwards: false })
    if (!list.ok) throw new Error(`${name} was refused`)
    expect(list.value.rows, name).toHaveLength(ORDERS_PER_PAGE)
    expect(list.value.hasNext, name).toBe(true)
    costs[name] = costOf(first)

    const last = list.value.rows.at(-1)!
    const cursor = { value: keyOf(ordering.sort, last), number: last.number }
    const second = testCtx().ctx
    const next = await listOrders(second, filter, ordering, { cursor, backwards: false })
    expect(next.ok && next.value.rows.length, name).toBeGreaterThan(0)
    costs[`${name}, next page`] = costOf(second)
  }
  const { ctx } = testCtx()
  expect((await readOrder(ctx, placed.number)).ok).toBe(true)
  costs['order page'] = costOf(ctx)
  expect(Object.entries(costs).filter(([, { roundTrips }]) => roundTrips !== 1)).toEqual([])
  return costs
}

function costOf({ db }: ReturnType<typeof testCtx>['ctx']) {
  const { roundTrips, rowsRead } = db.meter
  return { roundTrips, rowsRead }
}

async function place(retailerId: string, products: string[]) {
  const { ctx, settled } = testCtx()
  const lines = products.map((productId) => ({ productId, quantity: 2 }))
  const answer = await placeOrder(ctx, placement(retailerId, lines))
  await settled()
  if (!answer.ok) throw new Error('The order was refused')
  return answer.value
}

async function insertRetailers() {
  await env.DB.prepare(
    `WITH RECURSIVE counted (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i < ?1 - 1)
     INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
       rate, notes, active, revision, created_at, updated_at)
     SELECT 'retailer-' || i, 'Shop ' || i, 'wholesale', 'Jo', '', '', '', '', '', '', '', 5000, '', 1, 1, 0, 0
     FROM counted`,
  )
    .bind(RETAILERS)
    .run()
}

/** Inserts `times` orders of every combination of statuses and type, spread over the retailers. */
async function insertOrders(times: number) {
  await env.DB.prepare(
    `WITH RECURSIVE counted (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i < ?1 - 1)
     INSERT INTO orders (id, revision, attempt, retailer_id, retailer_name, type, status, payment_status, pull, voided,
       rate, date, po_number, discount, shipping, other_charges, tax, gross_total, net_total, amount_due,
       tracking_number, invoice_link, created_at, created_by, updated_at)
     SELECT lower(hex(randomblob(16))), 1, 'a', 'retailer-' || (i % ${RETAILERS}), 'Shop ' || (i % ${RETAILERS}),
       iif(i / 24 % 2, 'consignment', 'wholesale'), ?2 ->> (i % 6), ?3 ->> (i / 6 % 4), 1, 0, 5000,
       date(i * 86400, 'unixepoch'), iif(i % 5, 'mug', ''), 0, 0, 0, 0, i * 7, i * 5, 0, '', '', i, '{}', 0
     FROM counted`,
  )
    .bind(times * COMBINATIONS, JSON.stringify(ORDER_STATUSES), JSON.stringify(PAYMENT_STATUSES))
    .run()
  // The event of an order brings it into the search.
  await env.DB.prepare(
    `INSERT INTO order_events (order_id, revision, change_id, at, actor, kind, changes, comment, emailed)
     SELECT id, 1, id, 0, '{}', 'placed', '{}', '', 0 FROM orders
     WHERE NOT EXISTS (SELECT 1 FROM order_events WHERE order_id = id)`,
  ).run()
}
