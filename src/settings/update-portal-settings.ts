import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { MAX_AMOUNT } from '../money.ts'
import { parse, textBlock, wholeNumber } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { retailerFields } from '../retailers/retailer.ts'
import { refuse } from '../staff/permissions.ts'
import { writePortalSettings } from './portal-settings-store.ts'

/** A few sentences: the goods come first. */
export const MAX_WELCOME_CHARACTERS = 1_000

export const updatePortalSettingsSchema = z.object({
  /** The revision that the form showed. */
  revision: z.int('Reload the page and try again.'),
  welcomeText: textBlock(MAX_WELCOME_CHARACTERS),
  minimumOrder: wholeNumber(0, MAX_AMOUNT),
  newShopsOpen: z.boolean(),
  newShopsRate: retailerFields.rate,
})
export type UpdatePortalSettingsInput = z.input<typeof updatePortalSettingsSchema>

/** Changes how orders come in through the portal. Fails with `invalid`, and with `conflict` when others saved since. */
export async function updatePortalSettings(
  ctx: Ctx,
  input: UpdatePortalSettingsInput,
): Promise<Result<void>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const parsed = parse(updatePortalSettingsSchema, input)
  if (!parsed.ok) return parsed
  const { revision, ...values } = parsed.value
  const { updated, current } = await writePortalSettings(ctx, revision, values)
  if (updated) return ok(undefined)
  // The answer to the first try may have been lost: what was asked for is there.
  const names = Object.keys(values) as (keyof typeof values)[]
  if (names.every((name) => current[name] === values[name])) return ok(undefined)
  return err({ reason: 'conflict', revision: current.revision })
}
