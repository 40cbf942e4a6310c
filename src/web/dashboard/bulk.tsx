import { Hono } from 'hono'
import { OUTCOMES } from '../../orders/bulk-change.ts'
import { previewBulkChange, selectionProblem } from '../../orders/bulk-preview.ts'
import { readBulkChange } from '../../orders/bulk-read.ts'
import { type StartBulkChangeInput, startBulkChange } from '../../orders/bulk-start.ts'
import type { Failure } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { blankValues, type ChangeValues } from './bulk/change-form.tsx'
import { changePage } from './bulk/change-page.tsx'
import { resultPage } from './bulk/result-page.tsx'
import { selectionFrom } from './bulk/selection.ts'
import { changeIdAfter } from './order/changed-since.tsx'

/** Changes of many orders at once: which and what, then how far it is and what came of each order. */
export const bulk = new Hono<WebEnv>()

bulk.get(routes.newBulkChange(), (c) => formPage(c))

bulk.post(routes.bulkChanges(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const values = valuesFrom(form.value)
  const started = await startBulkChange(c.var.ctx, {
    ...inputFrom(values),
    orders: selectionFrom(new URL(c.req.url).searchParams),
    expected: form.value.whole('expected'),
    confirmed: form.value.checked('confirmed'),
  })
  if (started.ok) return c.redirect(routes.bulkChange(started.value.id), 303)
  const { failure } = started
  return formPage(c, { values: { ...values, id: changeIdAfter(c, values.id, failure) }, failure })
})

bulk.get(patterns.bulkChange, async (c) => {
  const [, outcome, number] = /^([0-2])-(\d{1,12})$/.exec(c.req.query('after') ?? '') ?? []
  const after = number === undefined ? null : { outcome: Number(outcome), number: Number(number) }
  const view = await readBulkChange(c.var.ctx, c.req.param('id'), after)
  if (!view.ok) return failurePage(c, view.failure)
  const last = view.value.rows.at(-1)
  const next = view.value.hasNext && last ? `${OUTCOMES.indexOf(last.outcome)}-${last.number}` : undefined
  return resultPage(c, view.value, { next, isFirst: after === null })
})

/** The selected orders as they are now, and what is to be done to them, as typed where it was refused. */
async function formPage(c: WebContext, refused?: { values: ChangeValues; failure: Failure }) {
  const parameters = new URL(c.req.url).searchParams
  const selection = selectionFrom(parameters)
  const preview = await previewBulkChange(c.var.ctx, selection)
  if (!preview.ok) return failurePage(c, preview.failure)
  const { total, before } = preview.value
  return changePage(c, preview.value, {
    ...{ parameters, selection },
    wrongSelection: selectionProblem(selection, total),
    values: refused?.values ?? blankValues(c.var.ctx.newId(), before),
    problems: refused ? problemsOf(refused.failure) : [],
    status: refused && statusOf(refused.failure),
  })
}

function valuesFrom(form: Form): ChangeValues {
  return {
    ...{ id: form.text('id'), status: form.text('status'), paymentStatus: form.text('paymentStatus') },
    ...{ email: form.text('email'), comment: form.text('comment'), goods: form.text('goods') },
    ...{ pull: form.checked('pull'), allowShortage: form.checked('allowShortage') },
  }
}

function inputFrom(values: ChangeValues): Omit<StartBulkChangeInput, 'orders' | 'expected' | 'confirmed'> {
  const { id, status, paymentStatus, email, comment, goods, pull, allowShortage } = values
  return {
    ...{ id, comment, pull, allowShortage },
    status: (status || null) as StartBulkChangeInput['status'],
    paymentStatus: (paymentStatus || null) as StartBulkChangeInput['paymentStatus'],
    // Anything but the two answers is no answer, which the schema refuses.
    email: (email === 'yes' ? true : email === 'no' ? false : undefined) as boolean,
    goods: goods === '' ? undefined : (goods as StartBulkChangeInput['goods']),
  }
}
