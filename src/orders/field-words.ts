import { formatMoney } from '../money.ts'
import type { ChangedField } from './history.ts'
import { PAYMENT_STATUS_WORDS, type PaymentStatus } from './order.ts'

/** The fields in the words of DOMAIN.md, for the history and for e-mails. */
export const FIELD_WORDS: Record<ChangedField, string> = {
  status: 'Order status',
  paymentStatus: 'Payment status',
  pull: 'Pull from On Hand',
  trackingNumber: 'Tracking number',
  invoiceLink: 'Invoice link',
  poNumber: 'PO number',
  date: 'Date',
  shipBy: 'Promised ship date',
  discount: 'Order discount',
  shipping: 'Shipping',
  otherCharges: 'Other charges',
  tax: 'Tax',
}

const mediumDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })

/** What a field was or became, but for the status of the order. */
export function valueWords(field: ChangedField, value: string | number | boolean, currency: string): string {
  if (field === 'paymentStatus') return PAYMENT_STATUS_WORDS[value as PaymentStatus]
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return formatMoney(value, currency)
  if (value === '') return 'none'
  return field === 'date' || field === 'shipBy' ? mediumDay.format(Date.parse(value)) : value
}
