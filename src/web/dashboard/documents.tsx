import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { type DocumentsView, type OrderDocument, readDocuments } from '../../orders/read-documents.ts'
import { replaceOrderLink } from '../../orders/replace-order-link.ts'
import { patterns, routes } from '../../routes.ts'
import { tokenOf } from '../../signed-link.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm, wholeFrom } from '../form.ts'
import { isLocalOwner, type WebContext, type WebEnv } from '../session.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { PackingSlip } from './documents/packing-slip.tsx'
import { ShareCard } from './documents/share-card.tsx'
import { StatementSheet } from './documents/statement-sheet.tsx'
import { type StaffPage, staffPage } from './page.tsx'

/** Papers of orders, one order a page: what is on the screen without the sheets does not print. */
export const documents = new Hono<WebEnv>()

documents.get(routes.packingSlips(), async (c) => {
  const view = await readDocuments(c.var.ctx, { orders: numbersFrom(c) })
  if (!view.ok) return failurePage(c, view.failure)
  const { documents, frame } = view.value
  return documentsPage(
    c,
    view.value,
    { title: 'Packing slip' },
    <NoAddress documents={documents} />,
    (one) => <PackingSlip document={one} settings={frame.settings} />,
  )
})

documents.get(routes.statements(), (c) => statementsPage(c, numbersFrom(c)))

documents.post(patterns.orderLink, async (c) => {
  const number = Number(c.req.param('number'))
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const replaced = await replaceOrderLink(c.var.ctx, {
    ...{ number, changeId: form.value.text('changeId'), revision: form.value.whole('revision') },
  })
  if (!replaced.ok) {
    const { failure } = replaced
    const notes = <ErrorSummary problems={problemsOf(failure).map(({ message }) => ({ message }))} />
    return statementsPage(c, [number], { status: statusOf(failure) }, notes)
  }
  const { revision } = replaced.value
  return c.redirect(routes.statements([number], { saved: String(revision) }), 303)
})

/** "?orders=1042,1043", or a parameter for each, as a form sends them. */
function numbersFrom(c: WebContext): number[] {
  const typed = (c.req.queries('orders') ?? []).join(',').replace(/\s+/g, '')
  return typed === '' ? [] : typed.split(',').map(wholeFrom)
}

async function statementsPage(
  c: WebContext,
  numbers: number[],
  page: Pick<StaffPage, 'status'> = {},
  notes: Child = null,
) {
  const { ctx } = c.var
  const view = await readDocuments(ctx, { orders: numbers })
  if (!view.ok) return failurePage(c, view.failure)
  const { documents, frame } = view.value
  const only = documents.length === 1 ? documents[0]?.order : undefined
  const token = only && (await tokenOf(c.env, 'statement', { id: only.id, version: only.linkVersion }))
  const link = token ? new URL(routes.sharedStatement(token), c.req.url).href : null
  const isReplaced = only && c.req.query('saved') === String(only.revision)
  return documentsPage(
    c,
    view.value,
    {
      ...{ ...page, title: 'Statement' },
      toast: isReplaced ? 'Link replaced. Those made before no longer work.' : undefined,
    },
    <>
      {notes}
      {only && <ShareCard order={only} link={link} isLocal={isLocalOwner(c.env)} changeId={ctx.newId()} />}
    </>,
    ({ order, statement, shop }) => (
      <StatementSheet number={order.number} statement={statement} settings={frame.settings} shop={shop} />
    ),
  )
}

function documentsPage(
  c: WebContext,
  { frame, documents, unknown }: DocumentsView,
  page: StaffPage,
  notes: Child,
  sheet: (document: OrderDocument) => Child,
) {
  const [first, ...others] = documents
  const isOne = first !== undefined && others.length === 0
  return staffPage(
    c,
    frame,
    {
      ...page,
      title: isOne
        ? `${page.title} of order ${first.order.number}`
        : `${documents.length} ${page.title.toLowerCase()}s`,
      section: 'orders',
      back: isOne
        ? { href: routes.order(first.order.number), label: `Order ${first.order.number}` }
        : { href: routes.orders(), label: 'Orders' },
      actions: (
        <Button type="button" kind="primary" icon="print" attributes={{ 'data-print': '' }}>
          Print
        </Button>
      ),
    },
    <>
      {unknown.length > 0 && (
        <Banner tone="warning">
          <p>No order has this number: {unknown.join(', ')}.</p>
        </Banner>
      )}
      {notes}
      {documents.map(sheet)}
    </>,
  )
}

const NoAddress = ({ documents }: { documents: OrderDocument[] }) => {
  const without = documents.filter(({ shop }) => shop?.street === '')
  const shops = new Map(without.flatMap(({ shop }) => (shop ? [[shop.id, shop.name]] : [])))
  if (shops.size === 0) return null
  return (
    <Banner tone="warning">
      <p>
        Nothing is known of the street of{' '}
        {[...shops].map(([id, name], index) => (
          <>
            {index > 0 && ', '}
            {id === '' ? name : <a href={routes.editRetailer(id)}>{name}</a>}
          </>
        ))}
        .
      </p>
    </Banner>
  )
}
