import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { consignedStock, orders, products, transactions } from '../db/schema.ts'
import type { Order } from '../orders/order.ts'
import { totalsOf } from '../orders/totals.ts'

/**
 * What finalising writes beside the order: a delivery its transaction, a voiding the reversal, both dated today, and
 * for consignment the units that now stand at the retailer or no longer do (DOMAIN.md §3).
 */
export function transactionStatements(
  ctx: Ctx,
  change: { before: Order | null; after: Omit<Order, 'number'>; comment: string; today: string },
) {
  const { before, after } = change
  const delivers = after.status === 'delivered' && before?.status !== 'delivered'
  const voids = after.voided && !before?.voided
  if (!(delivers || voids) || !after.retailerId) return []
  const sign = voids ? -1 : 1
  const { grossTotal, netTotal } = totalsOf(after.type, after.lines, after)
  const transaction = ctx.db.sql.insert(transactions).values({
    ...{ id: after.attempt, orderId: after.id, retailerId: after.retailerId },
    ...{ grossTotal: sign * grossTotal, netTotal: sign * netTotal },
    kind: voids ? 'void' : after.type === 'wholesale' ? 'sale' : 'consignment_delivery',
    ...{ date: change.today, at: ctx.now, actor: ctx.actor, reason: voids ? change.comment : '' },
  })
  if (after.type === 'wholesale') return [transaction]
  const units = after.lines.map(({ productId, quantity }) => ({ productId, quantity: sign * quantity }))
  return [transaction, consignStatement(ctx.db, after.retailerId, units, voids)]
}

/** Fewer units than none fail the check of the table, and with it the whole batch. */
function consignStatement(
  db: Db,
  retailerId: string,
  units: { productId: string; quantity: number }[],
  takesBack: boolean,
) {
  const list = JSON.stringify(units)
  if (takesBack) {
    return db.statement(sql`UPDATE consigned_stock SET quantity = quantity + change.value->>'quantity'
      FROM json_each(${list}) AS change
      WHERE retailer_id = ${retailerId} AND product_id = change.value->>'productId'`)
  }
  return db.statement(sql`INSERT INTO consigned_stock
    SELECT ${retailerId}, value->>'productId', value->>'quantity' FROM json_each(${list})
    WHERE true ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity`)
}

/** A row of a retailer's transaction history; amounts in minor units, `date` the business's day. */
export type RetailerTransaction = Awaited<ReturnType<typeof transactionsQuery>>[number]

/** A retailer's transactions, newest first, below the transaction number `before` if one is given. */
export function transactionsQuery(db: Db, retailerId: string, limit: number, before?: number) {
  const { number, kind, grossTotal, netTotal, date, reason } = transactions
  return db.sql
    .select({
      ...{ kind, grossTotal, netTotal, date, reason },
      number: sql<number>`${number}`.as('transaction_number'),
      orderNumber: sql<number>`${orders.number}`.as('order_number'),
    })
    .from(transactions)
    .innerJoin(orders, eq(orders.id, transactions.orderId))
    .where(
      and(eq(transactions.retailerId, retailerId), before === undefined ? undefined : lt(number, before)),
    )
    .orderBy(desc(number))
    .limit(limit)
}

/** Units of one product that stand at a retailer. */
export type ConsignedProduct = Awaited<ReturnType<typeof consignedStockQuery>>[number]

/** The units that stand at a consignment retailer, per product, at most `limit` products. */
export function consignedStockQuery(db: Db, retailerId: string, limit: number) {
  const { productId, quantity } = consignedStock
  return db.sql
    .select({
      productId,
      quantity,
      name: products.name,
      sku: products.sku,
      retailPrice: products.retailPrice,
    })
    .from(consignedStock)
    .innerJoin(products, eq(products.id, productId))
    .where(sql`${consignedStock.retailerId} = ${retailerId} AND ${quantity} > 0`)
    .orderBy(products.name)
    .limit(limit)
}
