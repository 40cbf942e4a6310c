import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { retailers } from '../db/schema.ts'
import { type PortalEvent, portalEventStatement } from './portal-event-store.ts'

const { id, portalOpen, portalLinkVersion, minimumOrder } = retailers

type PortalColumns = Partial<
  Pick<typeof retailers.$inferSelect, 'portalOpen' | 'portalLinkVersion' | 'minimumOrder'>
>

/** Raises the version of a link that is still at `version`: links with that version open nothing from then on. */
export const writeLinkVersion = (ctx: Ctx, retailerId: string, version: number) =>
  write(ctx, retailerId, 'replaced', eq(portalLinkVersion, version), { portalLinkVersion: version + 1 })

export const writeAccess = (ctx: Ctx, retailerId: string, open: boolean) =>
  write(ctx, retailerId, open ? 'opened' : 'closed', eq(portalOpen, !open), { portalOpen: open })

export const writeMinimum = (ctx: Ctx, retailerId: string, minimum: number | null) =>
  write(ctx, retailerId, 'minimum', sql`${minimumOrder} IS NOT ${minimum}`, { minimumOrder: minimum })

/** Changes a retailer where `differs` still holds, and writes down who did. Answers what is there now, if it exists. */
async function write(
  ctx: Ctx,
  retailerId: string,
  kind: PortalEvent['kind'],
  differs: SQL,
  values: PortalColumns,
) {
  const there = and(eq(id, retailerId), differs)
  const [, , current] = await ctx.db.batch([
    portalEventStatement(ctx, { retailerId, kind }, sql`SELECT 1 FROM ${retailers} WHERE ${there}`),
    ctx.db.sql
      .update(retailers)
      .set({ ...values, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(there),
    ctx.db.sql
      .select({ portalOpen, portalLinkVersion, minimumOrder })
      .from(retailers)
      .where(eq(id, retailerId)),
  ])
  return current[0] ?? null
}
