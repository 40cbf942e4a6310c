import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Actor } from '../context.ts'
import {
  aBulkChange,
  bulkInput,
  bulkNow,
  deliverBulk,
  finishBulk,
  ownBulkQueue,
} from '../testing/bulk-runs.ts'
import { aProduct, aRetailer, newId, placement, stockNow, testCtx } from '../testing/fixtures.ts'
import { successOf } from '../testing/import-runs.ts'
import { asTidewater, DESK } from '../testing/mail-fixtures.ts'
import { continueBulkChange } from './bulk-continue.ts'
import { startBulkChange } from './bulk-start.ts'
import { sweepBulkChanges } from './bulk-sweep.ts'
import type { OrderStatus } from './order.ts'
import { NO_FILTER } from './order-filter.ts'
import { placeOrder } from './place-order.ts'
import { updateOrder } from './update-order.ts'

const HOUR = 3_600_000
const asker: Actor = { kind: 'staff', id: 'bo', name: 'Bo', role: 'staff' }

let retailerId: string
let productId: string
beforeAll(async () => {
  await asTidewater()
  ;[retailerId, productId] = await Promise.all([aRetailer(), aProduct({ onHand: 10_000 })])
})

/** An order of two units that went straight to a status. */
async function anOrder(status: OrderStatus = 'new', product = productId): Promise<number> {
  const { ctx, settled } = testCtx()
  const input = placement(retailerId, [{ productId: product, quantity: 2 }])
  const { number } = successOf(await placeOrder(ctx, input))
  await settled()
  if (status !== 'new') await become(number!, status)
  return number!
}

async function become(number: number, status: OrderStatus, revision = 1) {
  const { ctx, settled } = testCtx()
  const updated = await updateOrder(ctx, {
    ...{ number, revision, changeId: newId(), status, paymentStatus: 'awaiting_payment', email: false },
    ...{ trackingNumber: '', invoiceLink: '', comment: '', goods: 'came_back', confirmed: true },
    allowShortage: false,
  })
  successOf(updated)
  await settled()
}

async function several(count: number, status: OrderStatus, product?: string): Promise<number[]> {
  const numbers: number[] = []
  for (let made = 0; made < count; made++) numbers.push(await anOrder(status, product))
  return numbers
}

/** The entries that bulk changes made in an order's history, with what each one wrote to whom. */
async function entriesOf(number: number, bulkId: string) {
  const { results } = await env.DB.prepare(
    `SELECT actor ->> 'name' AS actor, emailed, comment, (
       SELECT group_concat(recipient, ' ') FROM (
         SELECT recipient FROM mails WHERE order_id = order_events.order_id AND revision = order_events.revision
         ORDER BY recipient)
     ) AS recipients
     FROM order_events WHERE order_id = (SELECT id FROM orders WHERE number = ?) AND change_id LIKE ?`,
  )
    .bind(number, `${bulkId}-%`)
    .all<{ actor: string; emailed: number; comment: string; recipients: string | null }>()
  return results
}

/** The database, where something else happens right before a batch. */
function interruptedAt(batch: number, happen: () => Promise<unknown>) {
  let batches = 0
  const withSession = (from: string) => {
    const session = env.DB.withSession(from)
    return {
      prepare: session.prepare.bind(session),
      getBookmark: session.getBookmark.bind(session),
      batch: async (statements: D1PreparedStatement[]) => {
        if (++batches === batch) await happen()
        return session.batch(statements)
      },
    }
  }
  return { DB: { withSession } as unknown as D1Database, batches: () => batches }
}

const statusOf = (number: number) =>
  env.DB.prepare('SELECT status FROM orders WHERE number = ?').bind(number).first<OrderStatus>('status')

