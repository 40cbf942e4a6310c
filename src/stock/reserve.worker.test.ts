import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, it, vi } from 'vitest'
import { editLines } from '../orders/edit-lines.ts'
import { placeOrder } from '../orders/place-order.ts'
import { updateOrder } from '../orders/update-order.ts'
import { voidDelivery } from '../orders/void-delivery.ts'
import { CrashPoints, crashing, crashingDatabase } from '../testing/crash-points.ts'
import {
  anOrderOfTwo,
  aProduct,
  aRetailer,
  newId,
  owner,
  placement,
  runAlarm,
  stockNow,
  testCtx,
} from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { bringToRest } from '../testing/objects.ts'
import { stockOf } from './reserve.ts'

/** Asks for a change of an order, on the given bindings. */
async function setQuantity(
  number: number,
  revision: number,
  productId: string,
  quantity: number,
  bindings = env,
) {
  const { ctx, settled } = testCtx({ env: bindings })
  const answer = await editLines(ctx, {
    ...{ number, changeId: newId(), revision, allowShortage: false },
    lines: { edit: 'set', productId, quantity, unitPrice: 1000 },
  })
  await settled()
  return answer
}

async function becomes(number: number, revision: number, status: 'shipped' | 'delivered' | 'canceled') {
  const { ctx, settled } = testCtx()
  const answer = await updateOrder(ctx, {
    ...{ number, changeId: newId(), revision, status, paymentStatus: 'awaiting_payment', email: false },
    ...{ trackingNumber: '', invoiceLink: '', comment: '', confirmed: true, allowShortage: false },
  })
  await settled()
  expect(answer.ok).toBe(true)
}

it('asks what became of a change that stands in the way before it lets it go', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const { number, mug, bowl } = await anOrderOfTwo()
  const products = [mug, bowl]
  // Reads, prepares and decides; the settling gets lost, and with it what the mug's object would have to know.
  const points = new CrashPoints({ call: 4, effect: 'too late', caller: 'goes on' })
  expect((await setQuantity(number, 1, mug, 6, crashing(env, points))).ok).toBe(true)
  expect(points.calls[3]).toBe('object.settle')
  expect((await setQuantity(number, 2, bowl, 5)).ok).toBe(true)

  // Not the attempt that this change starts from: nobody but D1 knows that it was committed.
  const short = await setQuantity(number, 3, mug, 11)
  expect(short).toMatchObject({ failure: { shortages: [{ available: 10, wanted: 11, missing: 1 }] } })
  await bringToRest(products)
  expect(await brokenInvariants(products)).toEqual([])
  expect(await stockNow(mug)).toMatchObject({ reserved: 6, available: 4 })
})

const projectedReserved = (productId: string) =>
  env.DB.prepare('SELECT reserved FROM product_stock WHERE product_id = ?').bind(productId).first('reserved')

/** An hour ahead, so that no alarm rings by itself. */
function holdAlarms() {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
}
afterEach(() => {
  vi.useRealTimers()
})

it('gives units back as soon as it hears of the change, though it has not written it down', async () => {
  holdAlarms()
  const { number, mug, bowl } = await anOrderOfTwo()
  expect((await setQuantity(number, 1, mug, 10)).ok).toBe(true)
  expect((await setQuantity(number, 2, mug, 1)).ok).toBe(true)
  expect(await preparedRows(mug)).toBe(1)
  const { ctx, settled } = testCtx()
  const lines = [{ productId: mug, quantity: 9 }]
  expect((await placeOrder(ctx, placement(await aRetailer(), lines))).ok).toBe(true)
  await settled()
  await bringToRest([mug, bowl])
  expect(await brokenInvariants([mug, bowl])).toEqual([])
  expect(await stockNow(mug)).toMatchObject({ reserved: 10, available: 0 })
})

it('writes down what it heard when its alarm rings, long before the deadline', async () => {
  holdAlarms()
  const { number, mug } = await anOrderOfTwo()
  expect((await setQuantity(number, 1, mug, 6)).ok).toBe(true)
  expect(await preparedRows(mug)).toBe(1)
  expect(await runAlarm(mug)).toBe(true)
  expect(await preparedRows(mug)).toBe(0)
  expect(await projectedReserved(mug)).toBe(6)
})

