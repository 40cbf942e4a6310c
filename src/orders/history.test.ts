import { expect, it } from 'vitest'
import { changesBetween, reversed } from './history.ts'
import type { Line, Order } from './order.ts'

const mug: Line = {
  ...{ productId: 'mug', name: 'Mug', sku: 'M-1', unitRetail: 2000, unitPrice: 1000, quantity: 4 },
  stockTracked: true,
}
const bowl: Line = { ...mug, productId: 'bowl', name: 'Bowl', sku: 'B-1' }
const vase: Line = { ...mug, productId: 'vase', name: 'Vase', sku: 'V-1' }

const order: Order = {
  ...{ id: 'order', number: 1001, revision: 1, attempt: 'a', retailerId: 'shop', type: 'wholesale' },
  ...{ status: 'new', paymentStatus: 'awaiting_payment', pull: true, rate: 5000, date: '2026-11-23' },
  ...{ shipBy: '', linkVersion: 1, request: null },
  ...{ poNumber: '', discount: 0, shipping: 0, otherCharges: 0, tax: 0, trackingNumber: '', invoiceLink: '' },
  voided: false,
  lines: [mug, bowl],
}

it('says what an order came to when it was placed', () => {
  expect(changesBetween(null, { ...order, discount: 500 })).toEqual({
    ...{ fields: [], lines: [], placed: { lines: 2, pieces: 8, netTotal: 7500 } },
  })
})

it('is empty where nothing changed, a new revision by another attempt included', () => {
  expect(changesBetween(order, { ...order, revision: 2, attempt: 'b' })).toEqual({ fields: [], lines: [] })
})

it('shows each field that people see as before → after', () => {
  const after: Order = {
    ...{ ...order, status: 'shipped', paymentStatus: 'paid_in_full', pull: false, date: '2026-11-24' },
    ...{ poNumber: 'PO 7', discount: 1, shipping: 2, otherCharges: 3, tax: 4 },
    ...{ trackingNumber: 'T', invoiceLink: 'https://i.example' },
  }
  expect(changesBetween(order, after).fields).toEqual([
    { field: 'status', from: 'new', to: 'shipped' },
    { field: 'paymentStatus', from: 'awaiting_payment', to: 'paid_in_full' },
    { field: 'pull', from: true, to: false },
    { field: 'trackingNumber', from: '', to: 'T' },
    { field: 'invoiceLink', from: '', to: 'https://i.example' },
    { field: 'poNumber', from: '', to: 'PO 7' },
    { field: 'date', from: '2026-11-23', to: '2026-11-24' },
    { field: 'discount', from: 0, to: 1 },
    { field: 'shipping', from: 0, to: 2 },
    { field: 'otherCharges', from: 0, to: 3 },
    { field: 'tax', from: 0, to: 4 },
  ])
})

it('shows lines that were changed, added and removed, and only those', () => {
  const lines = [{ ...mug, quantity: 6, unitPrice: 900 }, vase]
  expect(changesBetween(order, { ...order, lines }).lines).toMatchObject([
    { name: 'Mug', sku: 'M-1', from: { quantity: 4, unitPrice: 1000 }, to: { quantity: 6, unitPrice: 900 } },
    { name: 'Vase', sku: 'V-1', from: null, to: { quantity: 4, unitPrice: 1000 } },
    { name: 'Bowl', sku: 'B-1', from: { quantity: 4, unitPrice: 1000 }, to: null },
  ])
})

it('does not take another order of the lines for a change', () => {
  expect(changesBetween(order, { ...order, lines: [bowl, mug] }).lines).toEqual([])
})

it('brings an order back to where it was, and not once something else has changed', () => {
  const after: Order = { ...order, poNumber: 'PO 7', discount: 5, lines: [{ ...mug, quantity: 9 }, vase] }
  const changes = changesBetween(order, after)
  const back = reversed(after, changes)
  expect(back && { ...back, lines: back.lines.toSorted((a, b) => (a.sku > b.sku ? 1 : -1)) }).toEqual({
    ...order,
    lines: [bowl, mug],
  })
  expect(reversed({ ...after, discount: 6 }, changes)).toBeNull()
  expect(reversed({ ...after, lines: [{ ...mug, quantity: 8 }, vase] }, changes)).toBeNull()
})
