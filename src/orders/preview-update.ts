import type { Ctx } from '../context.ts'
import { senderOf } from '../mail/brand.ts'
import { type Message, mailPort } from '../mail/mail-port.ts'
import { messageFor } from '../mail/message.ts'
import type { OutboxMail } from '../mail/outbox-store.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import type { Order } from './order.ts'
import { linesByNumberQuery, orderByNumberQuery, orderFrom, retailerFrom } from './order-store.ts'
import { tellingOf } from './telling.ts'
import { proposeUpdate, type UpdateOrderInput, updateOrderSchema } from './update-order.ts'

/** A message as it would go out, and to whom. */
export interface PreviewedMessage {
  audience: OutboxMail['audience']
  recipients: string[]
  message: Omit<Message, 'to'>
}

export interface UpdatePreview {
  frame: Frame
  order: Order
  /** One for each kind of recipient; none where nobody is written to. */
  messages: PreviewedMessage[]
}

/**
 * The e-mails that an update would send: made from what it would write down, by the functions that make them when it
 * is sent. Writes nothing and asks no stock. Fails as `updateOrder` does, but for what the stock refuses.
 */
export async function previewUpdate(ctx: Ctx, input: UpdateOrderInput): Promise<Result<UpdatePreview>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(updateOrderSchema, input)
  if (!parsed.ok) return parsed
  const { number, revision, comment } = parsed.value
  const { frame, results } = await readWithFrame(ctx, [
    orderByNumberQuery(ctx.db, { number }),
    linesByNumberQuery(ctx.db, { number }),
  ])
  const [found, lines] = results
  if (!found[0]) return err({ reason: 'not_found', what: 'order' })
  const before = orderFrom(found[0], lines)
  if (before.revision !== revision) return err({ reason: 'conflict', revision: before.revision })
  const basis = { settings: frame.settings, retailer: retailerFrom(found[0].retailer) }
  const proposed = proposeUpdate(before, basis, parsed.value)
  if (!proposed.ok) return proposed

  const after = { ...before, ...proposed.value.after, revision: revision + 1 }
  const { recipients, changes, statement } = tellingOf({ ...proposed.value, ...basis, before }, after, false)
  const { kind } = proposed.value
  const event = { orderId: after.id, revision: after.revision, number, kind, changes, comment, statement }
  const sender = senderOf(ctx.env, frame.settings, mailPort(ctx.env).from)
  const messages = (['retailer', 'business'] as const).flatMap((audience): PreviewedMessage[] => {
    const of = recipients.filter((one) => one.audience === audience).map(({ recipient }) => recipient)
    return of.length > 0 ? [{ audience, recipients: of, message: messageFor(event, audience, sender) }] : []
  })
  return ok({ frame, order: before, messages })
}
