import { formatMoney } from '../money.ts'
import type { ChangedField, LineChange } from '../orders/history.ts'
import {
  ORDER_STATUS_WORDS,
  type OrderStatus,
  PAYMENT_STATUS_WORDS,
  type PaymentStatus,
} from '../orders/order.ts'
import type { OrderMessageInput } from './order-message.ts'

/** What a message says beside the statement. */
export interface Wording {
  /** What happened, in two or three words. */
  title: string
  greeting: string
  /** What happened, as a sentence. */
  intro: string
  /** What changed besides, one line each: "Line items: Mug, 24 → 30". */
  changes: string[]
  /** What stands in the list of a mailbox below the subject. */
  preheader: string
}

const STATUS_TITLES: Record<OrderStatus, string> = {
  awaiting_approval: 'Order awaits approval',
  new: 'Order confirmed',
  in_progress: 'Order in progress',
  shipped: 'Order shipped',
  delivered: 'Order delivered',
  canceled: 'Order canceled',
}

const STATUS_INTROS: Record<OrderStatus, string> = {
  awaiting_approval: 'Your order waits for our approval.',
  new: 'Your order is confirmed.',
  in_progress: 'We are working on your order.',
  shipped: 'Your order is on its way.',
  delivered: 'Your order has been delivered.',
  canceled: 'Your order has been canceled.',
}

/** A longer list says less than the statement below it. */
const MAX_CHANGES = 20

/** Whether stock is set aside is the maker's own affair; the others stand among the facts, and large in the title. */
const UNTOLD: ChangedField[] = ['pull', 'status', 'trackingNumber', 'invoiceLink']

const FIELD_WORDS: Record<ChangedField, string> = {
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

export function wordingOf(input: OrderMessageInput): Wording {
  const { audience, statement } = input
  const status = input.changes.fields.find(({ field }) => field === 'status')?.to as OrderStatus | undefined
  const { contactName, retailerName } = statement
  const name = contactName || retailerName
  return {
    title: titleOf(input, status),
    greeting: audience === 'retailer' && name !== '' ? `Hello ${name},` : 'Hello,',
    intro: audience === 'retailer' ? introOf(input, status) : businessIntroOf(input, status),
    changes: changesOf(input),
    preheader: preheaderOf(input, status),
  }
}

function titleOf({ kind }: OrderMessageInput, status: OrderStatus | undefined): string {
  if (kind === 'placed') return 'Order placed'
  return status ? STATUS_TITLES[status] : 'Order update'
}

function introOf({ kind }: OrderMessageInput, status: OrderStatus | undefined): string {
  if (kind === 'placed') return 'Thank you for your order. This is what we have noted.'
  return status ? STATUS_INTROS[status] : 'There is news about your order.'
}

function businessIntroOf({ kind, number, statement }: OrderMessageInput, status: OrderStatus | undefined) {
  const order = `Order #${number}${statement.retailerName === '' ? '' : ` of ${statement.retailerName}`}`
  if (kind === 'placed') return `${order} has been placed.`
  return status ? `${order} is now ${ORDER_STATUS_WORDS[status]}.` : `${order} has been updated.`
}

function changesOf({ changes, statement: { currency } }: OrderMessageInput): string[] {
  const fields = changes.fields
    .filter(({ field }) => !UNTOLD.includes(field))
    .map(
      ({ field, from, to }) =>
        `${FIELD_WORDS[field]}: ${valueWords(field, from, currency)} → ${valueWords(field, to, currency)}`,
    )
  const all = [...fields, ...changes.lines.map((line) => `${line.name}: ${lineWords(line, currency)}`)]
  if (all.length <= MAX_CHANGES) return all
  return [...all.slice(0, MAX_CHANGES), `and ${all.length - MAX_CHANGES} more changes`]
}

function valueWords(field: ChangedField, value: string | number | boolean, currency: string): string {
  if (field === 'paymentStatus') return PAYMENT_STATUS_WORDS[value as PaymentStatus]
  if (typeof value === 'number') return formatMoney(value, currency)
  return value === '' ? 'none' : String(value)
}

function lineWords({ from, to }: LineChange, currency: string): string {
  if (!to) return 'removed'
  if (!from) return `added, ${to.quantity} at ${formatMoney(to.unitPrice, currency)}`
  const words: string[] = []
  if (from.quantity !== to.quantity) words.push(`${from.quantity} → ${to.quantity}`)
  if (from.unitPrice !== to.unitPrice) {
    words.push(`price ${formatMoney(from.unitPrice, currency)} → ${formatMoney(to.unitPrice, currency)}`)
  }
  return words.join(', ')
}

function preheaderOf(input: OrderMessageInput, status: OrderStatus | undefined): string {
  const { lines, totals, type, currency } = input.statement
  const items = `${lines.length} line ${lines.length === 1 ? 'item' : 'items'}`
  const pieces = `${totals.pieces.toLocaleString('en')} ${totals.pieces === 1 ? 'piece' : 'pieces'}`
  const amount =
    type === 'consignment'
      ? `${formatMoney(totals.netTotal, currency)} if all sold`
      : `${formatMoney(totals.amountDue, currency)} due`
  return `${titleOf(input, status)}: ${items}, ${pieces}, ${amount}`
}
