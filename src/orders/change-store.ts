import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { type Db, placeholders, reusable } from '../db/client.ts'
import { orderEvents, orderRequests, orders, stockDecisions } from '../db/schema.ts'
import { type CausedMail, outboxStatement } from '../mail/outbox-store.ts'
import { transactionStatements } from '../sales/transaction-store.ts'
import type { EventChanges, EventKind } from './history.ts'
import type { Order } from './order.ts'
import type { Statement } from './statement.ts'
import { totalsOf } from './totals.ts'

/** What one accepted change writes, all of it in one transaction. */
export interface OrderChange {
  before: Order | null
  after: Omit<Order, 'number'>
  changeId: string
  digest: string
  kind: EventKind
  changes: EventChanges
  comment: string
  statement: Statement | null
  mails: CausedMail[]
  /** The business's own day, 'YYYY-MM-DD'. */
  today: string
}

/**
 * Commits a change: the decision, the event, the order with its lines, the transaction of a delivery and the outbox.
 * Throws a unique conflict when somebody else was first, the attempt was abandoned, or the change id was used.
 */
export async function writeChange(ctx: Ctx, change: OrderChange): Promise<{ number: number }> {
  const { db } = ctx
  const { after } = change
  const [, saved] = await db.batch([
    commitDecision(db, { attempt: after.attempt, at: ctx.now }),
    change.before ? updateOrder(ctx, change.before, after) : insertOrder(ctx, after),
    ...(change.before || !after.request
      ? []
      : [db.sql.insert(orderRequests).values({ orderId: after.id, ...after.request })]),
    ...linesStatements(db, change),
    insertEvent(ctx, change),
    ...transactionStatements(ctx, change),
    ...(change.mails.length > 0 ? [outboxStatement(ctx, after.id, after.revision, change.mails)] : []),
  ])
  return saved[0]!
}

const commitDecision = reusable((db) =>
  db.sql
    .insert(stockDecisions)
    .values({ attempt: sql.placeholder('attempt'), decision: 'commit', at: sql.placeholder('at') }),
)

function columnsOf(ctx: Ctx, order: Omit<Order, 'number'>) {
  const { id, revision, attempt, retailerId, type, status, paymentStatus, pull, voided, rate, date, lines } =
    order
  const { poNumber, discount, shipping, otherCharges, tax, trackingNumber, invoiceLink } = order
  const { shipBy, linkVersion } = order
  const { grossTotal, netTotal, amountDue } = totalsOf(type, lines, order)
  return {
    ...{ id, revision, attempt, retailerId, type, status, paymentStatus, pull, voided, rate, date },
    ...{ poNumber, discount, shipping, otherCharges, tax, trackingNumber, invoiceLink, shipBy, linkVersion },
    ...{ grossTotal, netTotal, amountDue, updatedAt: ctx.now },
  }
}

const orderInsert = reusable((db) =>
  db.sql
    .insert(orders)
    .values({
      ...placeholders(getTableColumns(orders)),
      // The first order is 1001. MAX of the primary key is one seek, and orders are never deleted.
      number: sql`(SELECT COALESCE(MAX(number), 1000) + 1 FROM orders)` as unknown as number,
      retailerName: retailerNameOf(sql.placeholder('retailerId'), sql.placeholder('requestName')),
    })
    .returning({ number: orders.number }),
)

function insertOrder(ctx: Ctx, order: Omit<Order, 'number'>) {
  return orderInsert(ctx.db, {
    ...columnsOf(ctx, order),
    ...{ createdAt: ctx.now, createdBy: ctx.actor, requestName: order.request?.businessName ?? '' },
  })
}

/** The name by which lists show and find an order: its retailer's, or what the shop of a request calls itself. */
function retailerNameOf(retailerId: unknown, requestName: unknown) {
  return sql`COALESCE((SELECT name FROM retailers WHERE id = ${retailerId}), ${requestName})` as unknown as string
}

function updateOrder(ctx: Ctx, before: Order, order: Omit<Order, 'number'>) {
  const isLinked = before.retailerId !== order.retailerId
  return ctx.db.sql
    .update(orders)
    .set({
      ...columnsOf(ctx, order),
      ...(isLinked
        ? { retailerName: retailerNameOf(order.retailerId, order.request?.businessName ?? '') }
        : {}),
    })
    .where(eq(orders.id, order.id))
    .returning({ number: orders.number })
}

const linesUpsert = reusable((db) =>
  db.statement(sql`INSERT INTO order_lines
    SELECT ${sql.placeholder('orderId')}, value->>'productId', value->>'position', value->>'name', value->>'sku',
      value->>'unitRetail', value->>'unitPrice', value->>'quantity', value->>'stockTracked'
    FROM json_each(${sql.placeholder('lines')}) WHERE true
    ON CONFLICT DO UPDATE SET position = excluded.position, unit_price = excluded.unit_price,
      quantity = excluded.quantity`),
)

function linesStatements(db: Db, { before, after }: OrderChange) {
  const unchanged = new Map(before?.lines.map((line, position) => [line.productId, { line, position }]))
  const changed = after.lines
    .map((line, position) => ({ ...line, position, stockTracked: line.stockTracked ? 1 : 0 }))
    .filter(({ productId, position, quantity, unitPrice }) => {
      const old = unchanged.get(productId)
      return old?.position !== position || old.line.quantity !== quantity || old.line.unitPrice !== unitPrice
    })
  const kept = new Set(after.lines.map((line) => line.productId))
  const removed = before?.lines.map((line) => line.productId).filter((id) => !kept.has(id)) ?? []
  return [
    ...(removed.length > 0
      ? [
          db.statement(sql`DELETE FROM order_lines WHERE order_id = ${after.id}
            AND product_id IN (SELECT value FROM json_each(${JSON.stringify(removed)}))`),
        ]
      : []),
    ...(changed.length > 0 ? [linesUpsert(db, { orderId: after.id, lines: JSON.stringify(changed) })] : []),
  ]
}

const eventInsert = reusable((db) =>
  db.sql.insert(orderEvents).values({
    ...placeholders(getTableColumns(orderEvents)),
    // As text: a placeholder of a JSON column would write null as the text "null".
    statement: sql`${sql.placeholder('statement')}`,
  }),
)

function insertEvent(ctx: Ctx, { after, changeId, digest, kind, changes, ...said }: OrderChange) {
  const { comment, mails } = said
  const statement = said.statement && JSON.stringify(said.statement)
  return eventInsert(ctx.db, {
    ...{ orderId: after.id, revision: after.revision, changeId, requestDigest: digest, at: ctx.now, kind },
    ...{ actor: ctx.actor, changes, comment, emailed: mails.length > 0, statement },
  })
}
