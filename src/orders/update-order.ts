import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { mailEventOf } from '../mail/mail-event.ts'
import { recipientsOf } from '../mail/recipients.ts'
import { lineOfText, parse, textBlock } from '../parse.ts'
import { err, invalid, ok, type Problem, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { changeKeySchema, changeOrder, type ProposedChange } from './change-order.ts'
import {
  contactOf,
  mayBecome,
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  type Order,
  PAYMENT_STATUSES,
} from './order.ts'
import type { OrderBasis } from './order-store.ts'

/** Long enough for a letter; an e-mail stays far below the size at which clients clip it. */
export const MAX_COMMENT_CHARACTERS = 5_000

const httpsLink = lineOfText(500).refine((value) => {
  return value === '' || (value.startsWith('https://') && URL.canParse(value))
}, 'Enter a link that starts with https://.')

export const updateOrderSchema = z.object({
  ...changeKeySchema,
  status: z.enum(ORDER_STATUSES, 'Choose an order status.'),
  paymentStatus: z.enum(PAYMENT_STATUSES, 'Choose a payment status.'),
  /** Has no default (DOMAIN.md §5). */
  email: z.boolean('Choose whether to send an e-mail update: Yes or No.'),
  trackingNumber: lineOfText(100),
  invoiceLink: httpsLink,
  comment: textBlock(MAX_COMMENT_CHARACTERS),
  /** Whether a wholesale order reserves its units; as it was when left out. */
  pull: z.boolean().optional(),
  /** Asked when a shipped order is canceled. */
  goods: z.enum(['came_back', 'written_off'], 'Did the goods come back? Choose one.').optional(),
  /** Delivered is final, so it has to be confirmed. */
  confirmed: z.boolean(),
  allowShortage: z.boolean(),
})
export type UpdateOrderInput = z.input<typeof updateOrderSchema>

/**
 * Updates an order's status, payment, tracking and links, with a comment, and writes to its recipients if asked to
 * (DOMAIN.md §3 and §5). Fails as `changeOrder` does, and with `invalid` where the update is not allowed or empty.
 */
export async function updateOrder(ctx: Ctx, input: UpdateOrderInput): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(updateOrderSchema, input)
  if (!parsed.ok) return parsed
  const update = parsed.value
  return changeOrder(ctx, update, [], (order, basis) => proposeUpdate(order, basis, update))
}

/** What an update makes of an order, or everything that is wrong with it. */
export function proposeUpdate(
  order: Order,
  basis: Pick<OrderBasis, 'retailer' | 'settings'>,
  update: z.output<typeof updateOrderSchema>,
): Result<ProposedChange> {
  const problems = problemsOf(order, basis, update)
  if (problems.length > 0) return err({ reason: 'invalid', problems })
  const { status, paymentStatus, trackingNumber, invoiceLink, comment, email, allowShortage, goods } = update
  const pull =
    order.type === 'wholesale' && (asksToPull(order, status) ? (update.pull ?? order.pull) : order.pull)
  const after = { ...order, status, paymentStatus, trackingNumber, invoiceLink, pull }
  const unchanged =
    status === order.status &&
    paymentStatus === order.paymentStatus &&
    trackingNumber === order.trackingNumber &&
    invoiceLink === order.invoiceLink &&
    pull === order.pull
  if (unchanged && !email && comment === '') {
    return invalid('status', 'Nothing has changed yet. Change something, write a comment or send an e-mail.')
  }
  const writeOff = order.status === 'shipped' && status === 'canceled' && goods === 'written_off'
  return ok({ after, kind: 'updated', comment, email, allowShortage, writeOff })
}

/**
 * A request that awaits approval reserves nothing until it is approved, which offers it (DOMAIN.md §3); one that was
 * pulled before may be let go.
 */
function asksToPull(order: Order, status: Order['status']): boolean {
  if (order.status !== 'awaiting_approval') return true
  return status === 'awaiting_approval' ? order.pull : status !== 'canceled'
}

function problemsOf(
  order: Order,
  { retailer, settings }: Pick<OrderBasis, 'retailer' | 'settings'>,
  update: z.output<typeof updateOrderSchema>,
): Problem[] {
  const problems: Problem[] = []
  const { status, email, goods, confirmed, pull } = update
  const moves = status !== order.status
  if (!mayBecome(order.status, status)) {
    const [from, to] = [ORDER_STATUS_WORDS[order.status], ORDER_STATUS_WORDS[status]]
    const message = order.status === 'delivered' ? 'Delivered is final.' : `${from} cannot become ${to}.`
    problems.push({ field: 'status', message })
  } else if (moves && !['awaiting_approval', 'canceled'].includes(status) && !retailer) {
    problems.push({ field: 'status', message: 'Link this request to a retailer before approving it.' })
  }
  if (moves && status === 'delivered' && !confirmed) {
    problems.push({ field: 'confirmed', message: 'Delivered is final. Tick the box to confirm it.' })
  }
  if (moves && order.status === 'shipped' && status === 'canceled' && !goods) {
    problems.push({ field: 'goods', message: 'Did the goods come back? Choose one.' })
  }
  const fixed = ['shipped', 'delivered'].includes(order.status)
  if (pull !== undefined && pull !== order.pull && fixed && !['new', 'in_progress'].includes(status)) {
    problems.push({ field: 'pull', message: 'The goods have left: this can be changed until Shipped.' })
  }
  const mailEvent = mailEventOf('updated', order.status, status)
  const recipients = recipientsOf(contactOf(order, retailer), settings.notificationEmails, mailEvent)
  if (email && recipients.length === 0) {
    const message =
      'Nobody would get it: the retailer has no e-mail address and the settings name none for this. Choose No.'
    problems.push({ field: 'email', message })
  }
  return problems
}
