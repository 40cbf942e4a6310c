import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import type { RetailerType } from '../orders/order.ts'
import { err, ok, type Result } from '../result.ts'
import { type Settings, settingsQuery } from '../settings/settings-store.ts'
import { NEW_SHOPS, type SignedLink } from '../signed-link.ts'
import {
  type LinkedRetailer,
  linkedRetailerQuery,
  type PortalTerms,
  portalTermsQuery,
} from './portal-store.ts'

/** What every portal page stands on: whose it is, and on which terms. */
export interface Portal {
  settings: Settings
  welcomeText: string
  /** Null for a shop that is no retailer yet. */
  retailer: LinkedRetailer | null
  type: RetailerType
  /** The shop's share in basis points. */
  rate: number
  /** The least net total that is taken, in minor units; 0 asks for nothing. */
  minimumOrder: number
}

/**
 * Opens the portal behind a link whose signature was verified, and runs a page's queries in the same round trip.
 * Fails alike, with `not_found`, where the link is an old one, the portal is switched off or the retailer is inactive;
 * with `unavailable` when the database did not answer.
 */
export async function openPortal<const Q extends readonly BatchItem<'sqlite'>[]>(
  ctx: Ctx,
  link: SignedLink,
  queries: Q,
): Promise<Result<{ portal: Portal; results: BatchResponse<Q> }>> {
  const { db } = ctx
  const answer = await ifAnswered(
    db.batch([
      settingsQuery(db),
      portalTermsQuery(db),
      linkedRetailerQuery(db, link.id),
      ...queries,
    ] as const),
  )
  if (!answer) return err({ reason: 'unavailable' })
  const [settings, terms, retailers, ...results] = answer as unknown as [
    ...[Settings[], PortalTerms[], LinkedRetailer[]],
    ...unknown[],
  ]
  const portal = portalFor(link, settings[0]!, terms[0]!, retailers[0] ?? null)
  if (!portal) return err({ reason: 'not_found', what: 'link' })
  return ok({ portal, results: results as unknown as BatchResponse<Q> })
}

function portalFor(
  link: SignedLink,
  settings: Settings,
  terms: PortalTerms,
  retailer: LinkedRetailer | null,
): Portal | null {
  const { welcomeText, minimumOrder } = terms
  const common = { settings, welcomeText, retailer }
  if (link.id === NEW_SHOPS) {
    if (!terms.newShopsOpen || terms.newShopsLinkVersion !== link.version) return null
    return { ...common, type: 'wholesale', rate: terms.newShopsRate, minimumOrder }
  }
  if (!retailer?.active || !retailer.portalOpen || retailer.portalLinkVersion !== link.version) return null
  const { type, rate } = retailer
  return { ...common, type, rate, minimumOrder: retailer.minimumOrder ?? minimumOrder }
}
