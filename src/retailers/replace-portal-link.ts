import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writeLinkVersion } from './portal-link-store.ts'

export const replacePortalLinkSchema = z.object({
  retailerId: z.string(),
  /** Of the link that the form showed: the same form twice replaces one link once. */
  version: z.int('Reload the page and try again.').min(1),
})
export type ReplacePortalLinkInput = z.input<typeof replacePortalLinkSchema>

/** Gives a retailer a new portal link; those made before open nothing from then on. Fails with `not_found`. */
export async function replacePortalLink(ctx: Ctx, input: ReplacePortalLinkInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(replacePortalLinkSchema, input)
  if (!parsed.ok) return parsed
  const { retailerId, version } = parsed.value
  const current = await writeLinkVersion(ctx, retailerId, version)
  if (!current) return err({ reason: 'not_found', what: 'retailer' })
  // A higher one: somebody else replaced it since, and the link that was to stop has stopped.
  return current.portalLinkVersion > version
    ? ok(undefined)
    : invalid('version', 'Reload the page and try again.')
}
