import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writeActivity } from './retailer-store.ts'

const schema = z.object({ id: z.string(), active: z.boolean('Choose active or inactive.') })

/**
 * Makes a retailer inactive, so that it is no longer offered for orders, or active again. Its orders, its history and
 * its consigned stock stay as they are. Fails with `not_found`.
 */
export async function setRetailerActivity(ctx: Ctx, input: z.input<typeof schema>): Promise<Result<void>> {
  const refused = refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(schema, input)
  if (!parsed.ok) return parsed
  const { id, active } = parsed.value
  const { exists } = await writeActivity(ctx, id, active)
  return exists ? ok(undefined) : err({ reason: 'not_found', what: 'retailer' })
}
