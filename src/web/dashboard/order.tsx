import { Hono } from 'hono'
import { readOrder } from '../../orders/read-order.ts'
import { undoChange } from '../../orders/undo-change.ts'
import { updateOrder } from '../../orders/update-order.ts'
import { type VoidDeliveryInput, voidDelivery } from '../../orders/void-delivery.ts'
import { type Failure, invalid } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { isLate } from './order/changed-since.tsx'
import { orderPage, savedOrder } from './order/order-page.tsx'
import { answerFrom, refusedUpdate, typedUpdate, updateFrom } from './order/update-request.ts'
import type { VoidingValues } from './order/void-form.tsx'

/** One order and its status updates. */
export const order = new Hono<WebEnv>()

order.get(patterns.order, async (c) => {
  const before = wholeFrom(c.req.query('before') ?? '')
  const view = await readOrder(c.var.ctx, Number(c.req.param('number')), before > 0 ? before : null)
  return view.ok ? orderPage(c, view.value) : failurePage(c, view.failure)
})

order.post(patterns.orderUpdates, async (c) => {
  const number = Number(c.req.param('number'))
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  if (form.value.text('do') === 'edit') return typedUpdate(c, number, form.value)
  const isUnexplained = answerFrom(form.value) === 'decline' && form.value.text('comment').trim() === ''
  const updated = isUnexplained
    ? invalid('comment', 'Give a reason: the history keeps it.')
    : await updateOrder(c.var.ctx, updateFrom(number, form.value))
  if (updated.ok) return c.redirect(savedOrder(number, updated.value), 303)
  return refusedUpdate(c, number, form.value, updated.failure)
})

order.post(patterns.orderUndo, async (c) => {
  const number = Number(c.req.param('number'))
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const undone = await undoChange(c.var.ctx, {
    ...{ number, changeId: form.value.text('changeId'), revision: form.value.whole('revision') },
  })
  if (undone.ok) return c.redirect(routes.order(number), 303)
  return refused(c, number, form.value, undone.failure)
})

order.post(patterns.orderVoiding, async (c) => {
  const number = Number(c.req.param('number'))
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const voided = await voidDelivery(c.var.ctx, {
    ...{ number, changeId: form.value.text('changeId'), revision: form.value.whole('revision') },
    ...{ reason: form.value.text('reason'), goods: form.value.text('goods') as VoidDeliveryInput['goods'] },
  })
  if (voided.ok) return c.redirect(routes.order(number), 303)
  const { value } = form
  const voiding = { reason: value.text('reason'), goods: value.text('goods') }
  return refused(c, number, value, voided.failure, voiding)
})

/** The order as it stands now, with why it was not changed and, where a delivery was to be voided, what was typed. */
async function refused(c: WebContext, number: number, form: Form, failure: Failure, voiding?: VoidingValues) {
  const view = await readOrder(c.var.ctx, number)
  if (!view.ok) return failurePage(c, view.failure)
  const { order } = view.value
  const revision = form.whole('revision')
  const names = new Map(order.lines.map((line) => [line.productId, line.name]))
  return orderPage(c, view.value, {
    ...{ voiding, isShort: false, status: statusOf(failure) },
    problems: problemsOf(failure, (id) => names.get(id) ?? 'A product'),
    seenRevision: isLate(failure, revision, order) ? revision : undefined,
  })
}
