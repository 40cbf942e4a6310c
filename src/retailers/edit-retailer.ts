import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { retailerFields, sameFields } from './retailer.ts'
import { updateRetailer } from './retailer-store.ts'

export const editRetailerSchema = z.object({
  id: z.string(),
  /** The revision that the form showed. */
  revision: z.int('Reload the page and try again.'),
  ...retailerFields,
})
export type EditRetailerInput = z.input<typeof editRetailerSchema>

/**
 * Changes what is known of a retailer. Orders keep the type and the rate that they were placed with. Fails with
 * `invalid`, `not_found` and, when somebody else saved something different since, with `conflict`.
 */
export async function editRetailer(ctx: Ctx, input: EditRetailerInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(editRetailerSchema, input)
  if (!parsed.ok) return parsed
  const { id, revision, ...fields } = parsed.value
  const { updated, current } = await updateRetailer(ctx, id, revision, fields)
  if (updated) return ok(undefined)
  if (!current) return err({ reason: 'not_found', what: 'retailer' })
  // The answer to the first try may have been lost: what was asked for is there.
  return sameFields(current, fields) ? ok(undefined) : err({ reason: 'conflict', revision: current.revision })
}