it('changes 30 orders of all kinds, each by itself, and says why some stayed', async () => {
  const short = await aProduct({ onHand: 10, name: 'Bud vase' })
  const changing = [...(await several(10, 'new')), ...(await several(5, 'awaiting_approval'))]
  const there = await several(5, 'in_progress')
  const final = await several(5, 'delivered')
  const shortened = await several(5, 'canceled', short)
  // What they gave back has been promised to somebody else.
  const { ctx, settled } = testCtx()
  successOf(await placeOrder(ctx, placement(retailerId, [{ productId: short, quantity: 9 }])))
  await settled()

  const numbers = [...final, ...changing, ...there, ...shortened]
  const start = testCtx({ env: ownBulkQueue().bindings, actor: asker })
  const input = bulkInput(numbers, { email: true })
  const { id } = successOf(await startBulkChange(start.ctx, input))
  const change = await finishBulk(id)
  expect(change).toMatchObject({ orders: 30, changed: 15, unchanged: 5, refused: 10, createdBy: asker })

  const { rows } = await bulkNow(id)
  expect(rows.map(({ number }) => number)).toEqual([
    ...[...final, ...shortened].toSorted((a, b) => a - b),
    ...changing.toSorted((a, b) => a - b),
    ...there,
  ])
  const refusalOf = (number: number) => rows.find((row) => row.number === number)?.refusal
  expect(refusalOf(final[0]!)?.failure).toMatchObject({ problems: [{ message: 'Delivered is final.' }] })
  expect(refusalOf(shortened[4]!)).toEqual({
    failure: { reason: 'shortage', shortages: [{ productId: short, available: 1, wanted: 2, missing: 1 }] },
    productNames: { [short]: 'Bud vase' },
  })
  const retailer = `${retailerId}@shop.example`
  for (const number of changing) {
    expect(await statusOf(number)).toBe('in_progress')
    expect(await entriesOf(number, id)).toEqual([
      { actor: 'Bo', emailed: 1, comment: '', recipients: [DESK, retailer].sort().join(' ') },
    ])
  }
  for (const number of [...there, ...final, ...shortened]) expect(await entriesOf(number, id)).toEqual([])
  expect(await stockNow(short)).toMatchObject({ onHand: 10, reserved: 9 })
}, 60_000)

it('changes and writes once, however often it is submitted and delivered', async () => {
  const numbers = await several(7, 'shipped')
  const queue = ownBulkQueue()
  const input = bulkInput(numbers, { email: true, comment: 'On the wheel' })
  const started = await Promise.all(
    [1, 2, 3].map(() => startBulkChange(testCtx({ env: queue.bindings }).ctx, input)),
  )
  expect(started.map((result) => result.ok)).toEqual([true, true, true])
  // Three at once where one is meant to be: to each later one, the lease of the one before has ended.
  const workers = [0, 1, 2].map((hours) => testCtx({ env: queue.bindings, now: Date.now() + hours * HOUR }))
  await Promise.all(workers.map(({ ctx }) => continueBulkChange(ctx, input.id)))
  for (const { ctx, settled } of workers) {
    expect(ctx.db.meter.objectCalls).toBeGreaterThan(0)
    await settled()
  }
  await finishBulk(input.id)
  await startBulkChange(testCtx({ env: queue.bindings }).ctx, input)
  expect(await deliverBulk(input.id)).toMatchObject({ outcome: 'ok', retryMessages: [] })

  const { change } = await bulkNow(input.id)
  expect(change).toMatchObject({ orders: 7, changed: 7, unchanged: 0, refused: 0, remaining: 0 })
  for (const number of numbers) {
    const entries = await entriesOf(number, input.id)
    expect(entries).toMatchObject([
      { comment: 'On the wheel', recipients: expect.stringMatching(/^\S+ \S+$/) },
    ])
  }
})

it('does nothing, and writes to nobody, when the same is asked for again', async () => {
  const numbers = await several(3, 'new')
  await finishBulk(await aBulkChange(numbers, { email: true, paymentStatus: 'deposit_50' }))
  const again = await aBulkChange(numbers, { email: true, paymentStatus: 'deposit_50' })
  expect(await finishBulk(again)).toMatchObject({ changed: 0, unchanged: 3 })
  for (const number of numbers) expect(await entriesOf(number, again)).toEqual([])
})

it('takes up an order that somebody else changes at the same time', async () => {
  const number = await anOrder('new')
  const id = await aBulkChange([number], { paymentStatus: 'paid_in_full' })
  // The first batch takes the lease, the second one reads the order.
  const database = interruptedAt(3, () => become(number, 'shipped'))
  await deliverBulk(id, { ...ownBulkQueue().bindings, DB: database.DB })
  expect(database.batches()).toBeGreaterThan(4)
  expect(await bulkNow(id)).toMatchObject({ change: { changed: 1, remaining: 0 } })
  expect(await statusOf(number)).toBe('in_progress')
})

it('tries the refused ones again, and promises what is missing when told to', async () => {
  const short = await aProduct({ onHand: 3, name: 'Jug' })
  const numbers = [await anOrder('canceled', short), await anOrder('canceled', short), await anOrder('new')]
  const id = await aBulkChange(numbers)
  expect(await finishBulk(id)).toMatchObject({ changed: 2, refused: 1 })
  const again = await aBulkChange([], {
    orders: { kind: 'refused', of: id },
    expected: 1,
    allowShortage: true,
  })
  expect(await finishBulk(again)).toMatchObject({ orders: 1, changed: 1, refused: 0 })
  expect(await stockNow(short)).toMatchObject({ reserved: 4, available: -1 })
})

