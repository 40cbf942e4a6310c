import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { MAX_AMOUNT } from '../money.ts'
import { parse, wholeNumber } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { changeKeySchema, changeOrder, type ProposedChange } from './change-order.ts'
import { type Line, MAX_LINES, MAX_QUANTITY, type Order, whyFixed } from './order.ts'
import type { OrderBasis } from './order-store.ts'
import { lineFor } from './place-order.ts'
import { totalsOf } from './totals.ts'

const quantity = wholeNumber(1, MAX_QUANTITY)
const AMOUNT_WORDS = 'Enter an amount like 12.50.'

export const lineEditSchema = z.discriminatedUnion('edit', [
  /** One more line at today's prices. */
  z.object({ edit: z.literal('add'), productId: z.string().min(1, 'Choose a product.').max(64), quantity }),
  /** Another quantity or, as staff may decide, another unit price in minor units. */
  z.object({
    edit: z.literal('set'),
    productId: z.string().max(64),
    quantity,
    unitPrice: z.int(AMOUNT_WORDS).min(0, AMOUNT_WORDS).max(MAX_AMOUNT, AMOUNT_WORDS),
  }),
  z.object({ edit: z.literal('remove'), productId: z.string().max(64) }),
])

export const editLinesSchema = z.object({
  ...changeKeySchema,
  allowShortage: z.boolean(),
  lines: lineEditSchema,
})
export type EditLinesInput = z.input<typeof editLinesSchema>

/**
 * Adds, changes or removes a line of an order that is neither delivered nor canceled, moving the stock with it.
 * Fails as `changeOrder` does; the last line cannot be removed (DOMAIN.md §5).
 */
export async function editLines(ctx: Ctx, input: EditLinesInput): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(editLinesSchema, input)
  if (!parsed.ok) return parsed
  const { lines: edit, allowShortage } = parsed.value
  return changeOrder(ctx, parsed.value, [edit.productId], (order, basis): Result<ProposedChange> => {
    const why = whyFixed(order.status)
    if (why) return order.status === 'delivered' ? err({ reason: 'final', why }) : invalid('quantity', why)
    const lines = editedLines(order, basis, edit)
    if (!lines.ok) return lines
    if (totalsOf(order.type, lines.value, order).netTotal < 0) {
      return invalid(
        'quantity',
        'The discount would be more than the goods come to. Lower the discount first.',
      )
    }
    const after = { ...order, lines: lines.value }
    return ok({ after, kind: 'lines', comment: '', email: false, allowShortage })
  })
}

function editedLines(
  order: Order,
  { products }: OrderBasis,
  edit: z.output<typeof lineEditSchema>,
): Result<Line[]> {
  const { lines } = order
  const old = lines.find((line) => line.productId === edit.productId)
  if (edit.edit === 'add') {
    if (old) return invalid('productId', `${old.name} is on the order already. Edit its line instead.`)
    if (lines.length === MAX_LINES) return invalid('productId', `An order has at most ${MAX_LINES} lines.`)
    const product = products.get(edit.productId)
    if (!product || product.archived) return invalid('productId', 'Choose a product that is still sold.')
    return ok([...lines, lineFor(product, order, edit.quantity)])
  }
  if (!old) return err({ reason: 'not_found', what: 'line' })
  if (edit.edit === 'remove') {
    if (lines.length === 1) {
      return invalid('quantity', 'This is the last line. Cancel the order instead of removing it.')
    }
    return ok(lines.filter((line) => line !== old))
  }
  const { quantity, unitPrice } = edit
  if (quantity === old.quantity && unitPrice === old.unitPrice) {
    return invalid('quantity', 'Nothing has changed yet. Change the quantity or the price.')
  }
  return ok(lines.map((line) => (line === old ? { ...line, quantity, unitPrice } : line)))
}
