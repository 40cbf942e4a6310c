import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { settings } from '../db/schema.ts'

/** Puts `logo` in the place of the logo `seen`, and answers what the business shows now. */
export async function writeLogo(ctx: Ctx, seen: string, logo: string) {
  const [, current] = await ctx.db.batch([
    ctx.db.sql
      .update(settings)
      .set({ logo, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(and(eq(settings.id, 1), eq(settings.logo, seen))),
    ctx.db.sql.select({ picture: settings.logo }).from(settings).where(eq(settings.id, 1)),
  ])
  return current
}
