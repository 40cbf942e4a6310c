import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { aProduct, aRetailer, newId, placement, stockNow, testCtx } from '../testing/fixtures.ts'
import { placeOrder } from './place-order.ts'
import { updateOrder } from './update-order.ts'
import { voidDelivery } from './void-delivery.ts'

/** An order over 4 of 10 units, delivered. */
async function aDeliveredOrder(type: 'wholesale' | 'consignment') {
  const [productId, retailerId] = await Promise.all([aProduct({ onHand: 10 }), aRetailer({ type })])
  const { ctx, settled } = testCtx()
  const placed = await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 4 }]))
  if (!placed.ok) throw new Error('not placed')
  const { number } = placed.value
  const delivered = await updateOrder(ctx, {
    ...{ number, changeId: newId(), revision: 1, status: 'delivered', paymentStatus: 'paid_in_full' },
    ...{
      email: false,
      trackingNumber: '',
      invoiceLink: '',
      comment: '',
      confirmed: true,
      allowShortage: false,
    },
  })
  await settled()
  expect(delivered.ok).toBe(true)
  expect(await stockNow(productId)).toMatchObject({ onHand: 6, reserved: 0 })
  return { productId, retailerId, number }
}

const transactionsOf = async (number: number) =>
  (
    await env.DB.prepare(
      'SELECT kind, transactions.net_total FROM transactions JOIN orders ON orders.id = order_id WHERE orders.number = ? ORDER BY transactions.number',
    )
      .bind(number)
      .all()
  ).results

it('reverses the transaction and brings the goods back, once', async () => {
  const { productId, number } = await aDeliveredOrder('wholesale')
  const { ctx, settled } = testCtx()
  const input = { number, changeId: newId(), revision: 2, reason: 'Wrong shop', goods: 'came_back' } as const
  const first = await voidDelivery(ctx, input)
  const again = await voidDelivery(ctx, input)
  const another = await voidDelivery(ctx, { ...input, changeId: newId(), revision: 3 })
  await settled()

  expect([first.ok, again.ok, another.ok]).toEqual([true, true, false])
  expect(await stockNow(productId)).toMatchObject({ onHand: 10, reserved: 0 })
  expect(await transactionsOf(number)).toEqual([
    { kind: 'sale', net_total: 4000 },
    { kind: 'void', net_total: -4000 },
  ])
})

it('takes voided units off the consigned stock and writes off what did not come back', async () => {
  const { productId, retailerId, number } = await aDeliveredOrder('consignment')
  const consigned = () =>
    env.DB.prepare('SELECT quantity FROM consigned_stock WHERE retailer_id = ? AND product_id = ?')
      .bind(retailerId, productId)
      .first('quantity')
  expect(await consigned()).toBe(4)

  const { ctx, settled } = testCtx()
  const voided = await voidDelivery(ctx, {
    ...{ number, changeId: newId(), revision: 2, reason: 'Lost on the way', goods: 'written_off' },
  })
  await settled()

  expect(voided.ok).toBe(true)
  expect(await consigned()).toBe(0)
  expect(await stockNow(productId)).toMatchObject({ onHand: 6, reserved: 0 })
})
