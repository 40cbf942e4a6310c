import { asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { type Db, prefixed } from '../db/client.ts'
import { orderLines, orderRequests, orders, retailers } from '../db/schema.ts'
import { joinedRequest } from './order-store.ts'

const { id, name, contactName, phone, street, city, region, postcode, country } = retailers
const shopColumns = { id, name, contactName, phone, street, city, region, postcode, country }

/** A retailer as an address label shows it. */
export type Shop = Pick<typeof retailers.$inferSelect, keyof typeof shopColumns>

/** The orders with these numbers, and where they go; unknown numbers are left out. */
export function documentOrdersQuery(db: Db, numbers: number[]) {
  return db.sql
    .select({ order: getTableColumns(orders), shop: prefixed('shop', shopColumns), ...joinedRequest })
    .from(orders)
    .leftJoin(retailers, eq(id, orders.retailerId))
    .leftJoin(orderRequests, eq(orderRequests.orderId, orders.id))
    .where(isOneOf(numbers))
}

/** Their lines, each order's in its own order. */
export function documentLinesQuery(db: Db, numbers: number[]) {
  const { productId, name, sku, unitRetail, unitPrice, quantity, stockTracked } = orderLines
  return db.sql
    .select({ order: orders.number, productId, name, sku, unitRetail, unitPrice, quantity, stockTracked })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(isOneOf(numbers))
    .orderBy(asc(orders.number), asc(orderLines.position))
}

function isOneOf(numbers: number[]): SQL {
  return sql`${orders.number} IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`
}

/** The ids of an order's products, as a query inside another one. */
export function productIdsOf(number: number): SQL {
  return sql`SELECT product_id FROM order_lines WHERE order_id = (SELECT id FROM orders WHERE number = ${number})`
}
