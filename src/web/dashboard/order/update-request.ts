import { valueAt } from '../../../orders/history.ts'
import type { Order } from '../../../orders/order.ts'
import { type OrderView, readOrder } from '../../../orders/read-order.ts'
import type { UpdateOrderInput } from '../../../orders/update-order.ts'
import type { Failure } from '../../../result.ts'
import { failurePage, problemsOf, statusOf } from '../../errors.tsx'
import type { Form } from '../../form.ts'
import type { WebContext } from '../../session.ts'
import { ANSWERS, type Answer } from './approval-card.tsx'
import { changeIdAfter, followOthers, isLate } from './changed-since.tsx'
import { orderPage } from './order-page.tsx'
import { pullOffered, type UpdateValues } from './update-form.tsx'

const UPDATED_FIELDS = ['status', 'paymentStatus', 'trackingNumber', 'invoiceLink'] as const

/** What the update form asks for. */
export function updateFrom(number: number, form: Form): UpdateOrderInput {
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

/** Which answer to a request a form gives; undefined for any other update. */
export function answerFrom(form: Form): Answer | undefined {
  return (Object.keys(ANSWERS) as Answer[]).find((answer) => answer === form.text('answer'))
}

function valuesFrom(form: Form): UpdateValues {
  return {
    changeId: form.text('changeId'),
    ...{ status: form.text('status'), paymentStatus: form.text('paymentStatus'), email: form.text('email') },
    ...{ trackingNumber: form.text('trackingNumber'), invoiceLink: form.text('invoiceLink') },
    ...{ comment: form.text('comment'), pull: form.checked('pull'), goods: form.text('goods') },
    ...{ confirmed: form.checked('confirmed'), allowShortage: form.checked('allowShortage') },
  }
}

/** The order as it stands now, with what was typed and why it was not saved. */
export async function refusedUpdate(c: WebContext, number: number, form: Form, failure: Failure) {
  const view = await readOrder(c.var.ctx, number)
  if (!view.ok) return failurePage(c, view.failure)
  const { order } = view.value
  const names = new Map(order.lines.map((line) => [line.productId, line.name]))
  // What was ticked was ticked for the order as it was then.
  const changeId = changeIdAfter(c, form.text('changeId'), failure)
  const values = { ...valuesFrom(form), changeId, confirmed: false, allowShortage: false }
  const revision = form.whole('revision')
  const late = isLate(failure, revision, order)
  if (late) {
    followOthers(values, UPDATED_FIELDS, view.value, revision)
    if (isPullUntouched(form, view.value)) values.pull = pullOffered(order)
  }
  return orderPage(c, view.value, {
    values,
    // Where others have answered it meanwhile, what was typed stands in the form of any update.
    answer: order.status === 'awaiting_approval' ? answerFrom(form) : undefined,
    problems: problemsOf(failure, (id) => names.get(id) ?? 'A product'),
    isShort: failure.reason === 'shortage',
    seenRevision: late ? revision : undefined,
    status: statusOf(failure),
  })
}

/** True where the form left the box as it was shown, or had none. */
function isPullUntouched(form: Form, { order, events }: OrderView): boolean {
  const seen = (field: 'status' | 'pull') => valueAt(events, field, form.whole('revision'), order[field])
  const shown = pullOffered({ pull: seen('pull') === true, status: seen('status') as Order['status'] })
  return !form.checked('asksToPull') || form.checked('pull') === shown
}

/** The order with the update form as it was typed, to go on typing. */
export async function typedUpdate(c: WebContext, number: number, form: Form) {
  const failure: Failure = { reason: 'conflict', revision: 0 }
  const view = await readOrder(c.var.ctx, number)
  if (!view.ok) return failurePage(c, view.failure)
  if (view.value.order.revision !== form.whole('revision')) return refusedUpdate(c, number, form, failure)
  const values = valuesFrom(form)
  return orderPage(c, view.value, {
    ...{ values, answer: answerFrom(form), problems: [], isShort: values.allowShortage, status: 200 },
  })
}