it('tells D1 what there is and comes to an end, though changes keep coming meanwhile', async () => {
  holdAlarms()
  const productId = await aProduct({ onHand: 5 })
  const { calls, snapshot } = await runInDurableObject(stockOf({ env }, productId), async (object) => {
    const reserveOne = () => {
      const [orderId, attempt] = [newId(), newId()]
      object.prepare(productId, {
        ...{ orderId, attempt, revision: 1, basis: null, claim: { reserved: 1, shipped: 0 } },
        ...{ held: { reserved: 0, shipped: 0 }, writeOff: 0, finished: false, allowShortage: true },
        ...{ at: Date.now(), actor: owner },
      })
      object.settle(orderId, attempt)
    }
    class Busy extends CrashPoints {
      override leave<T>(kind: 'database', method: string, call: () => Promise<T>): Promise<T> {
        if (this.calls.length === 20) throw new Error('It does not come to an end.')
        // The second one has the first written down.
        reserveOne()
        reserveOne()
        return super.leave(kind, method, call)
      }
    }
    const busy = new Busy()
    reserveOne()
    Object.assign(object, { env: { ...env, DB: crashingDatabase(env.DB, busy) } })
    const snapshot = await object.projectedSnapshot(productId)
    Object.assign(object, { env })
    return { calls: busy.calls, snapshot }
  })
  expect(calls).toEqual(['database.batch'])
  expect(snapshot).toMatchObject({ onHand: 5, reserved: 1, sequence: 2 })
  expect(await projectedReserved(productId)).toBe(1)
  expect(await runAlarm(productId)).toBe(true)
  expect(await projectedReserved(productId)).toBe(3)
})

it('asks for the fate of a change when a crash makes it forget what it had heard', async () => {
  holdAlarms()
  const { number, mug, bowl } = await anOrderOfTwo()
  expect((await setQuantity(number, 1, mug, 6)).ok).toBe(true)
  expect(await preparedRows(mug)).toBe(1)
  await evictDurableObject(stockOf({ env }, mug))
  expect((await stockNow(mug)).prepared).toMatchObject([{ revision: 2, claim: { reserved: 6, shipped: 0 } }])
  await bringToRest([mug, bowl])
  expect(await brokenInvariants([mug, bowl])).toEqual([])
  expect(await stockNow(mug)).toMatchObject({ reserved: 6, available: 4 })
})

/** How many claims stand prepared in the object's own files, whatever it has heard since. */
function preparedRows(productId: string) {
  return runInDurableObject(
    stockOf({ env }, productId),
    (_, { storage }) => storage.sql.exec('SELECT COUNT(*) AS prepared FROM prepared').one().prepared,
  )
}

it('neither settles nor discards for another attempt than the one that stands prepared', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const { number, mug, bowl } = await anOrderOfTwo()
  const products = [mug, bowl]
  const points = new CrashPoints({ call: 4, effect: 'too late', caller: 'goes on' })
  expect((await setQuantity(number, 1, mug, 6, crashing(env, points))).ok).toBe(true)
  const before = await stockNow(mug)
  expect(before.prepared).toMatchObject([{ revision: 2, claim: { reserved: 6, shipped: 0 } }])

  const { orderId } = before.prepared[0]!
  await stockOf({ env }, mug).discard(orderId, 'another attempt')
  await stockOf({ env }, mug).settle(orderId, 'another attempt')
  expect(await stockNow(mug)).toEqual(before)
  await bringToRest(products)
  expect(await brokenInvariants(products)).toEqual([])
})

it('lets the claims of delivered orders and removed lines go after a month, and still takes a voided delivery back', async () => {
  const { number, mug, bowl } = await anOrderOfTwo()
  const products = [mug, bowl]
  const removing = testCtx()
  await editLines(removing.ctx, {
    ...{ number, changeId: newId(), revision: 1, allowShortage: false },
    lines: { edit: 'remove', productId: bowl },
  })
  await removing.settled()
  await becomes(number, 2, 'shipped')
  await becomes(number, 3, 'delivered')
  await bringToRest(products)
  expect([(await stockNow(mug)).claims.length, (await stockNow(bowl)).claims.length]).toEqual([1, 1])

  await Promise.all([mug, bowl].map(passAMonth))
  expect([(await stockNow(mug)).claims, (await stockNow(bowl)).claims]).toEqual([[], []])
  expect(await stockNow(mug)).toMatchObject({ onHand: 6, reserved: 0 })

  const voiding = testCtx()
  const voided = await voidDelivery(voiding.ctx, {
    ...{ number, changeId: newId(), revision: 4, reason: 'Typed by mistake', goods: 'came_back' },
  })
  await voiding.settled()
  expect(voided.ok).toBe(true)
  await bringToRest(products)
  expect(await stockNow(mug)).toMatchObject({ onHand: 10, reserved: 0 })
  expect(await brokenInvariants(products)).toEqual([])
})

/** As if a month had passed, after which the alarm clears up. */
async function passAMonth(productId: string) {
  await runInDurableObject(stockOf({ env }, productId), async (object, { storage }) => {
    storage.sql.exec('UPDATE claims SET finished_at = finished_at - ?', 31 * 86_400_000)
    await object.alarm()
  })
}