it('asks what became of the goods, and writes them off', async () => {
  const gone = await aProduct({ onHand: 4 })
  const numbers = await several(2, 'shipped', gone)
  const { ctx } = testCtx({ env: ownBulkQueue().bindings })
  expect(await startBulkChange(ctx, bulkInput(numbers, { status: 'canceled' }))).toMatchObject({
    failure: { problems: [{ field: 'goods' }] },
  })
  const id = await aBulkChange(numbers, { status: 'canceled', goods: 'written_off' })
  expect(await finishBulk(id)).toMatchObject({ changed: 2 })
  expect(await stockNow(gone)).toMatchObject({ onHand: 0, reserved: 0 })
})

it('reserves for requests that it approves only when told to', async () => {
  const product = await aProduct({ onHand: 10 })
  for (const [pull, reserved] of [
    [false, 0],
    [true, 2],
  ] as const) {
    const { ctx, settled } = testCtx()
    const input = placement(retailerId, [{ productId: product, quantity: 2 }], { pull: false })
    const { number } = successOf(await placeOrder(ctx, input))
    await settled()
    await become(number!, 'awaiting_approval')
    await finishBulk(await aBulkChange([number!], { pull }))
    expect(await stockNow(product)).toMatchObject({ reserved })
  }
})

it('changes all that match at that moment, and only if they are as many as were shown', async () => {
  const shop = await aRetailer()
  const { ctx, settled } = testCtx()
  for (let made = 0; made < 3; made++) {
    successOf(await placeOrder(ctx, placement(shop, [{ productId, quantity: 1 }])))
    await settled()
  }
  const filter = { ...NO_FILTER, retailerId: shop, statuses: ['new' as const] }
  const orders = { kind: 'filter' as const, filter }
  const { ctx: start } = testCtx({ env: ownBulkQueue().bindings })
  expect(await startBulkChange(start, bulkInput([], { orders, expected: 2 }))).toMatchObject({
    failure: { problems: [{ field: 'orders', message: expect.stringContaining('Other orders match') }] },
  })
  const one = await env.DB.prepare('SELECT number FROM orders WHERE retailer_id = ?')
    .bind(shop)
    .first('number')
  const database = interruptedAt(2, () => become(Number(one), 'shipped'))
  const late = testCtx({ env: { ...ownBulkQueue().bindings, DB: database.DB } })
  const input = bulkInput([], { orders, expected: 3 })
  expect(await startBulkChange(late.ctx, input)).toMatchObject({
    failure: { problems: [{ field: 'orders' }] },
  })
  expect(database.batches()).toBe(2)
  await become(Number(one), 'new', 2)

  const id = await aBulkChange([], { orders, expected: 3 })
  expect(await finishBulk(id)).toMatchObject({ orders: 3, changed: 3 })
  // None is New any more, but this very change was started before.
  expect(await aBulkChange([], { id, orders, expected: 3 })).toBe(id)
})

const bad: [string, () => Parameters<typeof bulkInput>[1], string][] = [
  ['no answer to the e-mail question', () => ({ email: undefined as unknown as boolean }), 'email'],
  ['no orders', () => ({ orders: { kind: 'numbers', numbers: [] } }), 'orders.numbers'],
  ['half an order', () => ({ orders: { kind: 'numbers', numbers: [1.5] } }), 'orders.numbers.0'],
  ['no number', () => ({ orders: { kind: 'numbers', numbers: [Number.NaN] } }), 'orders.numbers.0'],
  [
    'an unknown order',
    () => ({ orders: { kind: 'numbers', numbers: [999_999_999] }, expected: 1 }),
    'orders',
  ],
  [
    '10,001 orders',
    () => ({ orders: { kind: 'numbers', numbers: Array.from({ length: 10_001 }, (_, index) => index + 1) } }),
    'orders.numbers',
  ],
  ['an unknown change', () => ({ orders: { kind: 'refused', of: newId() }, expected: 0 }), 'orders'],
  ['nothing to change', () => ({ status: null }), 'status'],
  ['a status that there is not', () => ({ status: 'lost' as 'new' }), 'status'],
  ['Delivered without confirmation', () => ({ status: 'delivered' }), 'confirmed'],
  ['a comment as long as a book', () => ({ comment: 'x'.repeat(5_001) }), 'comment'],
  ['an id too long to be continued', () => ({ id: 'x'.repeat(49) }), 'id'],
]

