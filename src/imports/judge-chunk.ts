import type { SQL } from 'drizzle-orm'
import {
  changedProductsCount,
  insertProductsStatement,
  productsBySkuQuery,
  updateProductsStatement,
} from '../catalog/bulk-product-store.ts'
import type { Ctx } from '../context.ts'
import type { Statement } from '../db/client.ts'
import {
  changedRetailersCount,
  insertRetailersStatement,
  retailersByNameQuery,
  takenNamesCount,
  updateRetailersStatement,
} from '../retailers/bulk-retailer-store.ts'
import type { ImportAdjustment, ImportRow, RowOutcome } from './import.ts'
import { readChunk } from './import-files.ts'
import type { Import } from './import-store.ts'
import { productOutcome } from './product-outcome.ts'
import { type ProductRow, skuKey } from './product-row.ts'
import { byName, retailerOutcome, spellings } from './retailer-outcome.ts'
import { nameKey, type RetailerRow } from './retailer-row.ts'

/** What a chunk comes to now, and what writing it would take. */
export interface Judgement {
  outcomes: RowOutcome[]
  adjustments: ImportAdjustment[]
  writes: Statement<never>[]
  /** Expressions that are 0 as long as nobody has changed what the judgement went by. */
  disturbances: SQL<number>[]
}

/** Holds the rows of the chunk at the import's position against what is there. */
export async function judgeChunk(ctx: Ctx, imported: Import): Promise<Judgement> {
  const { id, kind, position } = imported
  switch (kind) {
    case 'products':
      return judgeProducts(ctx, imported, await readChunk<ProductRow>(ctx, id, position))
    case 'retailers':
      return judgeRetailers(ctx, imported, await readChunk<RetailerRow>(ctx, id, position))
  }
}

async function judgeProducts(ctx: Ctx, imported: Import, rows: ImportRow<ProductRow>[]): Promise<Judgement> {
  const skus = rows.map(({ value }) => value.sku)
  const [stored] = await ctx.db.batch([productsBySkuQuery(ctx.db, skus)])
  const bySku = new Map(stored.map((product) => [skuKey(product.sku), product]))
  const judged = rows.map((row) => productOutcome(imported, row, bySku.get(skuKey(row.value.sku))))
  const added = judged.flatMap((one) => one.added ?? [])
  const updated = judged.flatMap((one) => one.updated ?? [])
  return {
    outcomes: judged.map(({ outcome }) => outcome),
    adjustments: judged.flatMap(({ adjustment }) => adjustment ?? []),
    writes: [
      ...(added.length > 0 ? [insertProductsStatement(ctx, added)] : []),
      ...(updated.length > 0 ? [updateProductsStatement(ctx, updated)] : []),
    ],
    disturbances: updated.length > 0 ? [changedProductsCount(updated)] : [],
  }
}

async function judgeRetailers(
  ctx: Ctx,
  imported: Import,
  rows: ImportRow<RetailerRow>[],
): Promise<Judgement> {
  const names = rows.flatMap(({ value }) => spellings(value.name))
  const [stored] = await ctx.db.batch([retailersByNameQuery(ctx.db, names)])
  const named = byName(stored)
  const judged = rows.map((row) => retailerOutcome(imported, row, named.get(nameKey(row.value.name)) ?? []))
  const added = judged.flatMap((one) => one.added ?? [])
  const updated = judged.flatMap((one) => one.updated ?? [])
  return {
    outcomes: judged.map(({ outcome }) => outcome),
    adjustments: [],
    writes: [
      ...(added.length > 0 ? [insertRetailersStatement(ctx, added)] : []),
      ...(updated.length > 0 ? [updateRetailersStatement(ctx, updated)] : []),
    ],
    disturbances: [
      ...(added.length > 0 ? [takenNamesCount(added)] : []),
      ...(updated.length > 0 ? [changedRetailersCount(updated)] : []),
    ],
  }
}
