import { decimalOf } from '../../../money.ts'
import { lineAt } from '../../../orders/history.ts'
import { type OrderView, readOrder } from '../../../orders/read-order.ts'
import type { Failure } from '../../../result.ts'
import { statusOf } from '../../errors.tsx'
import { type Form, wholeFrom } from '../../form.ts'
import type { WebContext } from '../../session.ts'
import { changeIdAfter, isLate } from './changed-since.tsx'
import type { LineValues, RefusedLine } from './line-form.tsx'

/** A refused change of a line with what was typed and, where others were first, with what they changed. */
export async function refusedLine(
  c: WebContext,
  { number, productId }: { number: number; productId: string },
  form: Form,
  failure: Failure,
): Promise<RefusedLine> {
  const values: LineValues = {
    changeId: changeIdAfter(c, form.text('changeId'), failure),
    ...{ quantity: form.text('quantity'), unitPrice: form.text('unitPrice') },
  }
  const refused: RefusedLine = { values, failure, status: statusOf(failure) }
  const view = await readOrder(c.var.ctx, number)
  const revision = form.whole('revision')
  if (!view.ok || !isLate(failure, revision, view.value.order)) return refused
  followLine(values, productId, view.value, revision)
  return { ...refused, since: { events: view.value.events, revision } }
}

/** What was left as it was shown follows the line, so that saving again does not undo what others did. */
function followLine(values: LineValues, productId: string, view: OrderView, revision: number) {
  const { order, events, frame } = view
  const line = order.lines.find((line) => line.productId === productId)
  if (!line) return
  const { currency } = frame.settings
  const seen = lineAt(events, revision, line)
  if (wholeFrom(values.quantity) === seen.quantity) values.quantity = String(line.quantity)
  if (values.unitPrice === decimalOf(seen.unitPrice, currency)) {
    values.unitPrice = decimalOf(line.unitPrice, currency)
  }
}
