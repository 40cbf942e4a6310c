import { sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { retailers } from '../db/schema.ts'
import { productIdsOf } from './document-store.ts'
import { type OrderProduct, type OrderRetailer, productsOfQuery, retailerQuery } from './order-store.ts'

/** More retailers with one address than a shop has. */
const MAX_SAME_EMAIL = 5

/** Reads what linking decides from beside the order: the retailer, and the products of the order's lines. */
export async function readLinkBasis(
  ctx: Ctx,
  number: number,
  retailerId: string,
): Promise<{ retailer: OrderRetailer | null; products: Map<string, OrderProduct> }> {
  const [retailer, products] = await ctx.db.batch([
    retailerQuery(ctx.db, retailerId),
    productsOfQuery(ctx.db, productIdsOf(number)),
  ])
  return { retailer: retailer[0] ?? null, products: new Map(products.map((one) => [one.id, one])) }
}

/** Active retailers with the e-mail address that the request of this order names, found through the search index. */
export function sameEmailQuery(db: Db, number: number) {
  const { id, name, type, contactName, email, city, rate } = retailers
  const asked = sql`SELECT email FROM order_requests JOIN orders ON id = order_id WHERE orders.number = ${number}`
  // A phrase without a word, as of "-", matches nothing.
  const words = sql`replace(COALESCE(NULLIF((${asked}), ''), '-'), '"', '')`
  const phrase = sql`'state : active AND email : "' || ${words} || '"'`
  return db.sql
    .select({ id, name, type, contactName, email, city, rate })
    .from(retailers)
    .where(
      sql`${retailers.number} IN (SELECT rowid FROM retailer_search WHERE retailer_search MATCH ${phrase} LIMIT 100)
        AND +${email} = (${asked}) COLLATE NOCASE`,
    )
    .orderBy(name)
    .limit(MAX_SAME_EMAIL)
}
