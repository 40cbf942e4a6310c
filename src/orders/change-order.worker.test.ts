import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { Bindings } from '../env.ts'
import type { ProductStock } from '../stock/product-stock.ts'
import { anOrderOfTwo, aProduct, aRetailer, newId, placement, testCtx } from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { bringToRest } from '../testing/objects.ts'
import { placeOrder } from './place-order.ts'
import { type UpdateOrderInput, updateOrder } from './update-order.ts'

const ROUNDS = 12

const update = (number: number, status: UpdateOrderInput['status']): UpdateOrderInput => ({
  ...{ number, changeId: newId(), revision: 1, status, paymentStatus: 'awaiting_payment', email: false },
  ...{ trackingNumber: '', invoiceLink: '', comment: '', confirmed: true, allowShortage: false },
})

it('lets exactly one of two changes win that hold one product each and want the other’s', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { number, mug, bowl } = await anOrderOfTwo()
    const mugIsTaken = gate()
    const bowlIsTaken = gate()
    const answers: string[] = []
    const one = testCtx({ env: preparing(answers, [mug, mugIsTaken], [bowl, bowlIsTaken]) })
    const other = testCtx({ env: preparing(answers, [bowl, bowlIsTaken], [mug, mugIsTaken]) })

    const results = await Promise.all([
      updateOrder(one.ctx, update(number, 'shipped')),
      updateOrder(other.ctx, update(number, 'canceled')),
    ])
    await Promise.all([one.settled(), other.settled()])

    expect(answers.slice(0, 4).sort(), 'each was in the other’s way').toEqual([
      ...['busy', 'busy', 'prepared', 'prepared'],
    ])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.find(({ ok }) => !ok)).toMatchObject({ failure: { reason: 'conflict', revision: 2 } })
    await bringToRest([mug, bowl])
    expect(await brokenInvariants([mug, bowl])).toEqual([])
  }
  const abandoned = `SELECT COUNT(*) AS attempts FROM stock_decisions WHERE decision = 'abandon'`
  // One of the two in each round; more only where a machine is so slow that one waited for the other in vain.
  expect(await env.DB.prepare(abandoned).first('attempts')).toBeLessThan(2 * ROUNDS)
})

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, opened: promise }
}

type Gate = ReturnType<typeof gate>

/** The bindings of one writer, who takes the first product at once and the second when another has taken it. */
function preparing(answers: string[], first: [string, Gate], second: [string, Gate]): Bindings {
  const prepare =
    (stub: DurableObjectStub<ProductStock>) =>
    async (...[productId, request]: Parameters<ProductStock['prepare']>) => {
      if (productId === second[0]) await second[1].opened
      const answer = await stub.prepare(productId, request)
      answers.push(answer.kind)
      if (productId === first[0]) first[1].open()
      return answer
    }
  const get = (id: DurableObjectId) => {
    const stub = env.PRODUCT_STOCK.get(id)
    return new Proxy(stub, {
      get: (_, key) => (key === 'prepare' ? prepare(stub) : Reflect.get(stub, key, stub)),
    })
  }
  const stocks = new Proxy(env.PRODUCT_STOCK, {
    get: (target, key) => {
      if (key === 'get') return get
      const member: unknown = Reflect.get(target, key, target)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
  return { ...env, PRODUCT_STOCK: stocks }
}

it('answers the same request under the same id with what it did, and another one with that it was sent before', async () => {
  const { number, mug, bowl } = await anOrderOfTwo()
  const { ctx, settled } = testCtx()
  const sent = { ...update(number, 'in_progress'), comment: 'Glazing' }
  expect(await updateOrder(ctx, sent)).toEqual({ ok: true, value: { revision: 2 } })
  // Sent again from a page that shows the order as it is by now, and with a confirmation that nothing asks for.
  expect(await updateOrder(ctx, { ...sent, revision: 2, allowShortage: true })).toEqual({
    ...{ ok: true, value: { revision: 2 } },
  })
  const refused = { ok: false, failure: { reason: 'sent_before', order: number } }
  expect(await updateOrder(ctx, { ...sent, comment: 'Glazing twice' })).toEqual(refused)
  expect(await updateOrder(ctx, { ...sent, revision: 2, status: 'canceled' })).toEqual(refused)
  await settled()
  await bringToRest([mug, bowl])
  expect(await brokenInvariants([mug, bowl])).toEqual([])
})

it('places no second order under an id that placed another one', async () => {
  const [retailerId, productId] = await Promise.all([aRetailer(), aProduct({ onHand: 10 })])
  const { ctx, settled } = testCtx()
  const sent = placement(retailerId, [{ productId, quantity: 1 }])
  const placed = await placeOrder(ctx, sent)
  expect(await placeOrder(ctx, sent)).toEqual(placed)
  expect(await placeOrder(ctx, { ...sent, lines: [{ productId, quantity: 2 }] })).toEqual({
    ok: false,
    failure: { reason: 'sent_before', order: placed.ok && placed.value.number },
  })
  await settled()
})
