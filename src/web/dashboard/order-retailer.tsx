import { Hono } from 'hono'
import { linkNewRetailer } from '../../orders/link-new-retailer.ts'
import { linkRequest } from '../../orders/link-request.ts'
import { type LinkingView, readLinking } from '../../orders/read-linking.ts'
import { type Failure, invalid } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { ConfirmLink } from './order/confirm-link.tsx'
import { NewRetailerOf, typedFrom } from './order/new-retailer-of.tsx'
import { savedOrder } from './order/order-page.tsx'
import { PickRetailer } from './order/pick-retailer.tsx'
import { staffPage } from './page.tsx'
import { fieldsOf, typedRetailer } from './retailers/retailer-form.tsx'

/** Says which retailer a shop's request is from: one that is there, or a new one made of the request. */
export const orderRetailer = new Hono<WebEnv>()

orderRetailer.get(patterns.orderRetailer, (c) => linkingPage(c))

orderRetailer.post(patterns.orderRetailer, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const { value } = form
  const key = {
    ...{ number: numberOf(c), changeId: value.text('changeId'), revision: value.whole('revision') },
    ownPrices: value.checked('ownPrices'),
  }
  const isNew = value.text('new') === 'yes'
  const linked = isNew
    ? await linkNewRetailer(c.var.ctx, {
        ...key,
        retailer: { id: value.text('retailerId'), ...fieldsOf(typedRetailer(value)) },
      })
    : await linkRequest(c.var.ctx, { ...key, retailerId: value.text('retailerId') })
  if (linked.ok) return c.redirect(savedOrder(key.number, linked.value), 303)
  return linkingPage(c, { form: value, failure: linked.failure, isNew })
})

interface Refused {
  form: Form
  failure: Failure
  isNew: boolean
}

async function linkingPage(c: WebContext, refused?: Refused) {
  const number = numberOf(c)
  const search = c.req.query('q') ?? ''
  const isNew = refused?.isNew ?? c.req.query('new') !== undefined
  const chosen = refused?.form.text('retailerId') ?? c.req.query('to') ?? ''
  const view = await readLinking(c.var.ctx, number, { search, chosen })
  if (!view.ok) return failurePage(c, view.failure)
  const { order, frame } = view.value
  if (!order.request) {
    return failurePage(c, invalid('', 'Staff placed this order for its retailer: that stays.').failure)
  }
  // The fields of the new retailer have a place of their own in what was sent.
  const problems = (refused ? problemsOf(refused.failure) : []).map(({ field, message }) => ({
    ...{ message, field: field.replace(/^retailer\./, '') },
  }))
  // The new retailer was made, the link was not: there is only that left to do.
  const made = refused?.isNew ? view.value.chosen?.retailer : undefined
  if (made) {
    problems.push({
      field: '',
      message: `${made.name} is made. Link the request to it; it can be edited on its page.`,
    })
  }
  return staffPage(
    c,
    frame,
    {
      title: isNew ? 'Make a new retailer' : 'Link to a retailer',
      section: 'orders',
      status: refused && statusOf(refused.failure),
      back: { href: routes.order(number), label: `Order ${number}` },
      lead: `Order ${number} was requested by ${order.request.businessName}.`,
    },
    <>
      {(!isNew || made) && <ErrorSummary problems={problems.map(({ message }) => ({ message }))} />}
      <Step c={c} view={view.value} search={search} isNew={isNew} refused={refused} problems={problems} />
    </>,
  )
}

type StepProps = {
  c: WebContext
  view: LinkingView
  search: string
  isNew: boolean
  refused?: Refused
  problems: { field: string; message: string }[]
}

/** Choose, then confirm; or the form of a new one. */
const Step = ({ c, view, search, isNew, refused, problems }: StepProps) => {
  const { order, chosen } = view
  const isStale = refused?.failure.reason === 'conflict' || refused?.failure.reason === 'sent_before'
  // After a change by others the form goes by the order as it is now, under an id of its own.
  const key = {
    changeId: refused && !isStale ? refused.form.text('changeId') : c.var.ctx.newId(),
    revision: refused && !isStale ? refused.form.text('revision') : String(order.revision),
  }
  const { currency } = view.frame.settings
  const ownPrices = refused?.form.checked('ownPrices') ?? false
  if (isNew && !chosen) {
    return (
      <NewRetailerOf
        {...{ order, ...key, problems, currency, ownPrices }}
        retailerId={refused?.form.text('retailerId') || c.var.ctx.newId()}
        typed={refused ? typedRetailer(refused.form) : typedFrom(order)}
      />
    )
  }
  if (chosen) {
    return <ConfirmLink {...{ order, choice: chosen, currency, ...key, ownPrices }} />
  }
  return <PickRetailer view={view} search={search} />
}

const numberOf = (c: WebContext) => Number(c.req.param('number'))
