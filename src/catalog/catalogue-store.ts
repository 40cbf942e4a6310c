import { and, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { matchExpression } from '../db/full-text.ts'
import { products } from '../db/schema.ts'

/** What a list shows of a description; one character more is read, which tells that there is more. */
export const LISTED_DESCRIPTION_CHARACTERS = 300
/** So many of the newest matches are shown: a bound on what one search reads. */
export const MAX_FOUND = 60

/** A page starts after this product; its values travel in the address, so that they tell nothing of others. */
export type CatalogueCursor = [collection: string, name: string, number: number]

// Computed by the database (migration 0011), whose index serves only what asks for it in these words.
const isOffered = sql`offered = 1`
const inOrder = sql`uncollected, ${products.collection}, ${products.name}, ordinal`

function offeredProducts(db: Db, description: SQL<string>) {
  const { number, id, sku, name, collection, retailPrice, wholesalePrice, caseSize, stockTracked } = products
  return db.sql
    .select({
      ...{ number, id, sku, name, collection, retailPrice, wholesalePrice, caseSize, stockTracked },
      photo: products.photo,
      description: description.as('description'),
    })
    .from(products)
    .$dynamic()
}

function listedProducts(db: Db) {
  return offeredProducts(db, sql`substr(${products.description}, 1, ${LISTED_DESCRIPTION_CHARACTERS + 1})`)
}

/** One product with its whole description, if shops may see it. */
export function offerQuery(db: Db, number: number) {
  return offeredProducts(db, sql`${products.description}`).where(
    sql`${products.number} = ${number} AND ${isOffered}`,
  )
}

/** A product as shops may see it: no stock, no costs. Prices are in minor units. */
export type ListedProduct = Awaited<ReturnType<typeof cataloguePageQuery>>[number]

/** The products for shops by collection and name, from a cursor on, and one more that tells whether there is more. */
export function cataloguePageQuery(db: Db, cursor: CatalogueCursor | null, limit: number) {
  const after = cursor
    ? sql`(uncollected, ${products.collection}, ${products.name}, ordinal) >
        (${cursor[0] === '' ? 1 : 0}, ${cursor[0]}, ${cursor[1]}, ${cursor[2]})`
    : undefined
  return listedProducts(db)
    .where(and(isOffered, after))
    .orderBy(inOrder)
    .limit(limit + 1)
}

/** The products for shops that have every word typed; the newest MAX_FOUND of them, by collection and name. */
export function catalogueSearchQuery(db: Db, typed: string) {
  const match = matchExpression(typed)
  const within = match && `state : (active listed) AND {name sku collection} : (${match})`
  const found = sql`SELECT rowid FROM product_search WHERE product_search MATCH ${within} ORDER BY rowid DESC LIMIT ${MAX_FOUND}`
  return listedProducts(db)
    .where(within ? sql`${products.number} IN (${found}) AND ${isOffered}` : sql`false`)
    .orderBy(inOrder)
}

/** Those of the products with these numbers that shops may see, in no order. */
export function chosenProductsQuery(db: Db, numbers: number[]) {
  const chosen = sql`SELECT value FROM json_each(${JSON.stringify(numbers)})`
  return listedProducts(db).where(sql`${products.number} IN (${chosen}) AND ${isOffered}`)
}
