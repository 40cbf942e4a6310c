import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { MAX_AMOUNT } from '../money.ts'
import { parse, wholeNumber } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writeMinimum } from './portal-link-store.ts'

export const setMinimumOrderSchema = z.object({
  retailerId: z.string(),
  /** Minor units of the net total; 0 asks for nothing, null takes the business's. */
  minimumOrder: wholeNumber(0, MAX_AMOUNT).nullable(),
})
export type SetMinimumOrderInput = z.input<typeof setMinimumOrderSchema>

/** Sets the least order that this retailer may send through the portal. Fails with `invalid` and `not_found`. */
export async function setMinimumOrder(ctx: Ctx, input: SetMinimumOrderInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(setMinimumOrderSchema, input)
  if (!parsed.ok) return parsed
  const { retailerId, minimumOrder } = parsed.value
  const current = await writeMinimum(ctx, retailerId, minimumOrder)
  return current ? ok(undefined) : err({ reason: 'not_found', what: 'retailer' })
}
