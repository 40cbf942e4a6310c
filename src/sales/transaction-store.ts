import { desc, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { consignedStock, orders, transactions } from '../db/schema.ts'
import type { Order } from '../orders/order.ts'
import { totalsOf } from '../orders/totals.ts'

/** What a delivery writes beside the order: its transaction and, for consignment, the units now at the retailer. */
export function transactionStatements(
  ctx: Ctx,
  { before, after, today }: { before: Order | null; after: Omit<Order, 'number'>; today: string },
) {
  if (after.status !== 'delivered' || before?.status === 'delivered' || !after.retailerId) return []
  const { grossTotal, netTotal } = totalsOf(after.type, after.lines, after)
  const transaction = ctx.db.sql.insert(transactions).values({
    ...{ id: after.attempt, orderId: after.id, retailerId: after.retailerId, grossTotal, netTotal },
    kind: after.type === 'wholesale' ? 'sale' : 'consignment_delivery',
    ...{ date: today, at: ctx.now, actor: ctx.actor, reason: '' },
  })
  if (after.type === 'wholesale') return [transaction]
  const units = after.lines.map(({ productId, quantity }) => ({ productId, quantity }))
  const consigned = ctx.db.statement(sql`INSERT INTO consigned_stock
    SELECT ${after.retailerId}, value->>'productId', value->>'quantity' FROM json_each(${JSON.stringify(units)})
    WHERE true ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity`)
  return [transaction, consigned]
}

/** A retailer's transactions, newest first. */
export function transactionsQuery(db: Db, retailerId: string, limit: number) {
  const { number, kind, grossTotal, netTotal, date } = transactions
  return db.sql
    .select({ number, kind, grossTotal, netTotal, date, orderNumber: orders.number })
    .from(transactions)
    .innerJoin(orders, eq(orders.id, transactions.orderId))
    .where(eq(transactions.retailerId, retailerId))
    .orderBy(desc(transactions.number))
    .limit(limit)
}

/** The units that stand at a consignment retailer, per product. */
export function consignedStockQuery(db: Db, retailerId: string) {
  return db.sql.select().from(consignedStock).where(eq(consignedStock.retailerId, retailerId))
}
