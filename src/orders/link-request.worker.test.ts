import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { aRetailer, newId, testCtx } from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { aRequest } from '../testing/requests.ts'
import { anOffer } from '../testing/shop.ts'
import { editDetails } from './edit-details.ts'
import { linkNewRetailer } from './link-new-retailer.ts'
import { linkRequest } from './link-request.ts'
import { readOrder } from './read-order.ts'
import { updateOrder } from './update-order.ts'

async function link(
  number: number,
  retailerId: string,
  over: Partial<Parameters<typeof linkRequest>[1]> = {},
) {
  const { ctx, settled } = testCtx()
  const linked = await linkRequest(ctx, {
    ...{ number, retailerId, changeId: newId(), revision: 1, ownPrices: false, ...over },
  })
  await settled()
  return linked
}

async function orderNow(number: number) {
  const view = await readOrder(testCtx().ctx, number)
  if (!view.ok) throw new Error('no order')
  return view.value
}

const approval = (number: number, revision: number) => ({
  ...{
    number,
    revision,
    changeId: newId(),
    status: 'new' as const,
    paymentStatus: 'awaiting_payment' as const,
  },
  ...{ email: false, trackingNumber: '', invoiceLink: '', comment: '', pull: true, confirmed: false },
  allowShortage: true,
})

const namedIn = (number: number) =>
  env.DB.prepare('SELECT retailer_name FROM orders WHERE number = ?').bind(number).first('retailer_name')

it('gives the request to the retailer, at its terms and the prices that the shop saw', async () => {
  const retailerId = await aRetailer({ type: 'consignment' })
  await env.DB.prepare("UPDATE retailers SET name = 'Fjord Shop', rate = 4000 WHERE id = ?")
    .bind(retailerId)
    .run()
  const { number, productId } = await aRequest()
  expect(await namedIn(number)).toBe('Salt & Pine')
  expect(await link(number, retailerId)).toEqual({ ok: true, value: { revision: 2 } })

  const { order, retailer, events } = await orderNow(number)
  expect(order).toMatchObject({ retailerId, type: 'consignment', rate: 4000, paymentStatus: 'none_expected' })
  expect(order.lines).toMatchObject([{ unitPrice: 1000, unitRetail: 2000 }])
  expect(order.request?.businessName).toBe('Salt & Pine')
  expect(retailer?.name).toBe('Fjord Shop')
  expect(events[0]).toMatchObject({
    kind: 'linked',
    changes: {
      retailer: {
        from: { name: 'Salt & Pine', type: 'wholesale', rate: 5000 },
        to: { name: 'Fjord Shop', type: 'consignment', rate: 4000 },
      },
    },
  })
  expect(await namedIn(number)).toBe('Fjord Shop')
  expect(await brokenInvariants([productId])).toEqual([])
})

it('is found by the new name and counted by the new type', async () => {
  const retailerId = await aRetailer({ type: 'consignment' })
  const name = `Zephyr${newId().slice(0, 8)}`
  await env.DB.prepare('UPDATE retailers SET name = ? WHERE id = ?').bind(name, retailerId).run()
  const { number } = await aRequest()
  await link(number, retailerId)
  const found = await env.DB.prepare('SELECT rowid FROM order_search WHERE order_search MATCH ?')
    .bind(`retailer : ${name}`)
    .all<{ rowid: number }>()
  expect(found.results).toEqual([{ rowid: number }])
  const counted = await env.DB.prepare(
    `SELECT (SELECT SUM(orders) FROM order_counts) - (SELECT COUNT(*) FROM orders) AS difference,
      (SELECT COUNT(*) FROM order_counts WHERE orders < 0) AS negative`,
  ).first()
  expect(counted).toEqual({ difference: 0, negative: 0 })
})

it('takes the prices of the retailer where staff say so', async () => {
  const retailerId = await aRetailer()
  await env.DB.prepare('UPDATE retailers SET rate = 6000 WHERE id = ?').bind(retailerId).run()
  const products = [await anOffer(), await anOffer({ set: { wholesale_price: 900 } })]
  const { number } = await aRequest({ products })
  await link(number, retailerId, { ownPrices: true })
  const { order, events } = await orderNow(number)
  expect(order.lines.map(({ unitPrice }) => unitPrice)).toEqual([800, 900])
  expect(events[0]?.changes.lines).toMatchObject([{ from: { unitPrice: 1000 }, to: { unitPrice: 800 } }])
})

it('approves a request only once it is linked, and then reserves for it', async () => {
  const { number, productId } = await aRequest()
  const { ctx, settled } = testCtx()
  expect(await updateOrder(ctx, approval(number, 1))).toMatchObject({
    failure: { problems: [{ field: 'status', message: expect.stringContaining('Link this request') }] },
  })
  await link(number, await aRetailer())
  expect(await updateOrder(ctx, approval(number, 2))).toMatchObject({ ok: true })
  await settled()
  expect((await orderNow(number)).order).toMatchObject({ status: 'new', pull: true })
  expect(await brokenInvariants([productId])).toEqual([])
})

it('links once, however often it is asked to', async () => {
  const [retailerId, { number }] = await Promise.all([aRetailer(), aRequest()])
  const changeId = newId()
  const answers = await Promise.all([1, 2].map(() => link(number, retailerId, { changeId })))
  expect(answers).toEqual([
    { ok: true, value: { revision: 2 } },
    { ok: true, value: { revision: 2 } },
  ])
  expect(await link(number, retailerId, { revision: 2 })).toMatchObject({
    failure: { problems: [{ message: expect.stringContaining('already') }] },
  })
  expect((await orderNow(number)).order.revision).toBe(2)
})

