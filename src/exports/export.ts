import type { OrderStatus, PaymentStatus } from '../orders/order.ts'

// What an export is: the orders that pass a filter at the moment of its start, written as a CSV file in the
// background. The row in the database says how far it is; the file grows in R2.

/** One row per order, or one per line item. */
export type ExportContent = 'orders' | 'lines'

/** A file can be downloaded once it is ready. */
export type ExportStatus = 'writing' | 'ready' | 'failed'

/** An order as it was when the export started. Amounts in minor units, the moment in epoch milliseconds. */
export interface ExportedOrder {
  number: number
  retailerName: string
  date: string
  status: OrderStatus
  paymentStatus: PaymentStatus
  netTotal: number
  grossTotal: number
  createdAt: number
  /** By position; only read for an export of line items. */
  lines: ExportedLine[]
}

export interface ExportedLine {
  sku: string
  name: string
  quantity: number
  unitRetail: number
  unitPrice: number
}

/** Fixed at the start, so that every part of the file is written alike. */
export interface ExportTerms {
  content: ExportContent
  currency: string
  timeZone: string
}

/** What R2 asks of every part but the last. */
export const PART_BYTES = 5 * 1024 * 1024
/** How long a file can be downloaded. */
export const KEPT_DAYS = 30
export const KEPT_MILLISECONDS = KEPT_DAYS * 86_400_000
/** Each of them has every change of an order keep the old version. */
export const MAX_WRITING = 5
