import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { routes } from '../routes.ts'
import { newId } from './fixtures.ts'
import { post } from './web.ts'

// The forms of orders as a browser sends them.

export type Fields = Record<string, string | string[]>

/** A cart of two pieces as its review sends it; `over` names at least the retailer and the product. */
export const cartForm = (over: Fields): Fields => ({
  ...{ orderId: newId(), currency: 'USD', quantity: '2', pull: 'on', date: '2026-11-23' },
  ...{ discount: '', shipping: '8.00', otherCharges: '', tax: '', poNumber: '', ...over },
})

/** Places what a cart sends, and answers the order's number. */
export async function placed(cart: Fields): Promise<number> {
  const response = await post(routes.orders(), cart)
  expect(response.status).toBe(303)
  return Number(response.headers.get('location')?.split('/').at(-1))
}

/** An update of a new order that changes nothing yet, without an e-mail. */
export const updateForm = (over: Record<string, string> = {}) => ({
  ...{ changeId: newId(), revision: '1', status: 'new', paymentStatus: 'awaiting_payment', email: 'no' },
  ...{ trackingNumber: '', invoiceLink: '', comment: '', ...over },
})

/** How many rows orders have made in each of their tables. */
export const orderRows = () =>
  Promise.all(
    ['orders', 'order_lines', 'order_events', 'mails', 'transactions'].map((table) =>
      env.DB.prepare(`SELECT COUNT(*) AS rows FROM ${table}`).first('rows'),
    ),
  )
