import { expect, it } from 'vitest'
import { aProduct, aRetailer, newId, placement, stockNow, testCtx } from '../testing/fixtures.ts'
import { editLines } from './edit-lines.ts'
import { placeOrder } from './place-order.ts'
import { undoChange } from './undo-change.ts'
import { updateOrder } from './update-order.ts'

async function anOrder() {
  const [productId, retailerId] = await Promise.all([aProduct({ onHand: 10 }), aRetailer()])
  const { ctx, settled } = testCtx()
  const placed = await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 4 }]))
  if (!placed.ok) throw new Error('not placed')
  return { ctx, settled, productId, number: placed.value.number }
}

it('undoes the newest change with its stock, once, and not after another change', async () => {
  const { ctx, settled, productId, number } = await anOrder()
  const set = (quantity: number, revision: number) =>
    editLines(ctx, {
      ...{ number, changeId: newId(), revision, allowShortage: false },
      lines: { edit: 'set', productId, quantity, unitPrice: 1000 },
    })
  await set(7, 1)
  const undo = { number, changeId: newId(), revision: 2 }
  expect(await undoChange(ctx, undo)).toEqual({ ok: true, value: { revision: 3 } })
  expect(await undoChange(ctx, undo)).toEqual({ ok: true, value: { revision: 3 } })
  await settled()
  expect(await stockNow(productId)).toMatchObject({ reserved: 4 })

  await set(5, 3)
  await set(6, 4)
  const late = await undoChange(ctx, { number, changeId: newId(), revision: 4 })
  expect(late).toEqual({ ok: false, failure: { reason: 'conflict', revision: 5 } })
})

it.each([
  ['an e-mail that went out', { email: true, status: 'in_progress' }],
  ['a comment', { email: false, comment: 'Called them' }],
  ['a cancellation', { email: false, status: 'canceled' }],
] as const)('does not undo %s', async (_, change) => {
  const { ctx, settled, number } = await anOrder()
  const updated = await updateOrder(ctx, {
    ...{
      number,
      changeId: newId(),
      revision: 1,
      status: 'new',
      paymentStatus: 'awaiting_payment',
      comment: '',
    },
    ...{ trackingNumber: '', invoiceLink: '', confirmed: false, allowShortage: false, ...change },
  })
  expect(updated.ok).toBe(true)
  const undone = await undoChange(ctx, { number, changeId: newId(), revision: 2 })
  await settled()
  expect(undone).toMatchObject({ ok: false, failure: { reason: 'invalid' } })
})

it('does not undo placing, nor a change that is not there', async () => {
  const { ctx, settled, number } = await anOrder()
  const placing = await undoChange(ctx, { number, changeId: newId(), revision: 1 })
  const nothing = await undoChange(ctx, { number, changeId: newId(), revision: 2 })
  await settled()
  expect(placing).toMatchObject({ ok: false, failure: { reason: 'invalid' } })
  expect(nothing).toMatchObject({ ok: false, failure: { reason: 'not_found' } })
})
