import { eq, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db, Statement } from '../db/client.ts'
import { productStock, products } from '../db/schema.ts'
import type { ProductFields } from './product.ts'

// Products by the hundred, as an import writes them: one JSON parameter per statement (PLATFORM.md: D1).

/** Everything of a product that can be written at once. */
export type BulkProduct = ProductFields & { archived: boolean }

/** The products that have these SKUs, in any case of letters, with the stock that D1 last heard of. */
export function productsBySkuQuery(db: Db, skus: string[]) {
  const { id, sku, name, collection, description, retailPrice, wholesalePrice, caseSize } = products
  const { stockTracked, lowStockThreshold, listed, archived, revision } = products
  return db.sql
    .select({
      ...{ id, sku, name, collection, description, retailPrice, wholesalePrice, caseSize, stockTracked },
      ...{ lowStockThreshold, listed, archived, revision },
      onHand: sql<number>`COALESCE(${productStock.onHand}, 0)`.as('on_hand'),
    })
    .from(products)
    .leftJoin(productStock, eq(productStock.productId, id))
    .where(sql`${sku} IN (SELECT value FROM json_each(${JSON.stringify(skus)}))`)
}

export type StoredProduct = Awaited<ReturnType<typeof productsBySkuQuery>>[number]

/** Adds products. Its batch throws a unique conflict when an id or a SKU is taken. */
export function insertProductsStatement(ctx: Ctx, added: (BulkProduct & { id: string })[]): Statement<never> {
  return ctx.db.statement(sql`INSERT INTO products (id, sku, name, collection, description, retail_price,
      wholesale_price, case_size, stock_tracked, low_stock_threshold, listed, archived, revision, created_at, updated_at,
      updated_by)
    SELECT value->>'id', value->>'sku', value->>'name', value->>'collection', value->>'description',
      value->>'retailPrice', value->>'wholesalePrice', value->>'caseSize', value->>'stockTracked',
      value->>'lowStockThreshold', value->>'listed', value->>'archived', 1, ${ctx.now}, ${ctx.now},
      ${JSON.stringify(ctx.actor)}
    FROM json_each(${JSON.stringify(added)})`)
}

/** Writes over products that still have the revision that is named; others stay as they are. */
export function updateProductsStatement(
  ctx: Ctx,
  changed: (BulkProduct & { id: string; revision: number })[],
): Statement<never> {
  return ctx.db.statement(sql`UPDATE products SET sku = value->>'sku', name = value->>'name',
      collection = value->>'collection', description = value->>'description', retail_price = value->>'retailPrice',
      wholesale_price = value->>'wholesalePrice', case_size = value->>'caseSize',
      stock_tracked = value->>'stockTracked', low_stock_threshold = value->>'lowStockThreshold',
      listed = value->>'listed', archived = value->>'archived', revision = products.revision + 1,
      updated_at = ${ctx.now}, updated_by = ${JSON.stringify(ctx.actor)}
    FROM json_each(${JSON.stringify(changed)})
    WHERE products.id = value->>'id' AND products.revision = value->>'revision'`)
}

/** How many of these products somebody else has changed since they were read: an expression for a guard. */
export function changedProductsCount(read: { id: string; revision: number }[]) {
  const list = JSON.stringify(read.map(({ id, revision }) => ({ id, revision })))
  return sql<number>`(SELECT COUNT(*) FROM json_each(${list}) AS seen
    WHERE (SELECT revision FROM products WHERE id = seen.value->>'id') IS NOT seen.value->>'revision')`
}
