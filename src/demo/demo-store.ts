import { sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { orders, products, retailers } from '../db/schema.ts'

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
