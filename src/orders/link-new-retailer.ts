import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import type { Result } from '../result.ts'
import { createRetailer, createRetailerSchema } from '../retailers/create-retailer.ts'
import { refuse } from '../staff/permissions.ts'
import { linkRequest, linkRequestSchema } from './link-request.ts'

export const linkNewRetailerSchema = z.object({
  ...linkRequestSchema.omit({ retailerId: true }).shape,
  /** The new retailer, with an id that the client made. */
  retailer: createRetailerSchema,
})
export type LinkNewRetailerInput = z.input<typeof linkNewRetailerSchema>

/**
 * Makes a retailer of the shop that sent a request, and links the request to it. Where only the first was done, the
 * same form again makes no second retailer and does the rest. Fails as `createRetailer` and `linkRequest` do.
 */
export async function linkNewRetailer(
  ctx: Ctx,
  input: LinkNewRetailerInput,
): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write') ?? refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(linkNewRetailerSchema, input)
  if (!parsed.ok) return parsed
  const { retailer, ...link } = parsed.value
  const created = await createRetailer(ctx, retailer)
  return created.ok ? linkRequest(ctx, { ...link, retailerId: created.value.id }) : created
}
