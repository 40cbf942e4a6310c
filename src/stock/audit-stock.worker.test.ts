import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { editLines } from '../orders/edit-lines.ts'
import { placeOrder } from '../orders/place-order.ts'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { aProduct, aRetailer, newId, owner, placement, testCtx } from '../testing/fixtures.ts'
import { auditNight, auditStock, PRODUCTS_PER_AUDIT } from './audit-stock.ts'
import { stockOf } from './reserve.ts'

const MINUTE = 60_000

/** Audits everything that is due, and answers what was found at some products. */
async function audit(productIds: string[], now = Date.now(), bindings = env, fromStart = false) {
  const { ctx } = testCtx({ now, env: bindings })
  for (let isLeft = true; isLeft; ) {
    const run = await auditStock(ctx, { before: now, fromStart })
    if (!run.ok) throw new Error(run.failure.reason)
    expect(run.value.unreachable).toBe(0)
    isLeft = run.value.left
  }
  const { results } = await env.DB.prepare(
    `SELECT product_id AS id, at, differences FROM stock_audits
     WHERE product_id IN (SELECT value FROM json_each(?))`,
  )
    .bind(JSON.stringify(productIds))
    .all<{ id: string; at: number; differences: string }>()
  expect(results.every(({ at }) => at === now)).toBe(true)
  return Object.fromEntries(results.map(({ id, differences }) => [id, JSON.parse(differences) as string[]]))
}

it('finds a balance, a claim and a list that were tampered with, and says what differs', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const [retailerId, sound, balance, claim, list] = await Promise.all([
    aRetailer({ email: '' }),
    aProduct({ onHand: 10 }),
    aProduct({ onHand: 10 }),
    aProduct({ onHand: 10 }),
    aProduct({ onHand: 10 }),
  ])
  const products = [sound, balance, claim, list]
  const { ctx, settled } = testCtx()
  const lines = products.map((productId) => ({ productId, quantity: 4 }))
  const placed = await placeOrder(ctx, placement(retailerId, lines))
  await settled()
  expect(await audit(products)).toEqual({ [sound]: [], [balance]: [], [claim]: [], [list]: [] })

  const tamper = (productId: string, query: string) =>
    runInDurableObject(stockOf({ env }, productId), (_, { storage }) => void storage.sql.exec(query))
  await tamper(balance, 'UPDATE balance SET on_hand = 12')
  await tamper(claim, 'UPDATE claims SET reserved = 3')
  await env.DB.prepare('UPDATE product_stock SET on_hand = 9 WHERE product_id = ?').bind(list).run()

  const number = placed.ok ? placed.value.number : 0
  expect(await audit(products, Date.now() + 1)).toEqual({
    [sound]: [],
    [balance]: ['On hand is 12, but the ledger adds up to 10.'],
    [claim]: [
      'Reserved is 4, but what the orders hold adds up to 3.',
      `Order #${number} needs 4 reserved, but holds 3 reserved.`,
    ],
    [list]: ['Lists show 9 on hand and 4 reserved, but the ledger has 10 and 4.'],
  })
})

it('goes on from what it verified, finds what was tampered with after that, and everything from the start', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const [early, late] = await Promise.all([aProduct({ onHand: 10 }), aProduct({ onHand: 10 })])
  const products = [early, late]
  const now = Date.now()
  expect(await audit(products, now)).toEqual({ [early]: [], [late]: [] })
  for (const productId of products) {
    await stockOf({ env }, productId).adjust(productId, {
      ...{ id: newId(), kind: 'receive', quantity: 5, reason: '', at: now, actor: owner },
    })
  }
  await env.DB.prepare('DROP TRIGGER IF EXISTS stock_movements_stay').run()
  const tamper = 'UPDATE stock_movements SET on_hand_change = 99 WHERE product_id = ? AND sequence = ?'
  await env.DB.batch([env.DB.prepare(tamper).bind(early, 1), env.DB.prepare(tamper).bind(late, 2)])

  const broken = (entry: number) => `Entry ${entry} of the ledger does not follow from the entries before it.`
  const goingOn = await audit(products, now + 1)
  expect([goingOn[early], goingOn[late]?.[0]]).toEqual([[], broken(2)])
  const whole = await audit(products, now + 2, env, true)
  expect([whole[early]?.[0], whole[late]?.[0]]).toEqual([broken(1), broken(2)])
})

