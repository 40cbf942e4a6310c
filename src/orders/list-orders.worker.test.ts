import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { aRetailer, owner, testCtx } from '../testing/fixtures.ts'
import { keyOf, listOrders } from './list-orders.ts'
import { ORDER_STATUSES, PAYMENT_STATUSES } from './order.ts'
import {
  MAX_SORTED_MATCHES,
  NO_FILTER,
  ORDER_SORTS,
  ORDERS_PER_PAGE,
  type OrderFilter,
  type OrderOrdering,
} from './order-filter.ts'
import type { OrderRow } from './order-list-store.ts'

const ORDERS = 400
const types = ['wholesale', 'consignment'] as const
const goods = ['Speckled mug', 'Supper bowl', 'Bud vase', 'Crème jug']
let all: (OrderRow & { retailerId: string; goods: string; po: string })[] = []

/** Orders with many equal values, so that ties and page edges fall together; in one statement each. */
async function makeOrders(count: number, first: number, retailers: { id: string; name: string }[]) {
  const made = Array.from({ length: count }, (_, index) => {
    const retailer = retailers[index % retailers.length]!
    return {
      number: first + index,
      retailerId: retailer.id,
      retailerName: retailer.name,
      type: types[index % 2]!,
      status: ORDER_STATUSES[(index * 7) % 6]!,
      voided: index % 4 === 0,
      paymentStatus: PAYMENT_STATUSES[(index * 5) % 4]!,
      date: `2026-${String(1 + (index % 11)).padStart(2, '0')}-${String(1 + (index % 3)).padStart(2, '0')}`,
      netTotal: (index % 13) * 100,
      grossTotal: (index % 17) * 100,
      createdAt: first + index,
      goods: goods[index % goods.length]!,
      po: `PO-${index % 9}`,
    }
  })
  const list = JSON.stringify(made)
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO orders (number, id, revision, attempt, retailer_id, type, status, payment_status, pull, voided, rate, date,
        po_number, discount, shipping, other_charges, tax, gross_total, net_total, amount_due, tracking_number,
        invoice_link, created_at, created_by, updated_at, retailer_name)
       SELECT value->>'number', 'order-' || (value->>'number'), 1, 'a', value->>'retailerId', value->>'type',
        value->>'status', value->>'paymentStatus', 1, value->>'voided', 5000, value->>'date', value->>'po', 0, 0, 0, 0,
        value->>'grossTotal', value->>'netTotal', 0, '', '', value->>'createdAt', '{}', 0, value->>'retailerName'
       FROM json_each(?)`,
    ).bind(list),
    env.DB.prepare(
      `INSERT INTO order_lines SELECT 'order-' || (value->>'number'), 'p', 0, value->>'goods', 'SKU', 0, 0, 1, 1
       FROM json_each(?)`,
    ).bind(list),
    env.DB.prepare(
      `INSERT INTO order_events SELECT 'order-' || (value->>'number'), 1, 'c' || (value->>'number'), 0, ?, 'placed', '{}', '', 0, NULL, NULL
       FROM json_each(?)`,
    ).bind(JSON.stringify(owner), list),
  ])
  return made
}

let retailers: { id: string; name: string }[] = []
beforeAll(async () => {
  const ids = await Promise.all([1, 2, 3, 4, 5].map(() => aRetailer()))
  retailers = ids.map((id, index) => ({ id, name: ['Anchor', 'anchor', 'Birch', 'Zeal', 'birch'][index]! }))
  all = await makeOrders(ORDERS, 2000, retailers)
})

const anyOf = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 0, maxLength: 3 })
const filters: fc.Arbitrary<OrderFilter> = fc.record({
  statuses: anyOf(ORDER_STATUSES),
  paymentStatuses: anyOf(PAYMENT_STATUSES),
  type: fc.option(fc.constantFrom(...types)),
  retailerId: fc
    .option(fc.integer({ min: 0, max: 4 }), { freq: 2 })
    .map((i) => (i === null ? null : `#${i}`)),
  from: fc.constantFrom('', '', '', '2026-03-02', '2025-12-31', '2026-10-01'),
  to: fc.constantFrom('', '', '', '2026-06-30', '2026-03-02', '2030-01-01'),
  search: fc.constantFrom('', '', '', 'mug', 'creme', 'po-3', 'anch', '2017', '"; DROP', '***'),
})
const orderings: fc.Arbitrary<OrderOrdering> = fc.record({
  sort: fc.constantFrom(...ORDER_SORTS),
  descending: fc.boolean(),
})

