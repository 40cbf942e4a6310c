import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { inParallel } from '../mail/in-parallel.ts'
import { CrashPoints, crashing, type Failure } from '../testing/crash-points.ts'
import { aProduct, newId, stockNow, testCtx } from '../testing/fixtures.ts'
import {
  apply,
  deliver,
  finishWork,
  importNow,
  ownQueue,
  preview,
  successOf,
  tally,
  upload,
} from '../testing/import-runs.ts'
import { applyImport } from './apply-import.ts'
import { isWorking } from './import.ts'
import { sweepImports } from './sweep-imports.ts'
import { takeChunk } from './take-chunk.ts'

const HOUR = 3_600_000
const RUNS_AT_ONCE = 8
const EFFECTS: Failure['effect'][] = ['at once', 'too late']
const CALLERS: Failure['caller'][] = ['goes on', 'is cut off', 'is gone']

async function productOf(sku: string) {
  return env.DB.prepare('SELECT id, name, retail_price, revision FROM products WHERE sku = ?')
    .bind(sku)
    .first<{
      id: string
      revision: number
    }>()
}

async function movementCount(productId: string) {
  const counted = env.DB.prepare('SELECT COUNT(*) FROM stock_movements WHERE product_id = ?').bind(productId)
  return counted.first('COUNT(*)')
}

/** What a worker that is gone leaves behind ends by itself after a while. */
async function leaseEnds(importId: string) {
  await env.DB.prepare('UPDATE imports SET lease_until = 0 WHERE id = ?').bind(importId).run()
}

/** An import of a changed, a recounted and a new product, of which each message is delivered through `points`. */
async function importThrough(points: CrashPoints) {
  const id = newId()
  const skus = [await aProduct({ onHand: 1 }), await aProduct({ onHand: 2 }), id].map((part) => `SKU-${part}`)
  const file = `SKU,Price,Qty,Name\n${skus[0]},9,1\n${skus[1]},20,7\n${skus[2]},3,3,Jug`
  const bindings = crashing(ownQueue().bindings, points)
  await upload('products', file, 'x.csv', id)
  await workThrough(id, bindings, points)
  successOf(await applyImport(testCtx({ env: ownQueue().bindings }).ctx, id))
  await workThrough(id, bindings, points)
  await points.arriveLate()
  return { products: await Promise.all(skus.map(productOf)), imported: await importNow(id) }
}

async function workThrough(id: string, bindings: typeof env, points: CrashPoints) {
  while (!points.fired && isWorking((await importNow(id)).status)) await deliver(id, bindings)
  await leaseEnds(id)
  await finishWork(id)
}

it('comes to the same end whichever of its calls fails, and however', async () => {
  const unharmed = new CrashPoints()
  await importThrough(unharmed)
  expect(new Set(unharmed.calls)).toEqual(new Set(['database.batch', 'object.adjust']))
  const failures = unharmed.calls.flatMap((_, index) =>
    EFFECTS.flatMap((effect) => CALLERS.map((caller) => ({ call: index + 1, effect, caller }))),
  )
  await inParallel(failures, RUNS_AT_ONCE, async (failure) => {
    const points = new CrashPoints(failure)
    const { products, imported } = await importThrough(points)
    const run = JSON.stringify(failure)
    expect(points.fired, run).toBe(true)
    expect([run, imported.status, tally(imported)]).toEqual([
      ...[run, 'applied', { created: 1, changed: 2, unchanged: 0, problems: 0, counted: 2 }],
    ])
    expect(products, run).toMatchObject([
      { retail_price: 900, revision: 2 },
      { retail_price: 2000, revision: 1 },
      { retail_price: 300, revision: 1 },
    ])
    const stock = await Promise.all(products.map((product) => stockNow(product!.id)))
    expect(stock, run).toMatchObject([
      { onHand: 1, sequence: 1 },
      { onHand: 7, sequence: 2 },
      { onHand: 3, sequence: 1 },
    ])
  })
  console.log(`Imported through ${failures.length} failures of ${unharmed.calls.length} calls.`)
}, 120_000)

it('takes a chunk once when it is delivered twice at the same time', async () => {
  const sku = newId()
  const id = newId()
  await upload('products', `SKU,Name,Price,Qty\n${sku},Mug,1,4`, 'x.csv', id)
  await deliver(id)
  const comparing = await importNow(id)
  expect(comparing.status).toBe('comparing')
  const compared = await Promise.all([1, 2, 3].map(() => takeChunk(testCtx().ctx, comparing)))
  expect(compared.filter((moved) => moved !== null)).toHaveLength(1)
  expect(tally(await importNow(id))).toMatchObject({ created: 1 })

  successOf(await applyImport(testCtx({ env: ownQueue().bindings }).ctx, id))
  const applying = await importNow(id)
  const applied = await Promise.all([1, 2, 3].map(() => takeChunk(testCtx().ctx, applying)))
  expect(applied.filter((moved) => moved !== null)).toHaveLength(1)
  expect(tally(await finishWork(id))).toMatchObject({ created: 1, counted: 1 })
  expect(await productOf(sku)).toMatchObject({ revision: 1 })
})

