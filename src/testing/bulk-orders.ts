import { env } from 'cloudflare:workers'
import type { ExportedLine, ExportedOrder } from '../exports/export.ts'
import type { RetailerType } from '../orders/order.ts'
import { owner } from './fixtures.ts'

/** An order as it is put into the database at once, without its stock. */
export interface BulkOrder extends ExportedOrder {
  type: RetailerType
  retailerId: string
  poNumber: string
  trackingNumber: string
}

/** How many orders go into one statement: its one parameter may have 2 MB. */
const ORDERS_PER_STATEMENT = 100

/** Inserts orders with their lines and events, as the database would have them after they were placed. */
export async function insertOrders(orders: BulkOrder[]): Promise<void> {
  for (let first = 0; first < orders.length; first += ORDERS_PER_STATEMENT) {
    const list = JSON.stringify(orders.slice(first, first + ORDERS_PER_STATEMENT))
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO orders (number, id, revision, attempt, retailer_id, type, status, payment_status, pull, voided,
          rate, date, po_number, discount, shipping, other_charges, tax, gross_total, net_total, amount_due,
          tracking_number, invoice_link, created_at, created_by, updated_at, retailer_name)
         SELECT value->>'number', 'order-' || (value->>'number'), 1, 'a', value->>'retailerId', value->>'type',
          value->>'status', value->>'paymentStatus', 1, 0, 5000, value->>'date', value->>'poNumber', 0, 0, 0, 0,
          value->>'grossTotal', value->>'netTotal', 0, value->>'trackingNumber', '', value->>'createdAt', '{}', 0,
          value->>'retailerName'
         FROM json_each(?)`,
      ).bind(list),
      env.DB.prepare(
        `INSERT INTO order_lines (order_id, product_id, position, name, sku, unit_retail, unit_price, quantity,
          stock_tracked)
         SELECT 'order-' || (placed.value->>'number'), 'p' || line.key, line.key, line.value->>'name',
          line.value->>'sku', line.value->>'unitRetail', line.value->>'unitPrice', line.value->>'quantity', 0
         FROM json_each(?) AS placed, json_each(placed.value->'lines') AS line`,
      ).bind(list),
      env.DB.prepare(
        `INSERT INTO order_events (order_id, revision, change_id, at, actor, kind, changes, comment, emailed)
         SELECT 'order-' || (value->>'number'), 1, 'c' || (value->>'number'), 0, ?, 'placed', '{}', '', 0
         FROM json_each(?)`,
      ).bind(JSON.stringify(owner), list),
    ])
  }
}

/** A line with its own words and amounts. */
export function aLine(over: Partial<ExportedLine> = {}): ExportedLine {
  return { sku: 'MUG', name: 'Mug', quantity: 1, unitRetail: 2000, unitPrice: 1000, ...over }
}
