import { and, desc, eq, sql } from 'drizzle-orm'
import { type Db, prefixed } from '../db/client.ts'
import { orderEvents, orderLines, orderRequests, orders, products } from '../db/schema.ts'
import { NEW_SHOPS } from '../signed-link.ts'
import { linesQuery, orderQuery, requestColumns } from './order-store.ts'

/** Among so many of its newest orders a retailer's last request is looked for. */
const LOOKED_THROUGH = 20

/** An order with this number, if it is this retailer's. */
export const ownOrderQuery = (db: Db, retailerId: string, number: number) =>
  orderQuery(db, isOwn(retailerId, number))
export const ownLinesQuery = (db: Db, retailerId: string, number: number) =>
  linesQuery(db, isOwn(retailerId, number))

/**
 * The request with this id, if it was sent through the link with this id. Once staff say that it is another retailer's
 * it has that one's prices.
 */
export const sentOrderQuery = (db: Db, linkId: string, id: string) => orderQuery(db, isSent(linkId, id))
export const sentLinesQuery = (db: Db, linkId: string, id: string) => linesQuery(db, isSent(linkId, id))

/** The order with this id, whoever placed it, with the digest of what was asked for then. */
export function placedByQuery(db: Db, id: string) {
  const { number, createdBy } = orders
  return db.sql
    .select({ number, createdBy, digest: orderEvents.requestDigest })
    .from(orders)
    .innerJoin(orderEvents, and(eq(orderEvents.orderId, orders.id), eq(orderEvents.revision, 1)))
    .where(eq(orders.id, id))
}
export type PlacedBy = Awaited<ReturnType<typeof placedByQuery>>[number]

function isOwn(retailerId: string, number: number) {
  return and(eq(orders.number, number), eq(orders.retailerId, retailerId))!
}

function isSent(linkId: string, id: string) {
  const { createdBy, retailerId } = orders
  const isFromLink = sql`${createdBy}->>'kind' = 'retailer' AND ${createdBy}->>'id' = ${linkId}`
  return and(eq(orders.id, id), isFromLink, linkId === NEW_SHOPS ? undefined : eq(retailerId, linkId))!
}

/**
 * The newest entries of an order's history, at most `limit`. Here `emailed` says that the shop was written to, which it
 * is not where only the notification e-mails were.
 */
export function eventsForShopQuery(db: Db, number: number, limit: number) {
  const { orderId, revision, at, actor, kind, changes, comment } = orderEvents
  const emailed = sql`EXISTS (SELECT 1 FROM mails
    WHERE mails.order_id = ${orderId} AND mails.revision = ${revision} AND audience = 'retailer')`
  return db.sql
    .select({
      ...{ revision, at, actor, kind, changes, comment },
      emailed: emailed.mapWith(Boolean).as('emailed'),
    })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderId))
    .where(eq(orders.number, number))
    .orderBy(desc(revision))
    .limit(limit)
}

/** The lines of a retailer's own order, each with its product as far as shops may still see it. */
export function againLinesQuery(db: Db, retailerId: string, number: number) {
  const { name, quantity, unitPrice } = orderLines
  return db.sql
    .select({
      ...{ name, quantity, unitPrice },
      product: prefixed('product', {
        number: products.number,
        retailPrice: products.retailPrice,
        wholesalePrice: products.wholesalePrice,
        caseSize: products.caseSize,
      }),
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .leftJoin(products, sql`${products.id} = ${orderLines.productId} AND offered = 1`)
    .where(isOwn(retailerId, number))
    .orderBy(orderLines.position)
}
export type AgainLine = Awaited<ReturnType<typeof againLinesQuery>>[number]

/** What this retailer wrote when it last sent a request. */
export function lastRequestQuery(db: Db, retailerId: string) {
  const newest = db.sql
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.retailerId, retailerId))
    .orderBy(desc(orders.number))
    .limit(LOOKED_THROUGH)
  return db.sql
    .select(requestColumns)
    .from(orderRequests)
    .innerJoin(orders, eq(orders.id, orderRequests.orderId))
    .where(sql`${orderRequests.orderId} IN ${newest}`)
    .orderBy(desc(orders.number))
    .limit(1)
}
