import { and, asc, desc, eq, gt, lt, type SQL } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { orders, retailers } from '../db/schema.ts'
import type { OrderStatus, PaymentStatus } from './order.ts'

export interface OrderFilter {
  status?: OrderStatus
  paymentStatus?: PaymentStatus
  retailerId?: string
}

/** Where a page starts: below an order number (older) or above it (newer); the newest page without either. */
export type OrderCursor = { olderThan?: number; newerThan?: number }

/**
 * One page of orders by number, and one row more that tells whether there is a next page. Each combination of
 * filters has an index that ends in the number, so it reads as many rows as it answers.
 */
export function orderPageQuery(db: Db, filter: OrderFilter, cursor: OrderCursor, limit: number) {
  const conditions: SQL[] = []
  if (filter.status) conditions.push(eq(orders.status, filter.status))
  if (filter.paymentStatus) conditions.push(eq(orders.paymentStatus, filter.paymentStatus))
  if (filter.retailerId) conditions.push(eq(orders.retailerId, filter.retailerId))
  if (cursor.olderThan !== undefined) conditions.push(lt(orders.number, cursor.olderThan))
  if (cursor.newerThan !== undefined) conditions.push(gt(orders.number, cursor.newerThan))
  return db.sql
    .select({
      number: orders.number,
      date: orders.date,
      status: orders.status,
      paymentStatus: orders.paymentStatus,
      netTotal: orders.netTotal,
      grossTotal: orders.grossTotal,
      createdAt: orders.createdAt,
      retailerName: retailers.name,
    })
    .from(orders)
    .leftJoin(retailers, eq(retailers.id, orders.retailerId))
    .where(and(...conditions))
    .orderBy(cursor.newerThan === undefined ? desc(orders.number) : asc(orders.number))
    .limit(limit + 1)
}
