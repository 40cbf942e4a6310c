import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { placeOrder } from '../orders/place-order.ts'
import { CrashPoints, crashing, type Failure } from '../testing/crash-points.ts'
import { aProduct, aRetailer, placement, testCtx } from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { bringToRest, ringOnce } from '../testing/objects.ts'

let tried = 0
beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterAll(() => console.log(`crash points of objects tried: ${tried}`))

/** Placing reads, prepares three products, decides and settles: where the Worker dies, and what then stands. */
const DEATHS = {
  'before the order was decided': { call: 5, effect: 'too late', caller: 'is gone' },
  'after the order was decided': { call: 5, effect: 'at once', caller: 'is gone' },
} satisfies Record<string, Failure>

/** Three products with a claim whose fate the objects have to ask for. */
async function abandonedClaims(death: Failure) {
  const [retailerId, ...products] = await Promise.all([
    aRetailer(),
    ...Array.from({ length: 3 }, () => aProduct({ onHand: 10 })),
  ])
  const input = placement(
    retailerId,
    products.map((productId) => ({ productId, quantity: 4 })),
  )
  const worker = new CrashPoints(death)
  const { ctx, settled } = testCtx({ env: crashing(env, worker) })
  await placeOrder(ctx, input).catch(() => {})
  await settled()
  expect(worker.fired).toBe(true)
  expect(worker.calls.at(-1)).toBe('database.batch')
  return { products, input }
}

for (const [when, death] of Object.entries(DEATHS)) {
  it(`comes to rest although any call of an object is lost, ${when}`, async () => {
    const healthy = new CrashPoints()
    await ringOnce((await abandonedClaims(death)).products, healthy)
    expect(healthy.calls.length).toBeGreaterThanOrEqual(3)
    for (const effect of ['at once', 'too late'] as const) {
      for (const caller of ['goes on', 'is cut off', 'is gone'] as const) {
        for (let call = 1; call <= healthy.calls.length; call++) {
          const { products, input } = await abandonedClaims(death)
          const points = new CrashPoints({ call, effect, caller })
          await ringOnce(products, points).catch(() => {})
          expect(points.fired).toBe(true)
          tried++
          await bringToRest(products)
          await points.arriveLate()
          await bringToRest(products)
          expect(await brokenInvariants(products)).toEqual([])

          const { ctx, settled } = testCtx()
          const again = await placeOrder(ctx, input)
          await settled()
          expect(again.ok).toBe(true)
          await bringToRest(products)
          expect(await brokenInvariants(products)).toEqual([])
        }
      }
    }
  }, 120_000)
}
