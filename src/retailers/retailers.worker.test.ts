import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Actor } from '../context.ts'
import { placeOrder } from '../orders/place-order.ts'
import { updateOrder } from '../orders/update-order.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from '../testing/fixtures.ts'
import { createRetailer } from './create-retailer.ts'
import { editRetailer } from './edit-retailer.ts'
import { listRetailers, RETAILERS_PER_PAGE } from './list-retailers.ts'
import { ORDERS_PER_PAGE, readRetailer } from './read-retailer.ts'
import { setRetailerActivity } from './set-retailer-activity.ts'

const fields = {
  ...{ name: 'Harbour', type: 'wholesale' as const, rate: 5000, contactName: '', email: '', phone: '' },
  ...{ street: '', city: '', region: '', postcode: '', country: '', notes: '' },
}

beforeAll(async () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ id: newId(), name: `Shop ${index}` }))
  await env.DB.prepare(
    `INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
      rate, notes, active, revision, created_at, updated_at)
     SELECT value->>'id', value->>'name', iif(key % 100, 'wholesale', 'consignment'), '', '', '', '', '', '', '', '',
      5000, '', 1, 1, 0, 0 FROM json_each(?)`,
  )
    .bind(JSON.stringify(rows))
    .run()
})

it('reads as many rows as a page shows, in one round trip, whatever the filter and the place', async () => {
  const middle = await env.DB.prepare(`SELECT number FROM retailers WHERE name = 'Shop 500'`).first<number>(
    'number',
  )
  for (const [filter, search, cursor] of [
    [{ active: true }, '', {}],
    [{ active: true }, '', { after: middle ?? 0 }],
    [{ active: true }, '', { before: middle ?? 0 }],
    [{ active: true, type: 'consignment' }, '', {}],
    [{ active: true, type: 'wholesale' }, '', { after: middle ?? 0 }],
    [{ active: false }, '', {}],
  ] as const) {
    const { ctx } = testCtx()
    const list = await listRetailers(ctx, filter, search, cursor)
    expect(list.ok).toBe(true)
    expect(ctx.db.meter.roundTrips).toBe(1)
    expect(ctx.db.meter.rowsRead).toBeLessThanOrEqual(2 * RETAILERS_PER_PAGE)
  }
  const { ctx } = testCtx()
  expect(await listRetailers(ctx, { active: true }, 'shop', {})).toMatchObject({ value: { isCut: true } })
  expect(ctx.db.meter.rowsRead).toBeLessThanOrEqual(500)
})

it('shows orders, transactions and consigned stock of one retailer, page by page', async () => {
  const retailerId = await aRetailer({ type: 'consignment' })
  const productId = await aProduct({ onHand: 1000, name: 'Bud vase' })
  for (let orders = 0; orders < ORDERS_PER_PAGE + 2; orders++) {
    const { ctx, settled } = testCtx()
    const placed = await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 3 }]))
    const number = placed.ok ? placed.value.number : 0
    const update = {
      status: 'delivered',
      paymentStatus: 'none_expected',
      confirmed: true,
      comment: '',
    } as const
    const rest = { email: false, trackingNumber: '', invoiceLink: '', allowShortage: false }
    const delivered = await updateOrder(ctx, { number, changeId: newId(), revision: 1, ...update, ...rest })
    expect(delivered.ok).toBe(true)
    await settled()
  }
  const { ctx } = testCtx()
  const first = await readRetailer(ctx, retailerId)
  if (!first.ok) throw new Error('not read')
  expect(ctx.db.meter.roundTrips).toBe(1)
  const { orders, transactions, consigned, hasOlderOrders, hasOlderTransactions } = first.value
  expect([orders.length, transactions.length, hasOlderOrders, hasOlderTransactions]).toEqual([
    20,
    20,
    true,
    true,
  ])
  expect(consigned).toMatchObject([{ name: 'Bud vase', quantity: 66 }])
  const second = await readRetailer(ctx, retailerId, {
    ordersBefore: orders.at(-1)?.number,
    transactionsBefore: transactions.at(-1)?.number,
  })
  if (!second.ok) throw new Error('not read')
  expect(second.value.orders.map(({ number }) => number)).toEqual([1002, 1001])
  expect(second.value.transactions.map(({ orderNumber }) => orderNumber)).toEqual([1002, 1001])
  expect([second.value.hasOlderOrders, second.value.hasOlderTransactions]).toEqual([false, false])
})

it('keeps the type and the rate of orders that were placed before an edit', async () => {
  const { ctx, settled } = testCtx()
  const id = newId()
  await createRetailer(ctx, { id, ...fields })
  const placed = await placeOrder(
    ctx,
    placement(id, [{ productId: await aProduct(), quantity: 1 }], { pull: false }),
  )
  await settled()
  const edit = { id, revision: 1, ...fields, type: 'consignment' as const, rate: 4000 }
  expect(await editRetailer(ctx, edit)).toEqual({ ok: true, value: undefined })
  const order = await env.DB.prepare('SELECT type, rate FROM orders WHERE number = ?')
    .bind(placed.ok ? placed.value.number : 0)
    .first()
  expect(order).toEqual({ type: 'wholesale', rate: 5000 })
})

it('asks for the permission first', async () => {
  const id = await aRetailer()
  const viewer: Actor = { kind: 'staff', id: 'vi', name: 'Vi', role: 'viewer' }
  const shop: Actor = { kind: 'retailer', id, name: 'Shop' }
  for (const actor of [viewer, shop]) {
    const { ctx } = testCtx({ actor })
    const answers = await Promise.all([
      createRetailer(ctx, { id: newId(), ...fields }),
      editRetailer(ctx, { id, revision: 1, ...fields }),
      setRetailerActivity(ctx, { id, active: false }),
    ])
    for (const answer of answers) expect(answer).toMatchObject({ failure: { reason: 'forbidden' } })
  }
  const { ctx } = testCtx({ actor: shop })
  expect(await listRetailers(ctx, { active: true }, '', {})).toMatchObject({
    failure: { reason: 'forbidden' },
  })
  expect(await readRetailer(ctx, id)).toMatchObject({ failure: { reason: 'forbidden' } })
  expect((await readRetailer(testCtx({ actor: viewer }).ctx, id)).ok).toBe(true)
})
