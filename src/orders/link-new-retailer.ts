import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import { parse } from '../parse.ts'
import { err, type Result } from '../result.ts'
import { createRetailer, createRetailerSchema } from '../retailers/create-retailer.ts'
import { refuse } from '../staff/permissions.ts'
import { linkRequest, linkRequestSchema, refuseLinking } from './link-request.ts'
import { readBasis } from './order-store.ts'

export const linkNewRetailerSchema = z.object({
  ...linkRequestSchema.omit({ retailerId: true }).shape,
  /** The new retailer, with an id that the client made. */
  retailer: createRetailerSchema,
})
export type LinkNewRetailerInput = z.input<typeof linkNewRetailerSchema>

/**
 * Makes a retailer of the shop that sent a request, and links the request to it. Where only the first was done, the
 * same form again makes no second retailer and does the rest. Where the request can be linked no more, no retailer is
 * made. Fails as `createRetailer` and `linkRequest` do.
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
  const basis = await ifAnswered(readBasis(ctx, link.number, link.changeId, []))
  if (!basis) return err({ reason: 'unavailable' })
  const { order, alreadyDone } = basis
  if (!order) return err({ reason: 'not_found', what: 'order' })
  if (!alreadyDone) {
    if (order.revision !== link.revision) return err({ reason: 'conflict', revision: order.revision })
    const final = refuseLinking(order)
    if (final) return final
  }
  const created = await createRetailer(ctx, retailer)
  return created.ok ? linkRequest(ctx, { ...link, retailerId: created.value.id }) : created
}
