import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { changeKeySchema, changeOrder } from './change-order.ts'
import { readEvent } from './event-store.ts'
import { type OrderEvent, reversed } from './history.ts'
import { mayBecome, type OrderStatus } from './order.ts'

export const undoChangeSchema = z.object({
  ...changeKeySchema,
})
export type UndoChangeInput = z.input<typeof undoChangeSchema>

/** Nothing that reached somebody outside, ended the order or told of lost goods can be taken back by a click. */
export function canUndo({ kind, changes, emailed, comment }: OrderEvent): boolean {
  if (!['updated', 'lines', 'details'].includes(kind) || emailed || comment !== '' || changes.goods)
    return false
  const status = changes.fields.find(({ field }) => field === 'status')
  if (status) {
    const [from, to] = [status.from as OrderStatus, status.to as OrderStatus]
    if (to === 'delivered' || to === 'canceled' || from === 'canceled' || !mayBecome(to, from)) return false
  }
  return changes.fields.length + changes.lines.length > 0
}

/**
 * Undoes the newest change of an order by one that goes the other way; both stay in the history. Fails as
 * `changeOrder` does, with `conflict` when another change came after it.
 */
export async function undoChange(ctx: Ctx, input: UndoChangeInput): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(undoChangeSchema, input)
  if (!parsed.ok) return parsed
  const key = parsed.value
  const event = await readEvent(ctx, key.number, key.revision)
  if (!event) return err({ reason: 'not_found', what: 'change' })
  return changeOrder(ctx, key, [], (order) => {
    const before = canUndo(event) ? reversed(order, event.changes) : null
    if (!before || !mayBecome(order.status, before.status)) {
      return invalid('revision', 'This cannot be undone. Make the opposite change instead.')
    }
    return ok({ after: before, kind: 'undone', comment: '', email: false, allowShortage: false })
  })
}
