import { sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { orders, products, retailers } from '../db/schema.ts'

/** More than the demo has. */
const MAX_PRODUCTS = 100

/** The numbers by which the portal names products, by id. */
export async function productNumbers(ctx: Ctx): Promise<Map<string, number>> {
  const [rows] = await ctx.db.batch([
    ctx.db.sql.select({ id: products.id, number: products.number }).from(products).limit(MAX_PRODUCTS),
  ])
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/** True where nobody has put anything in yet. */
export async function isEmpty(ctx: Ctx): Promise<boolean> {
  const one = { one: sql<number>`1` }
  const found = await ctx.db.batch([
    ctx.db.sql.select(one).from(products).limit(1),
    ctx.db.sql.select(one).from(retailers).limit(1),
    ctx.db.sql.select(one).from(orders).limit(1),
  ])
  return found.every((rows) => rows.length === 0)
}