it('reports nothing while orders are placed and changed', async () => {
  const [retailerId, ...products] = await Promise.all([
    aRetailer({ email: '' }),
    ...Array.from({ length: 3 }, () => aProduct({ onHand: 1_000 })),
  ])
  let isOver = false
  let changes = 0
  const people = Array.from({ length: 3 }, async () => {
    while (!isOver) {
      const { ctx, settled } = testCtx()
      const lines = products.map((productId) => ({ productId, quantity: 1 }))
      const placed = await placeOrder(ctx, placement(retailerId, lines, { allowShortage: true }))
      if (placed.ok) {
        const key = { number: placed.value.number, changeId: newId(), revision: 1, allowShortage: true }
        const edit = { edit: 'set' as const, productId: products[0]!, quantity: 2, unitPrice: 1000 }
        await editLines(ctx, { ...key, lines: edit })
      }
      changes += 2
      await settled()
    }
  })
  for (let audits = 1; audits <= 3; audits++) {
    const before = changes
    const found = await audit(products, Date.now() + audits * MINUTE)
    expect(Object.values(found)).toEqual([[], [], []])
    // The orders really were under way meanwhile.
    while (changes === before) await Promise.race(people.map(() => scheduler.wait(1)))
  }
  isOver = true
  await Promise.all(people)
  expect(changes).toBeGreaterThan(6)
})

it('does not report a change that happens between its look at the object and its look at the orders', async () => {
  const [retailerId, productId] = await Promise.all([aRetailer({ email: '' }), aProduct({ onHand: 10 })])
  let happened = 0
  const change = async () => {
    if (happened++ > 0) return
    const { ctx, settled } = testCtx()
    expect((await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 4 }]))).ok).toBe(true)
    await settled()
  }
  const get = (id: DurableObjectId) => {
    const object = env.PRODUCT_STOCK.get(id)
    const projectedSnapshot = async (product: string) => {
      const snapshot = await object.projectedSnapshot(product)
      if (product === productId) await change()
      return snapshot
    }
    return { projectedSnapshot }
  }
  const idFromName = (name: string) => env.PRODUCT_STOCK.idFromName(name)
  const bindings = { ...env, PRODUCT_STOCK: { get, idFromName } } as unknown as typeof env
  expect(await audit([productId], Date.now() + 20 * MINUTE, bindings)).toEqual({ [productId]: [] })
  expect(happened).toBe(2)
})

it('does not report a change that is committed and whose settling got lost', async () => {
  const [retailerId, productId] = await Promise.all([aRetailer({ email: '' }), aProduct({ onHand: 10 })])
  // Reads, prepares, decides; the fourth call settles.
  const points = new CrashPoints({ call: 4, effect: 'too late', caller: 'goes on' })
  const { ctx, settled } = testCtx({ env: crashing(env, points) })
  expect((await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 4 }]))).ok).toBe(true)
  await settled()
  expect(points.calls[3]).toBe('object.settle')
  expect(await audit([productId], Date.now() + 5 * MINUTE)).toEqual({ [productId]: [] })
})

it('takes the products that waited longest, a bounded number at a time, until none is due', async () => {
  await Promise.all(Array.from({ length: PRODUCTS_PER_AUDIT + 2 }, () => aProduct()))
  const now = Date.now() + 60 * MINUTE
  const { ctx } = testCtx({ now })
  const first = await auditStock(ctx, { before: now, fromStart: false })
  expect(first).toMatchObject({ ok: true, value: { audited: PRODUCTS_PER_AUDIT, left: true } })
  for (let isLeft = true; isLeft; ) {
    const run = await auditStock(ctx, { before: now, fromStart: false })
    isLeft = run.ok && run.value.left
  }
  const reads = ctx.db.meter.rowsRead
  expect(await auditStock(ctx, { before: now, fromStart: false })).toEqual({
    ok: true,
    value: { audited: 0, different: 0, unreachable: 0, left: false },
  })
  expect(ctx.db.meter.rowsRead - reads).toBeLessThanOrEqual(1)
})

it('leaves a product whose object does not answer for the next run', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const productId = await aProduct({ onHand: 1 })
  const now = Date.now() + 120 * MINUTE
  // The first call finds what is due; from the second on no object answers.
  const points = new CrashPoints({ call: 2, effect: 'too late', caller: 'is cut off' })
  const run = await auditStock(testCtx({ now, env: crashing(env, points) }).ctx, {
    before: now,
    fromStart: false,
  })
  expect(run).toMatchObject({ ok: true, value: { audited: 0 } })
  expect(points.fired).toBe(true)
  const at = await env.DB.prepare('SELECT at FROM stock_audits WHERE product_id = ?')
    .bind(productId)
    .first('at')
  expect(at).toBe(0)
})

it('begins its night at 03:17 UTC', () => {
  const night = Date.parse('2026-11-23T03:17:00Z')
  expect(auditNight(night)).toBe(night)
  expect(auditNight(Date.parse('2026-11-24T03:16:59Z'))).toBe(night)
  expect(auditNight(Date.parse('2026-11-24T03:17:00Z'))).toBe(night + 24 * 60 * MINUTE)
})

it('is for those who may change stock', async () => {
  const viewer = { kind: 'staff' as const, id: 'v', name: 'Vi', role: 'viewer' as const }
  expect(await auditStock(testCtx({ actor: viewer }).ctx, { before: 1, fromStart: false })).toMatchObject({
    failure: { reason: 'forbidden' },
  })
})
