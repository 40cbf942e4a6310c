import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { type Db, reusable, reusableByShape } from '../db/client.ts'
import { matchExpression } from '../db/full-text.ts'
import { productStock, products } from '../db/schema.ts'
import type { ProductFields } from './product.ts'

/** So many of the newest matches are sorted by name for a picker: a bound on what one search reads. */
const MAX_CANDIDATES = 100
/** More collections than a form can usefully suggest. */
const MAX_COLLECTIONS = 200

const stockColumns = {
  onHand: sql<number>`COALESCE(${productStock.onHand}, 0)`.as('on_hand'),
  reserved: sql<number>`COALESCE(${productStock.reserved}, 0)`.as('reserved'),
  available: sql<number>`COALESCE(${productStock.onHand} - ${productStock.reserved}, 0)`.as('available'),
}

export type ProductView = 'all' | 'low' | 'archived'

/** A page starts after or before the product with this number; the first page without either. */
export type ProductCursor = { after?: number; before?: number }

/**
 * One page of products, and one row more that tells whether there is a next page; by name, or the newest first where
 * words were typed. Reads as many rows as it answers, since each view has an index, and its word in the search index.
 * Pages that end before a product come in reverse.
 */
export function productPageQuery(
  db: Db,
  { view, search }: { view: ProductView; search: string },
  cursor: ProductCursor,
  limit: number,
) {
  const backwards = cursor.before !== undefined
  if (search !== '') {
    const numbers = foundNumbers(view, search, cursor, limit + 1)
    const { number } = products
    return listedProducts(db)
      .where(sql`${number} IN (${numbers})`)
      .orderBy(backwards ? asc(number) : desc(number))
      .limit(limit + 1)
  }
  const from = cursor.after ?? cursor.before
  const shape = { view, backwards, isContinued: from !== undefined }
  return productPage(db, shape, { from, limit: limit + 1 })
}

function listedProducts(db: Db) {
  const { id, number, name, sku, collection, retailPrice, stockTracked, lowStock, photo } = products
  return db.sql
    .select({
      ...{ id, number, name, sku, collection, retailPrice, stockTracked, lowStock, photo },
      ...stockColumns,
    })
    .from(products)
    .leftJoin(productStock, eq(productStock.productId, id))
}

interface ProductPageShape {
  view: ProductView
  backwards: boolean
  isContinued: boolean
}

const productPage = reusableByShape((db, { view, backwards, isContinued }: ProductPageShape) => {
  const { name, number, archived, lowStock } = products
  const place = sql`(SELECT name, number FROM products WHERE number = ${sql.placeholder('from')})`
  return listedProducts(db)
    .where(
      and(
        eq(archived, view === 'archived'),
        view === 'low' ? eq(lowStock, true) : undefined,
        isContinued ? sql`(${name}, ${number}) ${sql.raw(backwards ? '<' : '>')} ${place}` : undefined,
      ),
    )
    .orderBy(...(backwards ? [desc(name), desc(number)] : [asc(name), asc(number)]))
    .limit(sql.placeholder('limit'))
})

function foundNumbers(view: ProductView, search: string, { after, before }: ProductCursor, limit: number) {
  const state = { all: 'active', low: 'active low', archived: 'archived' } as const
  const match = stateMatch(state[view], search)
  if (!match) return sql`SELECT NULL`
  // The index seeks only to a true integer, and JavaScript's numbers arrive as reals.
  const seek = (number: number) => sql`CAST(${number} AS INTEGER)`
  const conditions: SQL[] = [sql`product_search MATCH ${match}`]
  if (after !== undefined) conditions.push(sql`rowid < ${seek(after)}`)
  if (before !== undefined) conditions.push(sql`rowid > ${seek(before)}`)
  const direction = sql.raw(before === undefined ? 'DESC' : 'ASC')
  return sql`SELECT rowid FROM product_search WHERE ${and(...conditions)} ORDER BY rowid ${direction} LIMIT ${limit}`
}

/** The words typed, within products of that state; null when nothing typed can be found. */
function stateMatch(state: 'active' | 'active low' | 'archived', text: string): string | null {
  const match = matchExpression(text)
  return match && `state : (${state}) AND {name sku collection} : (${match})`
}

function pickedProducts(db: Db) {
  const { id, name, sku, retailPrice, wholesalePrice, caseSize, stockTracked, archived } = products
  const { available } = stockColumns
  return db.sql
    .select({ id, name, sku, retailPrice, wholesalePrice, caseSize, stockTracked, archived, available })
    .from(products)
    .leftJoin(productStock, eq(productStock.productId, id))
}

