import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { newId, testCtx } from '../testing/fixtures.ts'
import { deliver, importNow, ownQueue, successOf, tally, upload } from '../testing/import-runs.ts'
import { applyImport } from './apply-import.ts'
import { isWorking } from './import.ts'

const ROWS = 10_000
/** Each creates an object, which is slow on a laptop's disk and says nothing new. */
const COUNTED_ROWS = 500
/** What the platform lets one message call. */
const CALLS_PER_MESSAGE = 1_000

/** Works on an import message by message, and answers the calls to the database and to objects of each. */
async function work(id: string): Promise<number[]> {
  const calls: number[] = []
  while (isWorking((await importNow(id)).status)) {
    const points = new CrashPoints()
    await deliver(id, crashing(ownQueue().bindings, points))
    calls.push(points.calls.length)
  }
  return calls
}

it('imports 10,000 products in messages of bounded work, twice with one effect', async () => {
  const key = newId().slice(0, 8)
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const description = `"<p>Thrown and glazed by hand, number ${index}.</p><ul><li>Dishwasher safe</li></ul>"`
    return `${key}-${index},Mug ${index},${index % 90}.5,${index < COUNTED_ROWS ? 3 : ''},Mugs,${description}`
  })
  const file = [
    'SKU,Name,Price,Quantity,Collection,Description',
    ...rows,
    `${key}-7,Again,1,,,`,
    ',,,,,x',
  ].join('\n')
  const id = newId()
  await upload('products', file, 'all.csv', id)
  const previewCalls = await work(id)
  expect(tally(await importNow(id))).toEqual({
    ...{ created: ROWS, changed: 0, unchanged: 0, problems: 2, counted: COUNTED_ROWS },
  })
  successOf(await applyImport(testCtx({ env: ownQueue().bindings }).ctx, id))
  const applyCalls = await work(id)
  expect(await importNow(id)).toMatchObject({ status: 'applied', rows: ROWS + 2, created: ROWS })
  const counted = env.DB.prepare(
    `SELECT COUNT(*) AS products, SUM(on_hand) AS units FROM products LEFT JOIN product_stock ON product_id = id
     WHERE sku LIKE ?`,
  )
  expect(await counted.bind(`${key}-%`).first()).toEqual({ products: ROWS, units: 3 * COUNTED_ROWS })
  for (const calls of [...previewCalls, ...applyCalls]) expect(calls).toBeLessThan(CALLS_PER_MESSAGE)

  const again = newId()
  await upload('products', file, 'all.csv', again)
  await work(again)
  expect(tally(await importNow(again))).toEqual({
    ...{ created: 0, changed: 0, unchanged: ROWS, problems: 2, counted: 0 },
  })
}, 120_000)
