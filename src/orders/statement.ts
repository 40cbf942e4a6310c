import {
  type Charges,
  contactOf,
  type Line,
  type Order,
  type OrderStatus,
  type PaymentStatus,
  type RetailerType,
} from './order.ts'
import { type Totals, totalsOf } from './totals.ts'

/** What an order looks like to a retailer at one moment. The review, the e-mail and the order page show the same. */
export interface Statement extends Charges {
  retailerName: string
  contactName: string
  type: RetailerType
  /** Basis points. */
  rate: number
  date: string
  /** '' where no ship date is promised. */
  shipBy: string
  poNumber: string
  status: OrderStatus
  paymentStatus: PaymentStatus
  trackingNumber: string
  invoiceLink: string
  currency: string
  lines: Pick<Line, 'name' | 'sku' | 'quantity' | 'unitRetail' | 'unitPrice'>[]
  totals: Totals
}

export function statementOf(
  order: Omit<Order, 'number'>,
  retailer: { name: string; contactName: string } | null,
  currency: string,
): Statement {
  const { type, rate, date, shipBy, poNumber, status, paymentStatus, trackingNumber, invoiceLink } = order
  const { discount, shipping, otherCharges, tax } = order
  const contact = contactOf(order, retailer)
  return {
    ...{ type, rate, date, shipBy, poNumber, status, paymentStatus, trackingNumber, invoiceLink },
    ...{ discount, shipping, otherCharges, tax, currency },
    retailerName: contact.name,
    contactName: contact.contactName,
    lines: order.lines.map(({ name, sku, quantity, unitRetail, unitPrice }) => ({
      ...{ name, sku, quantity, unitRetail, unitPrice },
    })),
    totals: totalsOf(type, order.lines, order),
  }
}
