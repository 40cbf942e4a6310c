import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { MAX_AMOUNT } from '../money.ts'
import { lineOfText, parse, wholeNumber } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { changeKeySchema, changeOrder } from './change-order.ts'
import { FIELDS } from './history.ts'
import { whyFixed } from './order.ts'
import { dateSchema, shipBySchema } from './place-order.ts'
import { totalsOf } from './totals.ts'

const amount = wholeNumber(0, MAX_AMOUNT)

export const editDetailsSchema = z.object({
  ...changeKeySchema,
  date: dateSchema,
  shipBy: shipBySchema,
  poNumber: lineOfText(60),
  discount: amount,
  shipping: amount,
  otherCharges: amount,
  tax: amount,
  pull: z.boolean(),
  allowShortage: z.boolean(),
})
export type EditDetailsInput = z.input<typeof editDetailsSchema>

/**
 * Changes an order's dates, PO number, discount and charges, and whether it pulls from on hand, until it is
 * delivered. Fails as `changeOrder` does.
 */
export async function editDetails(ctx: Ctx, input: EditDetailsInput): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(editDetailsSchema, input)
  if (!parsed.ok) return parsed
  const { allowShortage, date, shipBy, poNumber, discount, shipping, otherCharges, tax } = parsed.value
  return changeOrder(ctx, parsed.value, [], (order) => {
    const why = whyFixed(order.status)
    if (why) return order.status === 'delivered' ? err({ reason: 'final', why }) : invalid('date', why)
    const pull = order.type === 'wholesale' && parsed.value.pull
    if (order.status === 'shipped' && pull !== order.pull) {
      return invalid('pull', 'The goods have left: this can be changed until Shipped.')
    }
    const charges = { discount, shipping, otherCharges, tax }
    const after = { ...order, date, shipBy, poNumber, ...charges, pull }
    if (FIELDS.every((field) => after[field] === order[field])) {
      return invalid('date', 'Nothing has changed yet. Change something before you save.')
    }
    if (totalsOf(order.type, order.lines, after).netTotal < 0) {
      return invalid('discount', 'The discount is more than the goods come to. Lower it.')
    }
    return ok({ after, kind: 'details', comment: '', email: false, allowShortage })
  })
}
