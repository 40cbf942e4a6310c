import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { matchExpression } from '../db/full-text.ts'
import { productStock, products } from '../db/schema.ts'

/** So many of the newest matches are sorted by name for a picker: a bound on what one search reads. */
const MAX_CANDIDATES = 100

const available = sql<number>`COALESCE(${productStock.onHand} - ${productStock.reserved}, 0)`

function pickedProducts(db: Db) {
  const { id, name, sku, retailPrice, wholesalePrice, caseSize, stockTracked } = products
  return db.sql
    .select({
      ...{ id, name, sku, retailPrice, wholesalePrice, caseSize, stockTracked },
      available: available.as('available'),
    })
    .from(products)
    .leftJoin(productStock, eq(productStock.productId, id))
    .$dynamic()
}

/** The products with these ids, as a picker shows them; archived ones too. */
export function productsByIdQuery(db: Db, ids: string[]) {
  return pickedProducts(db).where(
    sql`${products.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  )
}

/** Products to pick from; `text` is trimmed. */
export function productSearchQuery(db: Db, text: string, limit: number) {
  const { name, sku, number, archived } = products
  const rows = pickedProducts(db)
  if (text === '') return rows.where(eq(archived, false)).orderBy(name, number).limit(limit)
  const match = stateMatch('active', text)
  const found = match
    ? sql`SELECT * FROM (SELECT rowid FROM product_search WHERE product_search MATCH ${match}
        ORDER BY rowid DESC LIMIT ${MAX_CANDIDATES})
        UNION SELECT number FROM products WHERE sku = ${text}`
    : sql`SELECT number FROM products WHERE sku = ${text}`
  // The plus keeps the planner from walking all products by name instead of looking these up.
  return rows
    .where(sql`${number} IN (${found}) AND +${archived} = 0`)
    .orderBy(sql`${sku} = ${text} DESC`, name, number)
    .limit(limit)
}

/** The words typed, within products of that state; null when nothing typed can be found. */
function stateMatch(state: 'active' | 'active low' | 'archived', text: string): string | null {
  const match = matchExpression(text)
  return match && `state : (${state}) AND {name sku collection} : (${match})`
}