/** The products with these ids, or those that a query answers, as a picker shows them; archived ones too. */
export function productsByIdQuery(db: Db, ids: string[] | SQL) {
  if (Array.isArray(ids)) return productsByIds(db, { ids: JSON.stringify(ids) })
  return pickedProducts(db).where(sql`${products.id} IN (${ids})`)
}

const productsByIds = reusable((db) =>
  pickedProducts(db).where(sql`${products.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
)

/** Products to pick from; `text` is trimmed. */
export function productSearchQuery(db: Db, text: string, limit: number) {
  if (text === '') return firstProducts(db, { limit })
  const { name, sku, number, archived } = products
  const exact = sql`SELECT number FROM products WHERE sku = ${text}`
  const found = sql`SELECT * FROM (${foundNumbers('all', text, {}, MAX_CANDIDATES)}) UNION ${exact}`
  // The plus keeps the planner from walking all products by name instead of looking these up.
  return pickedProducts(db)
    .where(sql`${number} IN (${found}) AND +${archived} = 0`)
    .orderBy(sql`${sku} = ${text} DESC`, name, number)
    .limit(limit)
}

const firstProducts = reusable((db) =>
  pickedProducts(db)
    .where(eq(products.archived, false))
    .orderBy(products.name, products.number)
    .limit(sql.placeholder('limit')),
)

const fieldColumns = {
  sku: products.sku,
  name: products.name,
  collection: products.collection,
  description: products.description,
  retailPrice: products.retailPrice,
  wholesalePrice: products.wholesalePrice,
  caseSize: products.caseSize,
  stockTracked: products.stockTracked,
  lowStockThreshold: products.lowStockThreshold,
  listed: products.listed,
}

/** One product with its stock, as D1 last heard of it. */
export function productQuery(db: Db, productId: string) {
  const { id, archived, lowStock, revision, updatedAt, photo } = products
  return db.sql
    .select({ id, ...fieldColumns, archived, lowStock, revision, updatedAt, photo, ...stockColumns })
    .from(products)
    .leftJoin(productStock, eq(productStock.productId, id))
    .where(eq(id, productId))
}

export type Product = Awaited<ReturnType<typeof productQuery>>[number]

export type Collection = { collection: string }

/** The names of the collections there are. Hops from one to the next in the index, so it reads a row or two each. */
export function collectionsQuery(db: Db) {
  return db.statement<Collection>(sql`
    WITH RECURSIVE found (collection) AS (
      SELECT MIN(collection) FROM products WHERE collection > ''
      UNION ALL
      SELECT (SELECT MIN(products.collection) FROM products WHERE products.collection > found.collection)
      FROM found WHERE found.collection IS NOT NULL
    )
    SELECT collection FROM found WHERE collection IS NOT NULL LIMIT ${MAX_COLLECTIONS}`)
}

/** Throws a unique conflict when the id or the SKU is taken. */
export async function insertProduct(ctx: Ctx, id: string, fields: ProductFields): Promise<void> {
  const { now, actor } = ctx
  const made = { revision: 1, createdAt: now, updatedAt: now, updatedBy: actor }
  await ctx.db.batch([ctx.db.sql.insert(products).values({ id, ...fields, archived: false, ...made })])
}

/** Writes the fields over this very revision; answers whether it was still there. Throws when the SKU is taken. */
export async function updateProduct(
  ctx: Ctx,
  { id, revision }: { id: string; revision: number },
  fields: ProductFields,
): Promise<boolean> {
  const [updated] = await ctx.db.batch([
    ctx.db.sql
      .update(products)
      .set({ ...fields, revision: revision + 1, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(and(eq(products.id, id), eq(products.revision, revision)))
      .returning({ id: products.id }),
  ])
  return updated.length > 0
}

/** Archives or brings back; answers false for an unknown product. As it already is, it stays untouched. */
export async function setArchived(ctx: Ctx, id: string, archived: boolean): Promise<boolean> {
  const [, found] = await ctx.db.batch([
    ctx.db.sql
      .update(products)
      .set({ archived, revision: sql`${products.revision} + 1`, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(and(eq(products.id, id), eq(products.archived, !archived))),
    ctx.db.sql.select({ id: products.id }).from(products).where(eq(products.id, id)),
  ])
  return found.length > 0
}

/** The products that have this id or this SKU: at most two. */
export async function readHolders(ctx: Ctx, id: string, sku: string) {
  const [holders] = await ctx.db.batch([
    ctx.db.sql
      .select({ id: products.id, ...fieldColumns, revision: products.revision })
      .from(products)
      .where(or(eq(products.id, id), eq(products.sku, sku))),
  ])
  return holders
}
