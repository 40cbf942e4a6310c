import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { archiveProduct } from '../catalog/archive-product.ts'
import { readProduct } from '../catalog/read-product.ts'
import type { Bindings } from '../env.ts'
import { placeOrder } from '../orders/place-order.ts'
import { updateOrder } from '../orders/update-order.ts'
import { aProduct, aRetailer, newId, placement, runAlarm, stockNow, testCtx } from '../testing/fixtures.ts'
import { type AdjustStockInput, adjustStock } from './adjust-stock.ts'

const receiving = (productId: string, quantity: number): AdjustStockInput => ({
  ...{ productId, id: newId(), kind: 'receive', quantity, reason: '' },
})
const counting = (productId: string, quantity: number, reason = 'Two broken'): AdjustStockInput => ({
  ...{ productId, id: newId(), kind: 'count', quantity, reason },
})

async function movementsOf(productId: string) {
  const { ctx } = testCtx()
  const view = await readProduct(ctx, productId, { limit: 20 })
  if (!view.ok) throw new Error(view.failure.reason)
  expect(ctx.db.meter.roundTrips).toBe(1)
  return view.value.movements
}

it('counts what was received once, however often it is sent', async () => {
  const { ctx } = testCtx()
  const productId = await aProduct()
  const input = receiving(productId, 12)
  const answers = await Promise.all([adjustStock(ctx, input), adjustStock(testCtx().ctx, input)])
  expect(answers.map((answer) => answer.ok && answer.value.onHand)).toEqual([12, 12])
  expect(answers.map((answer) => answer.ok && answer.value.change).sort()).toEqual([0, 12])
  expect(await stockNow(productId)).toMatchObject({ onHand: 12 })
  expect(await movementsOf(productId)).toHaveLength(1)
})

it('does nothing for a form that counted something else before, and says so', async () => {
  const { ctx } = testCtx()
  const productId = await aProduct()
  const input = receiving(productId, 12)
  await adjustStock(ctx, input)
  for (const other of [
    { quantity: 5 },
    { reason: 'Second firing' },
    { kind: 'count', reason: 'x' } as const,
  ]) {
    expect(await adjustStock(ctx, { ...input, ...other })).toEqual({
      ok: false,
      failure: { reason: 'sent_before', order: null },
    })
  }
  expect(await stockNow(productId)).toMatchObject({ onHand: 12, sequence: 1 })
})

it('keeps the ids of adjustments that the first version wrote down', async () => {
  const { ctx } = testCtx()
  const productId = await aProduct()
  const input = receiving(productId, 12)
  await adjustStock(ctx, input)
  const stub = env.PRODUCT_STOCK.get(env.PRODUCT_STOCK.idFromName(productId))
  await runInDurableObject(stub, async (_, { storage }) => {
    storage.sql.exec('ALTER TABLE adjustments DROP COLUMN asked')
  })
  await evictDurableObject(stub)
  expect(await adjustStock(ctx, input)).toEqual({ ok: true, value: { onHand: 12, change: 0 } })
  expect(await adjustStock(ctx, receiving(productId, 1))).toMatchObject({ value: { onHand: 13, change: 1 } })
})

it('writes a count down with its reason and who counted', async () => {
  const { ctx } = testCtx()
  const productId = await aProduct({ onHand: 10 })
  expect(await adjustStock(ctx, counting(productId, 8))).toEqual({
    ok: true,
    value: { onHand: 8, change: -2 },
  })
  expect((await movementsOf(productId))[0]).toMatchObject({
    ...{ kind: 'corrected', onHandChange: -2, reservedChange: 0, onHand: 8, reserved: 0 },
    ...{ reason: 'Two broken', orderNumber: null, actor: { name: 'Ana' } },
  })
})

it('counts what is there after goods left of which the object has not heard', async () => {
  const [productId, retailerId] = await Promise.all([aProduct({ onHand: 10 }), aRetailer()])
  const { ctx, settled } = testCtx()
  const placed = await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 2 }]))
  await settled()
  const cut = testCtx({ env: withoutSettling() })
  const shipped = await updateOrder(cut.ctx, {
    ...{ number: (placed.ok && placed.value.number) || 0, changeId: newId(), revision: 1, status: 'shipped' },
    ...{ paymentStatus: 'awaiting_payment', email: false, trackingNumber: '', invoiceLink: '', comment: '' },
    ...{ confirmed: false, allowShortage: false },
  })
  await cut.settled()
  expect(shipped.ok).toBe(true)
  expect(await stockNow(productId)).toMatchObject({ onHand: 10, prepared: [{ claim: { shipped: 2 } }] })

  expect(await adjustStock(ctx, counting(productId, 8))).toEqual({
    ok: true,
    value: { onHand: 8, change: 0 },
  })
  expect(await stockNow(productId)).toMatchObject({ onHand: 8, reserved: 0, prepared: [] })
})

