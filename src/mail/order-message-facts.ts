import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from '../orders/order.ts'
import { recogniseTracking } from '../orders/tracking.ts'
import type { OrderMessageInput } from './order-message.ts'

/** A fact about the order. */
export interface Fact {
  label: string
  /** At its full length, for plain text. */
  value: string
  /** What is shown in its place where it can be followed: only what is safe to follow. */
  link: { words: string; href: URL } | null
}

/** What a recipient may look for, as far as it is filled in. */
export function factsOf({ number, statement }: OrderMessageInput): Fact[] {
  const { date, shipBy, poNumber, status, paymentStatus, trackingNumber, invoiceLink } = statement
  // Nobody waits for the goods of a canceled order, or for its money.
  const isOff = status === 'canceled'
  const payment = isOff && paymentStatus === 'awaiting_payment' ? '' : PAYMENT_STATUS_WORDS[paymentStatus]
  const facts: Fact[] = [
    { label: 'Order', value: `#${number}`, link: null },
    { label: 'Date', value: dayWords(date), link: null },
    { label: 'Promised ship date', value: shipBy && !isOff ? dayWords(shipBy) : '', link: null },
    { label: 'PO number', value: poNumber, link: null },
    { label: 'Order status', value: ORDER_STATUS_WORDS[status], link: null },
    { label: 'Payment status', value: payment, link: null },
    trackingFact(trackingNumber),
    invoiceFact(invoiceLink),
  ]
  return facts.filter(({ value }) => value !== '')
}

// Making a formatter takes longer than writing the rest of a message.
const longDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** '2026-11-23' as "23 November 2026", which nobody takes for another day. */
function dayWords(date: string): string {
  return longDay.format(Date.parse(date))
}

function trackingFact(number: string): Fact {
  const label = 'Tracking number'
  const tracking = recogniseTracking(number)
  if (!tracking) return { label, value: number, link: null }
  const words = `${number} (${tracking.carrier})`
  return { label, value: `${words} ${tracking.href}`, link: { words, href: new URL(tracking.href) } }
}

function invoiceFact(value: string): Fact {
  const href = httpsLink(value)
  return { label: 'Invoice', value, link: href && { words: `View on ${href.host}`, href } }
}

/** A link is followed in the recipient's browser: anything but https stays text. */
export function httpsLink(value: string): URL | null {
  // An address that does not parse costs as much as the rest of a message, and most orders have none.
  const url = value === '' ? null : URL.parse(value)
  return url?.protocol === 'https:' ? url : null
}
