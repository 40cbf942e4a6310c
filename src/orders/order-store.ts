import { and, asc, desc, eq, getTableColumns, lt, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { type Db, prefixed, reusable } from '../db/client.ts'
import { orderEvents, orderLines, orderRequests, orders, products, retailers } from '../db/schema.ts'
import type { OutboxMail } from '../mail/outbox-store.ts'
import { outboxStatement } from '../mail/outbox-store.ts'
import { transactionStatements } from '../sales/transaction-store.ts'
import { type Settings, settingsQuery } from '../settings/settings-store.ts'
import type { EventChanges, EventKind, OrderEvent } from './history.ts'
import type { Line, Order, OrderRequest } from './order.ts'
import type { Statement } from './statement.ts'
import { totalsOf } from './totals.ts'

const retailerColumns = {
  id: retailers.id,
  name: retailers.name,
  type: retailers.type,
  contactName: retailers.contactName,
  email: retailers.email,
  rate: retailers.rate,
  active: retailers.active,
}
export type OrderRetailer = Pick<typeof retailers.$inferSelect, keyof typeof retailerColumns>

/** What a shop wrote, as columns. */
export const requestColumns = {
  businessName: orderRequests.businessName,
  contactName: orderRequests.contactName,
  email: orderRequests.email,
  phone: orderRequests.phone,
  street: orderRequests.street,
  city: orderRequests.city,
  region: orderRequests.region,
  postcode: orderRequests.postcode,
  country: orderRequests.country,
  wantedDate: orderRequests.wantedDate,
  note: orderRequests.note,
} satisfies Record<keyof OrderRequest, unknown>

const productColumns = {
  id: products.id,
  name: products.name,
  sku: products.sku,
  retailPrice: products.retailPrice,
  wholesalePrice: products.wholesalePrice,
  stockTracked: products.stockTracked,
  archived: products.archived,
}
export type OrderProduct = Pick<typeof products.$inferSelect, keyof typeof productColumns>

/** Everything that a change of an order decides from, as one round trip to the primary read it. */
export interface OrderBasis {
  settings: Settings
  order: Order | null
  retailer: OrderRetailer | null
  products: Map<string, OrderProduct>
  /** What this very change id made before, if it was used. The digest is null in entries from before there was one. */
  alreadyDone: { revision: number; digest: string | null } | null
}

/** Reads an order by number for a change, with the products that the change adds. */
export async function readBasis(
  ctx: Ctx,
  number: number,
  changeId: string,
  productIds: string[],
): Promise<OrderBasis> {
  const { db } = ctx
  const [settings, found, lines, done, productRows] = await db.batch([
    settingsQuery(db),
    orderByNumberQuery(db, { number }),
    linesByNumberQuery(db, { number }),
    db.sql
      .select({ revision: orderEvents.revision, digest: orderEvents.requestDigest })
      .from(orderEvents)
      .innerJoin(orders, eq(orders.id, orderEvents.orderId))
      .where(and(eq(orderEvents.changeId, changeId), eq(orders.number, number))),
    productsQuery(db, productIds),
  ])
  return {
    settings: settings[0]!,
    order: found[0] ? orderFrom(found[0], lines) : null,
    retailer: found[0] ? retailerFrom(found[0].retailer) : null,
    products: new Map(productRows.map((product) => [product.id, product])),
    alreadyDone: done[0] ?? null,
  }
}

/** Reads what placing an order decides from: the order that this id may have made before, retailer and products. */
export async function readPlacementBasis(
  ctx: Ctx,
  orderId: string,
  retailerId: string,
  productIds: string[],
): Promise<{
  settings: Settings
  placed: { number: number; digest: string | null } | null
  retailer: OrderRetailer | null
  products: Map<string, OrderProduct>
}> {
  const { db } = ctx
  const [settings, placed, retailer, productRows] = await db.batch([
    settingsQuery(db),
    db.sql
      .select({ number: orders.number, digest: orderEvents.requestDigest })
      .from(orders)
      .innerJoin(orderEvents, and(eq(orderEvents.orderId, orders.id), eq(orderEvents.revision, 1)))
      .where(eq(orders.id, orderId)),
    retailerQuery(db, retailerId),
    productsQuery(db, productIds),
  ])
  return {
    settings: settings[0]!,
    placed: placed[0] ?? null,
    retailer: retailer[0] ?? null,
    products: new Map(productRows.map((product) => [product.id, product])),
  }
}

/** What a query of orders needs so that `orderFrom` finds what a shop wrote. */
export const joinedRequest = { request: prefixed('request', requestColumns) }

export function orderQuery(db: Db, where: ReturnType<typeof eq>) {
  return db.sql
    .select({
      order: getTableColumns(orders),
      retailer: prefixed('retailer', retailerColumns),
      ...joinedRequest,
    })
    .from(orders)
    .leftJoin(retailers, eq(retailers.id, orders.retailerId))
    .leftJoin(orderRequests, eq(orderRequests.orderId, orders.id))
    .where(where)
}

export function linesQuery(db: Db, where: ReturnType<typeof eq>) {
  const { productId, name, sku, unitRetail, unitPrice, quantity, stockTracked } = orderLines
  return db.sql
    .select({ productId, name, sku, unitRetail, unitPrice, quantity, stockTracked })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(where)
    .orderBy(asc(orderLines.position))
}

const isNumbered = eq(orders.number, sql.placeholder('number'))
export const orderByNumberQuery = reusable((db) => orderQuery(db, isNumbered))
export const linesByNumberQuery = reusable((db) => linesQuery(db, isNumbered))

const retailerById = reusable((db) =>
  db.sql
    .select(retailerColumns)
    .from(retailers)
    .where(eq(retailers.id, sql.placeholder('id'))),
)
export const retailerQuery = (db: Db, id: string) => retailerById(db, { id })

const productsByIds = reusable((db) =>
  db.sql
    .select(productColumns)
    .from(products)
    .where(sql`${products.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
)
/** The products that a query answers the ids of. */
export const productsOfQuery = (db: Db, ids: SQL) =>
  db.sql.select(productColumns).from(products).where(sql`${products.id} IN (${ids})`)
export const productsQuery = (db: Db, ids: string[]) => productsByIds(db, { ids: JSON.stringify(ids) })

/** The joined retailer, or null where a request has none yet. */
export function retailerFrom(row: { [Key in keyof OrderRetailer]: OrderRetailer[Key] | null }) {
  return row.id === null ? null : (row as OrderRetailer)
}

export function orderFrom(
  found: {
    order: typeof orders.$inferSelect
    request: { [Key in keyof OrderRequest]: OrderRequest[Key] | null }
  },
  lines: Line[],
): Order {
  const row = found.order
  const { id, number, revision, attempt, retailerId, type, status, paymentStatus, pull, voided, rate, date } =
    row
  const { poNumber, discount, shipping, otherCharges, tax, trackingNumber, invoiceLink } = row
  const { shipBy, linkVersion } = row
  return {
    ...{ id, number, revision, attempt, retailerId, type, status, paymentStatus, pull, voided, rate, date },
    ...{ poNumber, discount, shipping, otherCharges, tax, trackingNumber, invoiceLink, lines },
    ...{ shipBy, linkVersion },
    request: found.request.businessName === null ? null : (found.request as OrderRequest),
  }
}

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
  mails: OutboxMail[]
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
    db.statement(sql`INSERT INTO stock_decisions VALUES (${after.attempt}, 'commit', ${ctx.now})`),
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

function insertOrder(ctx: Ctx, order: Omit<Order, 'number'>) {
  return ctx.db.sql
    .insert(orders)
    .values({
      ...columnsOf(ctx, order),
      // The first order is 1001. MAX of the primary key is one seek, and orders are never deleted.
      number: sql`(SELECT COALESCE(MAX(number), 1000) + 1 FROM orders)` as unknown as number,
      createdAt: ctx.now,
      createdBy: ctx.actor,
      retailerName: retailerNameOf(order),
    })
    .returning({ number: orders.number })
}

/** The name by which lists show and find an order. */
function retailerNameOf({ retailerId, request }: Omit<Order, 'number'>) {
  return sql`COALESCE((SELECT name FROM retailers WHERE id = ${retailerId}), ${request?.businessName ?? ''})` as unknown as string
}

function updateOrder(ctx: Ctx, before: Order, order: Omit<Order, 'number'>) {
  const isLinked = before.retailerId !== order.retailerId
  return ctx.db.sql
    .update(orders)
    .set({ ...columnsOf(ctx, order), ...(isLinked ? { retailerName: retailerNameOf(order) } : {}) })
    .where(eq(orders.id, order.id))
    .returning({ number: orders.number })
}

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
    ...(changed.length > 0
      ? [
          db.statement(sql`INSERT INTO order_lines
            SELECT ${after.id}, value->>'productId', value->>'position', value->>'name', value->>'sku',
              value->>'unitRetail', value->>'unitPrice', value->>'quantity', value->>'stockTracked'
            FROM json_each(${JSON.stringify(changed)}) WHERE true
            ON CONFLICT DO UPDATE SET position = excluded.position, unit_price = excluded.unit_price,
              quantity = excluded.quantity`),
        ]
      : []),
  ]
}

function insertEvent(ctx: Ctx, { after, changeId, digest, kind, changes, ...said }: OrderChange) {
  const { comment, statement, mails } = said
  return ctx.db.sql.insert(orderEvents).values({
    ...{ orderId: after.id, revision: after.revision, changeId, requestDigest: digest, at: ctx.now, kind },
    ...{ actor: ctx.actor, changes, comment, emailed: mails.length > 0, statement },
  })
}

const newestEvents = reusable((db) => {
  const { revision, at, actor, kind, changes, comment, emailed } = orderEvents
  return db.sql
    .select({ revision, at, actor, kind, changes, comment, emailed })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(and(isNumbered, lt(orderEvents.revision, sql.placeholder('before'))))
    .orderBy(desc(orderEvents.revision))
    .limit(sql.placeholder('limit'))
})

/** The newest entries of an order's history, at most `limit`, below revision `before` if one is given. */
export function eventsQuery(db: Db, number: number, limit: number, before: number | null) {
  return newestEvents(db, { number, limit, before: before ?? Number.MAX_SAFE_INTEGER })
}

export function eventFrom(row: Awaited<ReturnType<typeof eventsQuery>>[number]): OrderEvent {
  return { ...row, kind: row.kind as EventKind, changes: row.changes as EventChanges }
}

/** One entry of an order's history. */
export async function readEvent(ctx: Ctx, number: number, revision: number): Promise<OrderEvent | null> {
  const [rows] = await ctx.db.batch([eventsQuery(ctx.db, number, 1, revision + 1)])
  return rows[0]?.revision === revision ? eventFrom(rows[0]) : null
}
