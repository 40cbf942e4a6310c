import { Hono } from 'hono'
import { decimalOf } from '../../money.ts'
import { editDetails } from '../../orders/edit-details.ts'
import { whyFixed } from '../../orders/order.ts'
import { readOrder } from '../../orders/read-order.ts'
import type { Failure, Problem } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { Checkbox, MoneyField, TextField } from '../ui/field.tsx'
import { ChangedSince, changeIdAfter, followOthers, isLate } from './order/changed-since.tsx'
import { savedOrder } from './order/order-page.tsx'
import { AMOUNTS } from './order-words.tsx'
import { type StaffPage, staffPage } from './page.tsx'

/** An order's dates, PO number, discount and charges, and whether it pulls from on hand. */
export const orderDetails = new Hono<WebEnv>()

const FIELDS = ['date', 'shipBy', 'poNumber', 'pull', ...AMOUNTS.map(({ name }) => name)] as const

type Amount = (typeof AMOUNTS)[number]['name']

interface Typed extends Record<Amount, string> {
  changeId: string
  date: string
  shipBy: string
  poNumber: string
  pull: boolean
}

interface Refused {
  typed: Typed
  problems: Problem[]
  isShort: boolean
  failure: Failure
  /** That the form showed. */
  revision: number
  status: StaffPage['status']
}

orderDetails.get(patterns.orderDetails, (c) => detailsPage(c, Number(c.req.param('number'))))

orderDetails.post(patterns.orderDetails, async (c) => {
  const number = Number(c.req.param('number'))
  const read = await readForm(c)
  if (!read.ok) return failurePage(c, read.failure)
  const form = read.value
  const typed: Typed = {
    ...{ changeId: form.text('changeId'), date: form.text('date'), poNumber: form.text('poNumber') },
    shipBy: form.text('shipBy'),
    ...{ discount: form.text('discount'), shipping: form.text('shipping'), tax: form.text('tax') },
    ...{ otherCharges: form.text('otherCharges'), pull: form.checked('pull') },
  }
  const amounts = {
    ...{ discount: form.money('discount'), shipping: form.money('shipping'), tax: form.money('tax') },
    otherCharges: form.money('otherCharges'),
  }
  const readable = form.readable()
  const edited = readable.ok
    ? await editDetails(c.var.ctx, {
        ...{ number, changeId: typed.changeId, revision: form.whole('revision'), date: typed.date },
        ...{ shipBy: typed.shipBy, poNumber: typed.poNumber, ...amounts, pull: typed.pull },
        allowShortage: form.checked('allowShortage'),
      })
    : readable
  if (edited.ok) return c.redirect(savedOrder(number, edited.value), 303)
  const { failure } = edited
  typed.changeId = changeIdAfter(c, typed.changeId, failure)
  return detailsPage(c, number, {
    ...{ typed, problems: problemsOf(failure, () => 'Not enough'), status: statusOf(failure) },
    ...{ isShort: failure.reason === 'shortage', failure, revision: form.whole('revision') },
  })
})

async function detailsPage(c: WebContext, number: number, refused?: Refused) {
  const view = await readOrder(c.var.ctx, number)
  if (!view.ok) return failurePage(c, view.failure)
  const { order, frame } = view.value
  const why = whyFixed(order.status)
  if (why && !refused) return failurePage(c, { reason: 'final', why }, backTo(number))
  const { currency } = frame.settings
  const shown = (value: string | number | boolean) =>
    typeof value === 'number' ? decimalOf(value, currency) : value
  const late = refused && isLate(refused.failure, refused.revision, order) ? refused : undefined
  if (late) followOthers(late.typed, FIELDS, view.value, late.revision, shown)
  const typed: Typed = refused?.typed ?? {
    ...{ changeId: c.var.ctx.newId(), date: order.date, poNumber: order.poNumber, pull: order.pull },
    shipBy: order.shipBy,
    discount: decimalOf(order.discount, currency),
    shipping: decimalOf(order.shipping, currency),
    otherCharges: decimalOf(order.otherCharges, currency),
    tax: decimalOf(order.tax, currency),
  }
  const errorOf = (field: string) => refused?.problems.find((problem) => problem.field === field)?.message
  return staffPage(
    c,
    frame,
    {
      title: 'Edit details',
      section: 'orders',
      back: backTo(number),
      status: refused?.status,
    },
    <>
      <ErrorSummary
        problems={(refused?.problems ?? []).map(({ field, message }) => ({
          message,
          name: field || undefined,
        }))}
      />
      {late && <ChangedSince events={view.value.events} settings={frame.settings} revision={late.revision} />}
      <Card>
        <form class="form" method="post" action={routes.orderDetails(number)} novalidate>
          <input type="hidden" name="changeId" value={typed.changeId} />
          <input type="hidden" name="revision" value={String(order.revision)} />
          <input type="hidden" name="currency" value={currency} />
          <div class="fields">
            <TextField label="Date" name="date" type="date" value={typed.date} error={errorOf('date')} />
            <TextField
              label="Promised ship date"
              name="shipBy"
              type="date"
              value={typed.shipBy}
              error={errorOf('shipBy')}
            />
            <TextField label="PO number" name="poNumber" value={typed.poNumber} error={errorOf('poNumber')} />
          </div>
          <div class="fields">
            {AMOUNTS.map(({ name, label }) => (
              <MoneyField
                label={label}
                name={name}
                value={typed[name]}
                currency={currency}
                error={errorOf(name)}
              />
            ))}
          </div>
          {order.type === 'wholesale' && (
            <Checkbox
              label="Pull from On Hand"
              name="pull"
              checked={typed.pull}
              error={errorOf('pull')}
              hint="Reserves the units for this order. It can be changed until Shipped."
            />
          )}
          {refused?.isShort && (
            <Checkbox
              label="Reserve anyway; the rest is to be made"
              name="allowShortage"
              hint="Available goes below zero"
            />
          )}
          <div class="row">
            <Button kind="primary">Save details</Button>
            <LinkButton kind="quiet" href={routes.order(number)}>
              Leave
            </LinkButton>
          </div>
        </form>
      </Card>
    </>,
  )
}

const backTo = (number: number) => ({ href: routes.order(number), label: `Order ${number}` })
