import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { inParallel } from '../mail/in-parallel.ts'
import { aBulkChange, bulkNow, deliverBulk, finishBulk, ownBulkQueue } from '../testing/bulk-runs.ts'
import { CrashPoints, crashing, type Failure } from '../testing/crash-points.ts'
import { aProduct, aRetailer, placement, testCtx } from '../testing/fixtures.ts'
import { successOf } from '../testing/import-runs.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { asTidewater, DESK } from '../testing/mail-fixtures.ts'
import { bringToRest } from '../testing/objects.ts'
import { placeOrder } from './place-order.ts'

const RUNS_AT_ONCE = 8
const EFFECTS: Failure['effect'][] = ['at once', 'too late']
const CALLERS: Failure['caller'][] = ['goes on', 'is cut off', 'is gone']

beforeAll(asTidewater)

/** Two orders that ship by one bulk change, whose first messages are delivered through `points`. */
async function shipThrough(points: CrashPoints) {
  const [productId, retailerId] = await Promise.all([aProduct({ onHand: 9 }), aRetailer()])
  const numbers: number[] = []
  for (const quantity of [2, 3]) {
    const { ctx, settled } = testCtx()
    const placed = successOf(await placeOrder(ctx, placement(retailerId, [{ productId, quantity }])))
    await settled()
    numbers.push(placed.number)
  }
  const id = await aBulkChange(numbers, { status: 'shipped', email: true })
  const bindings = crashing(ownBulkQueue().bindings, points)
  while (!points.fired && (await bulkNow(id)).change.remaining > 0) await deliverBulk(id, bindings)
  // What a worker that is gone leaves behind ends by itself after a while.
  await env.DB.prepare('UPDATE bulk_changes SET lease_until = 0 WHERE id = ?').bind(id).run()
  await bringToRest([productId])
  const change = await finishBulk(id)
  await points.arriveLate()
  await bringToRest([productId])
  return {
    change,
    written: await writtenTo(numbers, retailerId),
    broken: await brokenInvariants([productId]),
  }
}

/** How often each order was written to whom because it shipped. */
async function writtenTo(numbers: number[], retailerId: string) {
  const { results } = await env.DB.prepare(
    `SELECT orders.number, recipient, COUNT(*) AS mails
     FROM orders JOIN order_events ON order_id = orders.id JOIN mails USING (order_id, revision)
     WHERE orders.number IN (SELECT value FROM json_each(?)) AND order_events.revision > 1
     GROUP BY orders.number, recipient`,
  )
    .bind(JSON.stringify(numbers))
    .all()
  const wanted = numbers.flatMap((number) =>
    [DESK, `${retailerId}@shop.example`].sort().map((recipient) => ({ number, recipient, mails: 1 })),
  )
  return { results, wanted }
}

it('comes to the same end whichever of its calls fails, and however', async () => {
  const unharmed = new CrashPoints()
  await shipThrough(unharmed)
  expect(new Set(unharmed.calls)).toEqual(
    new Set(['database.batch', 'object.prepare', 'object.settle', 'queue.sendBatch']),
  )
  const failures = unharmed.calls.flatMap((_, index) =>
    EFFECTS.flatMap((effect) => CALLERS.map((caller) => ({ call: index + 1, effect, caller }))),
  )
  await inParallel(failures, RUNS_AT_ONCE, async (failure) => {
    const points = new CrashPoints(failure)
    const { change, written, broken } = await shipThrough(points)
    const run = JSON.stringify(failure)
    expect(points.fired, run).toBe(true)
    expect([run, change]).toMatchObject([run, { orders: 2, changed: 2, refused: 0, remaining: 0 }])
    expect([run, written.results]).toEqual([run, written.wanted])
    expect([run, broken]).toEqual([run, []])
  })
  console.log(`Changed orders through ${failures.length} failures of ${unharmed.calls.length} calls.`)
}, 240_000)
