import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { settings } from '../db/schema.ts'
import { portalEventStatement } from '../retailers/portal-event-store.ts'

/** How the business takes orders through the portal. Amounts in minor units, the rate in basis points. */
export interface PortalSettings {
  welcomeText: string
  /** The least net total of an order; 0 asks for nothing. A retailer may have its own. */
  minimumOrder: number
  /** Whether the general link opens, and the rate of the prices that it shows. */
  newShopsOpen: boolean
  newShopsRate: number
}

const { id, revision, welcomeText, minimumOrder, newShopsOpen, newShopsRate, newShopsLinkVersion } = settings

export function portalSettingsQuery(db: Db) {
  return db.sql
    .select({ welcomeText, minimumOrder, newShopsOpen, newShopsRate, newShopsLinkVersion, revision })
    .from(settings)
    .where(eq(id, 1))
}
export type SavedPortalSettings = Awaited<ReturnType<typeof portalSettingsQuery>>[number]

/** Writes them over the revision `seen`, and answers what is there now. */
export async function writePortalSettings(ctx: Ctx, seen: number, values: PortalSettings) {
  const there = and(eq(id, 1), eq(revision, seen))
  const [, updated, current] = await ctx.db.batch([
    portalEventStatement(
      ctx,
      { retailerId: null, kind: 'saved' },
      sql`SELECT 1 FROM ${settings} WHERE ${there}`,
    ),
    ctx.db.sql
      .update(settings)
      .set({ ...values, revision: seen + 1, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(there)
      .returning({ revision }),
    portalSettingsQuery(ctx.db),
  ])
  return { updated: updated.length > 0, current: current[0]! }
}

/** Raises the version of the general link, if it is still at `version`. */
export async function writeNewShopsLinkVersion(ctx: Ctx, version: number): Promise<number> {
  const there = and(eq(id, 1), eq(newShopsLinkVersion, version))
  const [, , current] = await ctx.db.batch([
    portalEventStatement(
      ctx,
      { retailerId: null, kind: 'replaced' },
      sql`SELECT 1 FROM ${settings} WHERE ${there}`,
    ),
    ctx.db.sql
      .update(settings)
      .set({ newShopsLinkVersion: version + 1, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(there),
    portalSettingsQuery(ctx.db),
  ])
  return current[0]!.newShopsLinkVersion
}
