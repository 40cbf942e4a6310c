import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from '../orders/order.ts'
import type { OrderMessageInput } from './order-message.ts'

/** A fact about the order; `href` only where it is a link that is safe to follow. */
export interface Fact {
  label: string
  value: string
  href: URL | null
}

/** What a recipient may look for, as far as it is filled in. */
export function factsOf({ number, statement }: OrderMessageInput): Fact[] {
  const { date, shipBy, poNumber, status, paymentStatus, trackingNumber, invoiceLink } = statement
  const facts: Fact[] = [
    { label: 'Order', value: `#${number}`, href: null },
    { label: 'Date', value: dayWords(date), href: null },
    { label: 'Promised ship date', value: shipBy && dayWords(shipBy), href: null },
    { label: 'PO number', value: poNumber, href: null },
    { label: 'Order status', value: ORDER_STATUS_WORDS[status], href: null },
    { label: 'Payment status', value: PAYMENT_STATUS_WORDS[paymentStatus], href: null },
    { label: 'Tracking number', value: trackingNumber, href: null },
    { label: 'Invoice', value: invoiceLink, href: httpsLink(invoiceLink) },
  ]
  return facts.filter(({ value }) => value !== '')
}

// Making a formatter takes longer than writing the rest of a message.
const longDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** '2026-11-23' as "23 November 2026", which nobody takes for another day. */
function dayWords(date: string): string {
  return longDay.format(Date.parse(date))
}

/** A link is followed in the recipient's browser: anything but https stays text. */
function httpsLink(value: string): URL | null {
  const url = URL.parse(value)
  return url?.protocol === 'https:' ? url : null
}
