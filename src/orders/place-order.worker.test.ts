import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { aProduct, aRetailer, placement, runAlarm, stockNow, testCtx } from '../testing/fixtures.ts'
import { placeOrder } from './place-order.ts'

it('reserves what it places, at once and once, and writes the record', async () => {
  const [productId, retailerId] = await Promise.all([aProduct({ onHand: 10 }), aRetailer()])
  const input = placement(retailerId, [{ productId, quantity: 4 }], { shipping: 800 })
  const { ctx, settled } = testCtx()
  const first = await placeOrder(ctx, input)
  const second = await placeOrder(ctx, input)
  await settled()

  expect(first.ok && first.value.number).not.toBe(false)
  expect(second).toEqual(first)
  expect(await stockNow(productId)).toMatchObject({ onHand: 10, reserved: 4, available: 6, prepared: [] })
  await runAlarm(productId)
  expect(
    await env.DB.prepare('SELECT on_hand, reserved FROM product_stock WHERE product_id = ?')
      .bind(productId)
      .first(),
  ).toEqual({ on_hand: 10, reserved: 4 })
  const order = await env.DB.prepare('SELECT * FROM orders WHERE id = ?').bind(input.id).first()
  expect(order).toMatchObject({
    status: 'new',
    payment_status: 'awaiting_payment',
    amount_due: 4800,
    gross_total: 8000,
  })
  expect(ctx.db.meter.roundTrips).toBe(3)
})

it('names every short product and places nothing', async () => {
  const [a, b, retailerId] = await Promise.all([
    aProduct({ onHand: 1 }),
    aProduct({ onHand: 2 }),
    aRetailer(),
  ])
  const { ctx, settled } = testCtx()
  const answer = await placeOrder(
    ctx,
    placement(retailerId, [
      { productId: a, quantity: 3 },
      { productId: b, quantity: 5 },
    ]),
  )
  await settled()
  expect(answer).toEqual({
    ok: false,
    failure: {
      reason: 'shortage',
      shortages: [
        { productId: a, available: 1, wanted: 3, missing: 2 },
        { productId: b, available: 2, wanted: 5, missing: 3 },
      ],
    },
  })
  expect(await stockNow(a)).toMatchObject({ reserved: 0, prepared: [] })
})

it.each(['0026-11-23', '1999-12-31', '2100-01-01'])(
  'refuses the date %s, by which no list could find it',
  async (date) => {
    const [retailerId, productId] = await Promise.all([aRetailer(), aProduct({ onHand: 1 })])
    for (const over of [{ date }, { shipBy: date }]) {
      const refused = await placeOrder(
        testCtx().ctx,
        placement(retailerId, [{ productId, quantity: 1 }], over),
      )
      expect(refused).toMatchObject({
        failure: { reason: 'invalid', problems: [{ field: Object.keys(over)[0] }] },
      })
    }
  },
)
