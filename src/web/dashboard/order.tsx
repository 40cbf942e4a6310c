import { Hono } from 'hono'
import { readOrder } from '../../orders/read-order.ts'
import { undoChange } from '../../orders/undo-change.ts'
import { type UpdateOrderInput, updateOrder } from '../../orders/update-order.ts'
import { type VoidDeliveryInput, voidDelivery } from '../../orders/void-delivery.ts'
import { type Failure, invalid } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { ANSWERS, type Answer } from './order/approval-card.tsx'
import { changeIdAfter, followOthers, isLate } from './order/changed-since.tsx'
import { orderPage, savedOrder } from './order/order-page.tsx'
import type { UpdateValues } from './order/update-form.tsx'

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
  return undone.ok ? c.redirect(routes.order(number), 303) : failurePage(c, undone.failure)
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
  return refusedVoiding(c, number, form.value, voided.failure)
})

/** Which answer to a request a form gives; undefined for any other update. */
function answerFrom(form: Form): Answer | undefined {
  return (Object.keys(ANSWERS) as Answer[]).find((answer) => answer === form.text('answer'))
}

function updateFrom(number: number, form: Form): UpdateOrderInput {
  const goods = form.text('goods')
  const email = form.text('email')
  return {
    ...{ number, changeId: form.text('changeId'), revision: form.whole('revision') },
    status: form.text('status') as UpdateOrderInput['status'],
    paymentStatus: form.text('paymentStatus') as UpdateOrderInput['paymentStatus'],
    // Anything but the two answers is no answer, which the schema refuses.
    email: (email === 'yes' ? true : email === 'no' ? false : undefined) as boolean,
    trackingNumber: form.text('trackingNumber'),
    invoiceLink: form.text('invoiceLink'),
    comment: form.text('comment'),
    pull: form.checked('asksToPull') ? form.checked('pull') : undefined,
    goods: goods === '' ? undefined : (goods as UpdateOrderInput['goods']),
    confirmed: form.checked('confirmed'),
    allowShortage: form.checked('allowShortage'),
  }
}

const UPDATED_FIELDS = ['status', 'paymentStatus', 'trackingNumber', 'invoiceLink'] as const

/** The order as it stands now, with what was typed and why it was not saved. */
async function refusedUpdate(c: WebContext, number: number, form: Form, failure: Failure) {
  const view = await readOrder(c.var.ctx, number)
  if (!view.ok) return failurePage(c, view.failure)
  const { order } = view.value
  const names = new Map(order.lines.map((line) => [line.productId, line.name]))
  const values: UpdateValues = {
    changeId: changeIdAfter(c, form.text('changeId'), failure),
    ...{ status: form.text('status'), paymentStatus: form.text('paymentStatus'), email: form.text('email') },
    ...{ trackingNumber: form.text('trackingNumber'), invoiceLink: form.text('invoiceLink') },
    ...{ comment: form.text('comment'), pull: form.checked('pull'), goods: form.text('goods') },
  }
  if (isLate(failure)) followOthers(values, UPDATED_FIELDS, view.value, form.whole('revision'))
  return orderPage(c, view.value, {
    values,
    // Where others have answered it meanwhile, what was typed stands in the form of any update.
    answer: order.status === 'awaiting_approval' ? answerFrom(form) : undefined,
    problems: problemsOf(failure, (id) => names.get(id) ?? 'A product'),
    isShort: failure.reason === 'shortage',
    seenRevision: isLate(failure) ? form.whole('revision') : undefined,
    status: statusOf(failure),
  })
}

async function refusedVoiding(c: WebContext, number: number, form: Form, failure: Failure) {
  const view = await readOrder(c.var.ctx, number)
  if (!view.ok) return failurePage(c, view.failure)
  return orderPage(c, view.value, {
    voiding: { reason: form.text('reason'), goods: form.text('goods') },
    problems: problemsOf(failure),
    isShort: false,
    seenRevision: isLate(failure) ? form.whole('revision') : undefined,
    status: statusOf(failure),
  })
}