/** The real objects behind a connection that breaks before they hear what was decided. */
function withoutSettling(): Bindings {
  type Prepare = Parameters<ReturnType<Bindings['PRODUCT_STOCK']['get']>['prepare']>
  const get = (objectId: DurableObjectId) => ({
    prepare: (...asked: Prepare) => env.PRODUCT_STOCK.get(objectId).prepare(...asked),
    settle: () => Promise.reject(new Error('Network connection lost')),
  })
  const idFromName = env.PRODUCT_STOCK.idFromName.bind(env.PRODUCT_STOCK)
  return { ...env, PRODUCT_STOCK: { idFromName, get } as unknown as Bindings['PRODUCT_STOCK'] }
}

it('names the order that moved stock', async () => {
  const { ctx, settled } = testCtx()
  const [productId, retailerId] = await Promise.all([aProduct({ onHand: 10 }), aRetailer()])
  const placed = await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 4 }]))
  await settled()
  await runAlarm(productId)
  expect((await movementsOf(productId))[0]).toMatchObject({
    ...{ kind: 'reserved', onHandChange: 0, reservedChange: 4, onHand: 10, reserved: 4 },
    orderNumber: placed.ok && placed.value.number,
  })
})

it.each([
  ['quantity', { kind: 'receive', quantity: 0 }],
  ['quantity', { kind: 'receive', quantity: -1 }],
  ['quantity', { kind: 'receive', quantity: 1.5 }],
  ['quantity', { kind: 'receive', quantity: 1_000_000_000 }],
  ['quantity', { kind: 'count', quantity: -1 }],
  ['quantity', { kind: 'count', quantity: Number.NaN }],
  ['reason', { kind: 'count', reason: '  ' }],
  ['reason', { kind: 'receive', reason: 'x'.repeat(100_000) }],
  ['reason', { kind: 'count', reason: 'broken \uFFFD' }],
  ['id', { id: '1' }],
  ['kind', { kind: 'steal' }],
] as const)('refuses a wrong %s (%j) and changes nothing', async (field, over) => {
  const { ctx } = testCtx()
  const productId = await aProduct({ onHand: 5 })
  const input = { ...counting(productId, 4), ...over } as AdjustStockInput
  expect(await adjustStock(ctx, input)).toMatchObject({
    ok: false,
    failure: { reason: 'invalid', problems: [{ field }] },
  })
  expect(await stockNow(productId)).toMatchObject({ onHand: 5, sequence: 1 })
})

it('refuses products that are unknown, or whose stock nobody tracks', async () => {
  const { ctx } = testCtx()
  expect(await adjustStock(ctx, receiving(newId(), 1))).toMatchObject({ failure: { reason: 'not_found' } })
  const productId = await aProduct()
  await env.DB.prepare('UPDATE products SET stock_tracked = 0 WHERE id = ?').bind(productId).run()
  expect(await adjustStock(ctx, receiving(productId, 1))).toMatchObject({ failure: { reason: 'invalid' } })
  expect(await stockNow(productId)).toMatchObject({ onHand: 0 })
})

it('still counts what stands of an archived product', async () => {
  const { ctx } = testCtx()
  const productId = await aProduct({ onHand: 3 })
  await archiveProduct(ctx, { id: productId, archived: true })
  expect(await adjustStock(ctx, counting(productId, 0))).toMatchObject({ ok: true, value: { change: -3 } })
})

it('lets a viewer change nothing', async () => {
  const { ctx } = testCtx({ actor: { kind: 'staff', id: 'v', name: 'Vi', role: 'viewer' } })
  const productId = await aProduct({ onHand: 3 })
  expect(await adjustStock(ctx, receiving(productId, 1))).toMatchObject({ failure: { reason: 'forbidden' } })
  expect(await stockNow(productId)).toMatchObject({ onHand: 3 })
})

/** The real objects behind a connection that loses the answers to the first `losses` adjustments. */
function losingAnswers(losses: number) {
  let calls = 0
  const bindings: Bindings = {
    ...env,
    PRODUCT_STOCK: new Proxy(env.PRODUCT_STOCK, {
      get: (objects, key) =>
        key === 'get'
          ? (objectId: DurableObjectId) => ({
              adjust: async (...[id, adjustment]: Parameters<ReturnType<typeof objects.get>['adjust']>) => {
                const answer = await objects.get(objectId).adjust(id, adjustment)
                if (calls++ < losses) throw new Error('Network connection lost')
                return answer
              },
            })
          : objects[key as 'idFromName'].bind(objects),
    }),
  }
  return { bindings, calls: () => calls }
}

it('asks again when an answer got lost, and counts once', async () => {
  const productId = await aProduct()
  const { bindings, calls } = losingAnswers(1)
  const { ctx } = testCtx({ env: bindings })
  expect(await adjustStock(ctx, receiving(productId, 5))).toMatchObject({ ok: true, value: { onHand: 5 } })
  expect(calls()).toBe(2)
  expect(await stockNow(productId)).toMatchObject({ onHand: 5, sequence: 1 })
})

it('says so when the object never answers, and the same form sent again counts once', async () => {
  const productId = await aProduct()
  const { bindings, calls } = losingAnswers(3)
  const input = receiving(productId, 5)
  expect(await adjustStock(testCtx({ env: bindings }).ctx, input)).toEqual({
    ok: false,
    failure: { reason: 'unavailable' },
  })
  expect(calls()).toBe(3)
  expect(await adjustStock(testCtx().ctx, input)).toEqual({ ok: true, value: { onHand: 5, change: 0 } })
})