it.each(bad)('refuses %s, and starts nothing', async (_, over, field) => {
  const number = await anOrder()
  const queue = ownBulkQueue()
  const before = await env.DB.prepare('SELECT COUNT(*) FROM bulk_changes').first('COUNT(*)')
  const refused = await startBulkChange(testCtx({ env: queue.bindings }).ctx, bulkInput([number], over()))
  expect(refused).toMatchObject({ ok: false, failure: { reason: 'invalid', problems: [{ field }] } })
  expect(await env.DB.prepare('SELECT COUNT(*) FROM bulk_changes').first('COUNT(*)')).toBe(before)
  expect(queue.sent).toEqual([])
})

it('is not for those who may only read', async () => {
  const { ctx } = testCtx({ actor: { ...asker, role: 'viewer' } as Actor })
  expect(await startBulkChange(ctx, bulkInput([1]))).toMatchObject({ failure: { reason: 'forbidden' } })
})

it('finds what nobody works on, and gives up what comes no further', async () => {
  const number = await anOrder()
  const id = await aBulkChange([number])
  const later = ownBulkQueue()
  await sweepBulkChanges(testCtx({ env: later.bindings }).ctx)
  expect(later.sent).not.toContainEqual({ bulkChangeId: id })
  await sweepBulkChanges(testCtx({ env: later.bindings, now: Date.now() + HOUR }).ctx)
  expect(later.sent).toContainEqual({ bulkChangeId: id })

  // Goods come back, so that a stock object has to be asked.
  await become(number, 'shipped')
  const silence = async () => {
    throw new Error('Network connection lost.')
  }
  const objects = {
    idFromName: env.PRODUCT_STOCK.idFromName.bind(env.PRODUCT_STOCK),
    get: () => ({ prepare: silence, settle: silence, discard: silence }),
  }
  const bindings = { ...later.bindings, PRODUCT_STOCK: objects as unknown as typeof env.PRODUCT_STOCK }
  for (let delivery = 1; delivery <= 10; delivery++) {
    expect((await deliverBulk(id, bindings)).retryMessages).toHaveLength(1)
  }
  await deliverBulk(id, bindings)
  const { change, rows } = await bulkNow(id)
  expect(change).toMatchObject({ remaining: 0, refused: 1 })
  expect(rows[0]?.refusal?.failure).toEqual({ reason: 'unavailable' })
  expect(await statusOf(number)).toBe('shipped')
}, 30_000)

it('gives up no order that it has changed already', async () => {
  const number = await anOrder()
  const id = await aBulkChange([number])
  const done = await updateOrder(testCtx().ctx, {
    ...{ number, revision: 1, changeId: `${id}-${number}`, status: 'in_progress', email: false },
    ...{ paymentStatus: 'awaiting_payment', trackingNumber: '', invoiceLink: '', comment: '' },
    ...{ confirmed: false, allowShortage: false },
  })
  expect(done.ok).toBe(true)
  await env.DB.prepare('UPDATE bulk_changes SET attempts = 10 WHERE id = ?').bind(id).run()
  await deliverBulk(id)
  const { change, rows } = await bulkNow(id)
  expect(change).toMatchObject({ attempts: 11, remaining: 0, changed: 1, refused: 0 })
  expect(rows[0]?.refusal).toBe(null)
})

it('forgets the results of a change that was done a month ago, and of no other', async () => {
  const [old, fresh] = [await aBulkChange([await anOrder()]), await aBulkChange([await anOrder()])]
  for (const id of [old, fresh]) await deliverBulk(id)
  await env.DB.prepare('UPDATE bulk_changes SET updated_at = ? WHERE id = ?')
    .bind(Date.now() - 31 * 24 * HOUR, old)
    .run()
  await sweepBulkChanges(testCtx().ctx)
  const ids = await env.DB.prepare('SELECT id FROM bulk_changes WHERE id IN (?, ?)').bind(old, fresh).all()
  expect(ids.results).toEqual([{ id: fresh }])
  const strays =
    'SELECT COUNT(*) AS rows FROM bulk_change_orders WHERE bulk_change NOT IN (SELECT number FROM bulk_changes)'
  expect(await env.DB.prepare(strays).first('rows')).toBe(0)
})

it('does not take a change for started whose form was edited after it was sent', async () => {
  const [number, other] = [await anOrder(), await anOrder()]
  const { ctx } = testCtx({ env: ownBulkQueue().bindings })
  const sent = bulkInput([number])
  const started = { ok: true, value: { id: sent.id } }
  expect(await startBulkChange(ctx, sent)).toEqual(started)
  expect(await startBulkChange(ctx, sent)).toEqual(started)
  const refused = { ok: false, failure: { reason: 'sent_before', order: null } }
  expect(await startBulkChange(ctx, { ...sent, comment: 'Something else' })).toEqual(refused)
  const orders = { kind: 'numbers' as const, numbers: [other] }
  expect(await startBulkChange(ctx, { ...sent, orders })).toEqual(refused)
})
