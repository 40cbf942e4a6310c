import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { type Db, prefixed, reusable } from '../db/client.ts'
import {
  orderEvents,
  orderLines,
  orderRequests,
  orders,
  products,
  retailers,
  settings,
} from '../db/schema.ts'
import { type Settings, settingsColumns, settingsQuery } from '../settings/settings-store.ts'
import type { Line, Order, OrderRequest } from './order.ts'

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

// One statement for three rows: each statement of a batch costs D1 about as much as finding its row.
const placementQuery = reusable((db) =>
  db.sql
    .select({
      ...settingsColumns,
      placed: prefixed('placed', { number: orders.number, digest: orderEvents.requestDigest }),
      retailer: prefixed('retailer', retailerColumns),
    })
    .from(settings)
    .leftJoin(retailers, eq(retailers.id, sql.placeholder('retailerId')))
    .leftJoin(orders, eq(orders.id, sql.placeholder('orderId')))
    .leftJoin(orderEvents, and(eq(orderEvents.orderId, orders.id), eq(orderEvents.revision, 1)))
    .where(eq(settings.id, 1)),
)

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
  const [found, productRows] = await db.batch([
    placementQuery(db, { orderId, retailerId }),
    productsQuery(db, productIds),
  ])
  const { placed, retailer, ...settings } = found[0]!
  return {
    settings,
    placed: placed.number === null ? null : { number: placed.number, digest: placed.digest },
    retailer: retailerFrom(retailer),
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