it('goes to another retailer while it awaits approval, and then stays', async () => {
  const [one, other, { number }] = await Promise.all([aRetailer(), aRetailer(), aRequest()])
  await link(number, one)
  expect(await link(number, other, { revision: 2 })).toMatchObject({ ok: true })
  expect((await orderNow(number)).order.retailerId).toBe(other)
  await updateOrder(testCtx().ctx, approval(number, 3))
  expect(await link(number, one, { revision: 4 })).toMatchObject({ failure: { reason: 'invalid' } })
})

it('lets go what was reserved, where the retailer sells on consignment', async () => {
  const [retailerId, { number, productId }] = await Promise.all([
    aRetailer({ type: 'consignment' }),
    aRequest(),
  ])
  const details = {
    date: '2026-11-23',
    shipBy: '',
    poNumber: '',
    discount: 0,
    shipping: 0,
    otherCharges: 0,
    tax: 0,
  }
  const key = { number, changeId: newId(), revision: 1 }
  expect(
    await editDetails(testCtx().ctx, { ...key, ...details, pull: true, allowShortage: true }),
  ).toMatchObject({ ok: true })
  expect(await link(number, retailerId, { revision: 2 })).toMatchObject({ ok: true })
  expect((await orderNow(number)).order.pull).toBe(false)
  expect(await brokenInvariants([productId])).toEqual([])
})

it('refuses what cannot be linked, in words', async () => {
  const [inactive, retailerId, { number }] = await Promise.all([aRetailer(), aRetailer(), aRequest()])
  await env.DB.prepare('UPDATE retailers SET active = 0 WHERE id = ?').bind(inactive).run()
  const message = async (answer: ReturnType<typeof link>) => JSON.stringify(await answer)
  expect(await message(link(number, inactive))).toContain('is inactive')
  expect(await message(link(number, newId()))).toContain('does not exist')
  expect(await message(link(number, ''))).toContain('Choose a retailer')
  expect(await message(link(number, retailerId, { revision: 0 }))).toContain('conflict')
  expect(await message(link(999_999, retailerId))).toContain('not_found')
  const viewer = testCtx({ actor: { kind: 'staff', id: 'v', name: 'Vera', role: 'viewer' } }).ctx
  const key = { number, retailerId, changeId: newId(), revision: 1, ownPrices: false }
  expect(await linkRequest(viewer, key)).toMatchObject({ failure: { reason: 'forbidden' } })
})

const shop = (id: string) => ({
  ...{
    id,
    name: 'Salt & Pine',
    type: 'wholesale' as const,
    contactName: 'Noa',
    email: '',
    phone: '',
    street: '',
  },
  ...{ city: '', region: '', postcode: '', country: '', rate: 5000, notes: '' },
})

it('makes one retailer of a request, wherever it crashes in between', async () => {
  const points = new CrashPoints()
  const rehearsal = await aRequest()
  const first = testCtx({ env: crashing(env, points) })
  const inputOf = (number: number) => ({
    ...{ number, changeId: newId(), revision: 1, ownPrices: false, retailer: shop(newId()) },
  })
  expect(await linkNewRetailer(first.ctx, inputOf(rehearsal.number))).toMatchObject({ ok: true })
  expect(points.calls.length).toBeGreaterThan(3)
  for (let call = 1; call <= points.calls.length; call++) {
    const { number } = await aRequest()
    const input = inputOf(number)
    const crash = new CrashPoints({ call, effect: 'at once', caller: 'is gone' })
    await linkNewRetailer(testCtx({ env: crashing(env, crash) }).ctx, input).catch(() => null)
    expect(crash.fired, `call ${call}`).toBe(true)
    const again = testCtx()
    expect(await linkNewRetailer(again.ctx, input), `call ${call}`).toMatchObject({ ok: true })
    await again.settled()
    expect((await orderNow(number)).order).toMatchObject({ retailerId: input.retailer.id, revision: 2 })
    const made = await env.DB.prepare('SELECT COUNT(*) AS made FROM retailers WHERE id = ?')
      .bind(input.retailer.id)
      .first('made')
    expect(made).toBe(1)
  }
})

it('makes no retailer of a request that was declined or changed meanwhile', async () => {
  const [declined, changed] = await Promise.all([aRequest(), aRequest()])
  const decline = { ...approval(declined.number, 1), status: 'canceled' as const, comment: 'No room' }
  expect(await updateOrder(testCtx().ctx, decline)).toMatchObject({ ok: true })
  const note = { ...approval(changed.number, 1), status: 'awaiting_approval' as const, comment: 'Ask Ana' }
  expect(await updateOrder(testCtx().ctx, { ...note, pull: false })).toMatchObject({ ok: true })
  for (const [number, revision, reason] of [
    [declined.number, 2, 'invalid'],
    [changed.number, 1, 'conflict'],
    [999_999, 1, 'not_found'],
  ] as const) {
    const retailer = shop(newId())
    const input = { number, changeId: newId(), revision, ownPrices: false, retailer }
    expect(await linkNewRetailer(testCtx().ctx, input)).toMatchObject({ failure: { reason } })
    const made = env.DB.prepare('SELECT COUNT(*) AS made FROM retailers WHERE id = ?').bind(retailer.id)
    expect(await made.first('made'), reason).toBe(0)
  }
})
