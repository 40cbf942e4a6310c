import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { idSchema, parse } from '../parse.ts'
import { invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { retailerFields, sameFields } from './retailer.ts'
import { insertRetailer } from './retailer-store.ts'

/** With an id that the client made: submitting it twice creates one retailer. */
export const createRetailerSchema = z.object({ id: idSchema, ...retailerFields })
export type CreateRetailerInput = z.input<typeof createRetailerSchema>

/** Creates an active retailer. The same form again answers with the first one. Fails with `invalid`. */
export async function createRetailer(ctx: Ctx, input: CreateRetailerInput): Promise<Result<{ id: string }>> {
  const refused = refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(createRetailerSchema, input)
  if (!parsed.ok) return parsed
  const { id, ...fields } = parsed.value
  const made = await insertRetailer(ctx, id, fields)
  if (sameFields(made, fields)) return ok({ id })
  // A page that was gone back to, for a correction or a second retailer: saying nothing would lose it.
  return invalid('', `This form has added ${made.name} already. Open a new form for another one.`)
}
