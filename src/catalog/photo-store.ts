import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { products } from '../db/schema.ts'

/** Puts `photo` in the place of the photo `seen`, and answers what the product shows now. */
export async function writePhoto(ctx: Ctx, productId: string, seen: string, photo: string) {
  const [, current] = await ctx.db.batch([
    ctx.db.sql
      .update(products)
      .set({ photo, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(and(eq(products.id, productId), eq(products.photo, seen))),
    ctx.db.sql.select({ picture: products.photo }).from(products).where(eq(products.id, productId)),
  ])
  return current
}