/** What the list should hold, by reading everything. */
function expected(filter: OrderFilter, { sort, descending }: OrderOrdering): number[] {
  const folded = (value: string | number) => (typeof value === 'string' ? value.toLowerCase() : value)
  const words = filter.search.toLowerCase()
  const passing = all.filter(
    (row) =>
      (filter.statuses.length === 0 || filter.statuses.includes(row.status)) &&
      (filter.paymentStatuses.length === 0 || filter.paymentStatuses.includes(row.paymentStatus)) &&
      (!filter.type || row.type === filter.type) &&
      (!filter.retailerId || row.retailerId === filter.retailerId) &&
      (filter.from === '' || row.date >= filter.from) &&
      (filter.to === '' || row.date <= filter.to) &&
      (words === '' ||
        `${row.number} ${row.po} ${row.retailerName} ${row.goods}`
          .normalize('NFD')
          .replaceAll(/\p{M}/gu, '')
          .toLowerCase()
          .split(' ')
          .some((word) => word.startsWith(words))),
  )
  const sign = descending ? -1 : 1
  return passing
    .sort((a, b) => {
      const [left, right] = [folded(keyOf(sort, a)), folded(keyOf(sort, b))]
      return sign * (left < right ? -1 : left > right ? 1 : a.number - b.number)
    })
    .map(({ number }) => number)
}

it('shows exactly what passes the filter, in order, page by page and back, in one bounded round trip each', async () => {
  let most = 0
  await fc.assert(
    fc.asyncProperty(filters, orderings, async (drawn, ordering) => {
      const filter = {
        ...drawn,
        retailerId: drawn.retailerId ? retailers[Number(drawn.retailerId.slice(1))]!.id : null,
      }
      const wanted = expected(filter, ordering)
      const seen: number[] = []
      let cursor = null
      let page = 0
      for (;;) {
        const { ctx } = testCtx()
        const list = await listOrders(ctx, filter, ordering, { cursor, backwards: false })
        if (!list.ok) throw new Error('refused')
        expect(ctx.db.meter.roundTrips).toBe(1)
        most = Math.max(most, ctx.db.meter.rowsRead)
        expect(list.value.hasPrevious).toBe(page > 0)
        seen.push(...list.value.rows.map(({ number }) => number))
        const first = list.value.rows[0]
        if (page === 1 && first) {
          const before = { value: keyOf(ordering.sort, first), number: first.number }
          const back = await listOrders(testCtx().ctx, filter, ordering, { cursor: before, backwards: true })
          expect(back.ok && back.value.rows.map(({ number }) => number)).toEqual(
            seen.slice(0, ORDERS_PER_PAGE),
          )
        }
        const last = list.value.rows.at(-1)
        if (!list.value.hasNext || !last) break
        cursor = { value: keyOf(ordering.sort, last), number: last.number }
        page++
      }
      expect(seen).toEqual(wanted)
    }),
    { numRuns: 300 },
  )
  console.log(`rows read by a page, at the most: ${most} of ${ORDERS} orders`)
})

it('says how many orders stand under each status, from counters that agree with the orders', async () => {
  const { ctx } = testCtx()
  const list = await listOrders(
    ctx,
    {
      statuses: ['new'],
      paymentStatuses: ['awaiting_payment'],
      type: null,
      retailerId: null,
      from: '',
      to: '',
      search: '',
    },
    { sort: 'number', descending: true },
    { cursor: null, backwards: false },
  )
  const counts = list.ok ? list.value.counts : null
  for (const status of ORDER_STATUSES) {
    const passing = all.filter((row) => row.status === status && row.paymentStatus === 'awaiting_payment')
    expect([status, counts?.[status]]).toEqual([status, passing.length])
  }
})

it('sorts the newest matches where it cannot sort all, and says so', async () => {
  await makeOrders(MAX_SORTED_MATCHES + 200, 10_000, [{ id: retailers[0]!.id, name: 'Crowd' }])
  const { ctx } = testCtx()
  const list = await listOrders(
    ctx,
    { statuses: [], paymentStatuses: [], type: null, retailerId: null, from: '', to: '', search: 'crowd' },
    { sort: 'net', descending: true },
    { cursor: null, backwards: false },
  )
  expect(list.ok && list.value.isCut).toBe(true)
  expect(list.ok && list.value.rows.length).toBe(ORDERS_PER_PAGE)
  expect(ctx.db.meter.rowsRead).toBeLessThan(4 * MAX_SORTED_MATCHES)
})

it('stays within the days of the filter, wherever a page is said to begin', async () => {
  const filter = {
    ...NO_FILTER,
    from: '2026-03-02',
    to: '2026-06-30',
    statuses: [...ORDER_STATUSES.slice(0, 3)],
  }
  for (const descending of [true, false]) {
    for (const value of ['2025-01-01', '2026-04-01', '2027-01-01']) {
      const page = { cursor: { value, number: 1 }, backwards: false }
      const list = await listOrders(testCtx().ctx, filter, { sort: 'date', descending }, page)
      const days = list.ok ? list.value.rows.map(({ date }) => date) : ['refused']
      expect(days.filter((day) => day < filter.from || day > filter.to)).toEqual([])
    }
  }
})
