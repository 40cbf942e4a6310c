import Papa from 'papaparse'
import { timestampOf } from '../calendar.ts'
import { decimalOf } from '../money.ts'
import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from '../orders/order.ts'
import type { ExportContent, ExportedLine, ExportedOrder, ExportTerms } from './export.ts'

// The format of the file (DOMAIN.md §6): RFC 4180 with CRLF, UTF-8 with a byte order mark, plain decimals.

const BYTE_ORDER_MARK = '\uFEFF'
/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r\0]/

const ORDER_HEADINGS = ['Order ID', 'Retailer', 'Date', 'Order Status', 'Payment Status']
const OWN_HEADINGS: Record<ExportContent, string[]> = {
  orders: ['Net Total', 'Gross Total'],
  lines: [
    ...['SKU', 'Product', 'Quantity', 'Unit Retail Price', 'Unit Price'],
    ...['Line Net Total', 'Line Gross Total'],
  ],
}

/** How the file begins. The zone of the timestamps stands in the heading of the last column. */
export function beginningOf({ content, timeZone }: ExportTerms): string {
  return BYTE_ORDER_MARK + csvLines([[...ORDER_HEADINGS, ...OWN_HEADINGS[content], `Created (${timeZone})`]])
}

/** An order's rows: one, or one per line item, of which there may be none. */
export function linesOf(order: ExportedOrder, terms: ExportTerms): string {
  if (terms.content === 'orders') {
    return csvLines([rowOf(order, terms, [money(order.netTotal, terms), money(order.grossTotal, terms)])])
  }
  return csvLines(order.lines.map((line) => rowOf(order, terms, lineCells(line, terms))))
}

function rowOf(order: ExportedOrder, { timeZone }: ExportTerms, own: Cell[]): Cell[] {
  return [
    order.number,
    text(order.retailerName),
    order.date,
    text(ORDER_STATUS_WORDS[order.status]),
    text(PAYMENT_STATUS_WORDS[order.paymentStatus]),
    ...own,
    timestampOf(order.createdAt, timeZone),
  ]
}

/** Before the order's discount: that one is of the order as a whole. */
function lineCells({ sku, name, quantity, unitRetail, unitPrice }: ExportedLine, terms: ExportTerms): Cell[] {
  return [
    ...[text(sku), text(name), quantity, money(unitRetail, terms), money(unitPrice, terms)],
    ...[money(quantity * unitPrice, terms), money(quantity * unitRetail, terms)],
  ]
}

type Cell = string | number

const text = (value: string) => (FORMULA.test(value) ? `'${value}` : value)
const money = (amount: number, { currency }: ExportTerms) => decimalOf(amount, currency)

function csvLines(rows: Cell[][]): string {
  return rows.length > 0 ? `${Papa.unparse(rows, { newline: '\r\n' })}\r\n` : ''
}
