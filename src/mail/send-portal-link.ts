import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { idSchema, parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { insertPortalLinkMail, portalRetailerQuery } from './asked-mail-store.ts'
import { enqueueMails } from './enqueue.ts'
import { portalLinkOf } from './portal-link.ts'

const schema = z.object({ id: idSchema, retailerId: z.string() })

/**
 * E-mails a retailer the link to its portal. The link is made when the message is sent, so that one that was rotated
 * meanwhile never leaves. The same id twice sends once. Fails with `not_found`, with `invalid` where the retailer has
 * no address, is inactive or has no portal, or where this deployment makes no links, and with `sent_before` when this id
 * sent to another address.
 */
export async function sendPortalLink(
  ctx: Ctx,
  input: z.input<typeof schema>,
): Promise<Result<{ id: string; recipient: string }>> {
  const refused = refuse(ctx, 'retailers.write')
  if (refused) return refused
  const parsed = parse(schema, input)
  if (!parsed.ok) return parsed
  const { id, retailerId } = parsed.value
  const [found] = await ctx.db.batch([portalRetailerQuery(ctx.db, retailerId)])
  const retailer = found[0]
  if (!retailer) return err({ reason: 'not_found', what: 'retailer' })
  if (retailer.email === '') return invalid('', `${retailer.name} has no e-mail address. Add one first.`)
  const link = await portalLinkOf(ctx.env, retailer)
  if (!(link instanceof URL)) return invalid('', link.refused)
  const made = await insertPortalLinkMail(ctx, id, retailer)
  const isSame = made.retailerId === retailerId && made.recipient === retailer.email
  if (!isSame) return err({ reason: 'sent_before', order: null })
  ctx.later(enqueueMails(ctx, [id]))
  return ok({ id, recipient: made.recipient })
}
