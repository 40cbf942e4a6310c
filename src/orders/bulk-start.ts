import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { isCheckConflict } from '../db/client.ts'
import { idSchema, parse, textBlock } from '../parse.ts'
import { err, invalid, ok, type Problem, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { MAX_BULK_ID_CHARACTERS, type StatusCounts } from './bulk-change.ts'
import { enqueueBulkChange } from './bulk-enqueue.ts'
import { countsFrom, selectionProblem, selectionSchema, sumOf } from './bulk-preview.ts'
import { bulkChangeQuery, insertBulkChange, statusCountsQuery } from './bulk-store.ts'
import { ORDER_STATUSES, PAYMENT_STATUSES } from './order.ts'
import { digestOf } from './request-digest.ts'
import { MAX_COMMENT_CHARACTERS } from './update-order.ts'

export const startBulkChangeSchema = z.object({
  /** Made by the client: sending the form twice starts one bulk change. */
  id: idSchema.max(MAX_BULK_ID_CHARACTERS, 'This id is too long. Reload the page and try again.'),
  orders: selectionSchema,
  /** How many orders the form showed. */
  expected: z.int(),
  /** Null leaves each order's as it is. */
  status: z.enum(ORDER_STATUSES, 'Choose an order status.').nullable(),
  paymentStatus: z.enum(PAYMENT_STATUSES, 'Choose a payment status.').nullable(),
  /** Has no default, as for one order (DOMAIN.md §5). */
  email: z.boolean('Choose whether to send an e-mail update: Yes or No.'),
  comment: textBlock(MAX_COMMENT_CHARACTERS),
  /** Whether requests that are approved by this reserve their units. */
  pull: z.boolean(),
  /** Asked when shipped orders are canceled. */
  goods: z.enum(['came_back', 'written_off'], 'Did the goods come back? Choose one.').optional(),
  /** Delivered is final, so it has to be confirmed. */
  confirmed: z.boolean(),
  allowShortage: z.boolean(),
})
export type StartBulkChangeInput = z.input<typeof startBulkChangeSchema>
type BulkChangeRequest = z.output<typeof startBulkChangeSchema>

/**
 * Starts changing the selected orders in the background, each by itself, in the name of who asks. The same id again
 * answers with the first one, or with `sent_before` where it asked for something else. Fails with `invalid`, also where
 * other orders are selected by now than the form showed; then nothing is started.
 */
export async function startBulkChange(
  ctx: Ctx,
  input: StartBulkChangeInput,
): Promise<Result<{ id: string }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(startBulkChangeSchema, input)
  if (!parsed.ok) return parsed
  const { orders: selection, expected, confirmed, ...asked } = parsed.value
  const [known, counted] = await ctx.db.batch([
    bulkChangeQuery(ctx.db, asked.id),
    statusCountsQuery(ctx.db, selection),
  ])
  const { id, allowShortage: _, ...request } = asked
  const requestDigest = await digestOf({ ...request, selection })
  if (known[0]) {
    return (known[0].requestDigest ?? requestDigest) === requestDigest
      ? ok({ id })
      : err({ reason: 'sent_before', order: null })
  }
  const problems = problemsWith(parsed.value, countsFrom(counted))
  if (problems.length > 0) return err({ reason: 'invalid', problems })
  try {
    await insertBulkChange(ctx, { ...asked, requestDigest, goods: asked.goods ?? null }, selection, expected)
  } catch (error) {
    if (isCheckConflict(error)) return invalid('orders', otherOrders)
    throw error
  }
  await enqueueBulkChange(ctx, id)
  return ok({ id })
}

const otherOrders = 'Other orders match by now. Look at them, then send the form again.'

function problemsWith(
  { orders, expected, status, paymentStatus, comment, goods, confirmed }: BulkChangeRequest,
  counts: StatusCounts,
): Problem[] {
  const total = sumOf(counts)
  const wrongOrders = selectionProblem(orders, total) ?? (total === expected ? null : otherOrders)
  const problems: Problem[] = wrongOrders ? [{ field: 'orders', message: wrongOrders }] : []
  if (status === null && paymentStatus === null && comment === '') {
    const message = 'Nothing would change. Choose a status or write a comment.'
    problems.push({ field: 'status', message })
  }
  if (status === 'delivered' && !confirmed) {
    problems.push({ field: 'confirmed', message: 'Delivered is final. Tick the box to confirm it.' })
  }
  if (status === 'canceled' && counts.shipped > 0 && !goods) {
    problems.push({ field: 'goods', message: 'Did the goods come back? Choose one.' })
  }
  return problems
}