it('counts the stock once when messages come late and often', async () => {
  const sku = newId()
  const { id } = await preview('products', `SKU,Name,Price,Qty\n${sku},Mug,1,4`)
  successOf(await applyImport(testCtx({ env: ownQueue().bindings }).ctx, id))
  await Promise.all([deliver(id), deliver(id), deliver(id)])
  await finishWork(id)
  const late = await deliver(id)
  expect(late).toMatchObject({ outcome: 'ok', retryMessages: [] })
  const product = await productOf(sku)
  expect(await stockNow(product!.id)).toMatchObject({ onHand: 4, sequence: 1 })
  expect(await movementCount(product!.id)).toBe(1)
})

it('tells the queue to come again while somebody else is at the import', async () => {
  const id = newId()
  await upload('products', `SKU,Name,Price\n${newId()},Mug,1`, 'x.csv', id)
  await env.DB.prepare('UPDATE imports SET lease_until = ? WHERE id = ?')
    .bind(Date.now() + HOUR, id)
    .run()
  expect(await deliver(id)).toMatchObject({ retryMessages: [{ msgId: expect.any(String) }] })
  expect((await importNow(id)).status).toBe('reading')
})

it('writes over no edit that is made while a chunk is compared', async () => {
  const sku = newId()
  await apply((await preview('products', `SKU,Name,Price,Collection\n${sku},Mug,1,Old`)).id)
  const { id } = await preview('products', `SKU,Name,Price\n${sku},Mug,2`)
  successOf(await applyImport(testCtx({ env: ownQueue().bindings }).ctx, id))

  const { ctx } = testCtx()
  const batch = ctx.db.batch.bind(ctx.db)
  let batches = 0
  ctx.db.batch = async (queries) => {
    // The first batch reads what is there, the second one writes.
    if (++batches === 2) {
      const edit = `UPDATE products SET name = 'Renamed', collection = 'New', revision = revision + 1 WHERE sku = ?`
      await env.DB.prepare(edit).bind(sku).run()
    }
    return batch(queries)
  }
  await takeChunk(ctx, await importNow(id))
  expect(batches).toBeGreaterThan(2)
  const edited = await env.DB.prepare(
    'SELECT name, collection, retail_price, revision FROM products WHERE sku = ?',
  )
    .bind(sku)
    .first()
  expect(edited).toEqual({ name: 'Mug', collection: 'New', retail_price: 200, revision: 3 })
  expect(tally(await importNow(id))).toMatchObject({ changed: 1 })
})

it('adds no second product or retailer where somebody else adds it meanwhile', async () => {
  const key = newId().slice(0, 8)
  const files = {
    products: `SKU,Name,Price\n${key},Mug,1`,
    retailers: `Name,Type,Rate\n${key},Wholesale,50`,
  }
  for (const kind of ['products', 'retailers'] as const) {
    const [first, second] = [await preview(kind, files[kind]), await preview(kind, files[kind])]
    const { ctx } = testCtx()
    successOf(await applyImport(testCtx({ env: ownQueue().bindings }).ctx, second.id))
    const batch = ctx.db.batch.bind(ctx.db)
    let batches = 0
    ctx.db.batch = async (queries) => {
      if (++batches === 2) await apply(first.id)
      return batch(queries)
    }
    await takeChunk(ctx, await importNow(second.id))
    expect(batches).toBeGreaterThan(2)
    expect(tally(await importNow(second.id))).toMatchObject({ created: 0, unchanged: 1 })
  }
})

it('finds imports that nobody works on, and gives up those that never come further', async () => {
  const id = newId()
  await upload('products', `SKU,Name,Price\n${newId()},Mug,1`, 'x.csv', id)
  const later = ownQueue()
  await sweepImports(testCtx({ env: later.bindings }).ctx)
  expect(later.sent).not.toContainEqual({ importId: id })
  await sweepImports(testCtx({ env: later.bindings, now: Date.now() + HOUR }).ctx)
  expect(later.sent).toContainEqual({ importId: id })

  await env.FILES.delete(`imports/${id}/file.csv`)
  for (let delivery = 1; delivery <= 10; delivery++) {
    expect((await deliver(id)).retryMessages).toHaveLength(1)
  }
  await deliver(id)
  expect(await importNow(id)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('Upload the file again'),
  })
})
