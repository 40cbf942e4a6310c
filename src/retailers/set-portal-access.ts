import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writeAccess } from './portal-link-store.ts'

export const setPortalAccessSchema = z.object({
  retailerId: z.string(),
  open: z.boolean('Choose on or off.'),
})
export type SetPortalAccessInput = z.input<typeof setPortalAccessSchema>

/**
 * Switches a retailer's portal off, so that its link opens nothing, or on again: the same link opens then. Fails with
 * `not_found`.
 */
export async function setPortalAccess(ctx: Ctx, input: SetPortalAccessInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(setPortalAccessSchema, input)
  if (!parsed.ok) return parsed
  const { retailerId, open } = parsed.value
  const current = await writeAccess(ctx, retailerId, open)
  return current ? ok(undefined) : err({ reason: 'not_found', what: 'retailer' })
}
