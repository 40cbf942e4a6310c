import { Hono } from 'hono'
import { decimalOf, formatMoney, parseMoney } from '../../money.ts'
import { type EditLinesInput, editLines } from '../../orders/edit-lines.ts'
import { demand, type Line, type Order } from '../../orders/order.ts'
import { type LinesView, readLines } from '../../orders/preview-lines.ts'
import { totalsOf } from '../../orders/totals.ts'
import type { Failure, Problem } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { Checkbox, MoneyField, NumberField } from '../ui/field.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { type StaffPage, staffPage } from './page.tsx'

/** Adding, editing and removing the lines of an order, each on a page of its own. */
export const orderLines = new Hono<WebEnv>()

interface LineValues {
  changeId: string
  quantity: string
  unitPrice: string
}

interface Refused {
  values: LineValues
  problems: Problem[]
  isShort: boolean
  status: StaffPage['status']
}

orderLines.get(patterns.newOrderLine, async (c) => {
  const search = c.req.query('q') ?? ''
  const productId = c.req.query('product') ?? ''
  return newLinePage(c, Number(c.req.param('number')), search, productId)
})

orderLines.post(patterns.orderLines, async (c) => {
  const number = Number(c.req.param('number'))
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const productId = form.value.text('productId')
  const added = await editLines(c.var.ctx, {
    ...keyFrom(number, form.value),
    lines: { edit: 'add', productId, quantity: form.value.whole('quantity') },
  })
  if (added.ok) return c.redirect(routes.order(number), 303)
  return newLinePage(c, number, '', productId, refusedFrom(form.value, added.failure))
})

orderLines.get(patterns.orderLine, async (c) => {
  const typed = { quantity: c.req.query('quantity'), unitPrice: c.req.query('unitPrice') }
  return editLinePage(c, Number(c.req.param('number')), c.req.param('productId') ?? '', typed)
})

orderLines.post(patterns.orderLine, async (c) => {
  const number = Number(c.req.param('number'))
  const productId = c.req.param('productId') ?? ''
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const refuse = (failure: Failure) =>
    editLinePage(c, number, productId, {}, refusedFrom(form.value, failure))
  const unitPrice = form.value.text('do') === 'remove' ? 0 : form.value.money('unitPrice')
  const readable = form.value.readable()
  if (!readable.ok) return refuse(readable.failure)
  const lines: EditLinesInput['lines'] =
    form.value.text('do') === 'remove'
      ? { edit: 'remove', productId }
      : { edit: 'set', productId, quantity: form.value.whole('quantity'), unitPrice }
  const edited = await editLines(c.var.ctx, { ...keyFrom(number, form.value), lines })
  return edited.ok ? c.redirect(routes.order(number), 303) : refuse(edited.failure)
})

function keyFrom(number: number, form: Form) {
  return {
    ...{ number, changeId: form.text('changeId'), revision: form.whole('revision') },
    allowShortage: form.checked('allowShortage'),
  }
}

function refusedFrom(form: Form, failure: Failure): Refused {
  return {
    values: {
      changeId: form.text('changeId'),
      quantity: form.text('quantity'),
      unitPrice: form.text('unitPrice'),
    },
    problems: problemsOf(failure, () => 'Not enough').map((problem) => ({
      ...problem,
      field: problem.field.replace('lines.', ''),
    })),
    isShort: failure.reason === 'shortage',
    status: statusOf(failure),
  }
}

async function newLinePage(
  c: WebContext,
  number: number,
  search: string,
  productId: string,
  refused?: Refused,
) {
  const read = await readLines(c.var.ctx, number, { productId, search })
  if (!read.ok) return failurePage(c, read.failure)
  const { frame, order, offered } = read.value
  return staffPage(
    c,
    frame,
    {
      title: 'Add Line Item',
      section: 'orders',
      back: { href: routes.order(number), label: `Order ${number}` },
      status: refused?.status,
    },
    <>
      <Summary refused={refused} />
      <form class="filters" method="get" action={routes.newOrderLine(number)}>
        <SearchField label="Product name or SKU" name="q" value={search} />
        <Button>Search</Button>
      </form>
      <Card flush>
        {offered.length === 0 ? (
          <Empty title="No product matches" icon="search">
            Try another name or SKU. Products that are on the order already are not offered.
          </Empty>
        ) : (
          <ul class="picks">
            {offered.map((product) => (
              <li>
                <form class="row between pick" method="post" action={routes.orderLines(number)} novalidate>
                  <input type="hidden" name="changeId" value={c.var.ctx.newId()} />
                  <input type="hidden" name="revision" value={String(order.revision)} />
                  <input type="hidden" name="productId" value={product.id} />
                  <span class="grow">
                    {product.name} <span class="soft">{product.sku}</span>
                    <br />
                    <span class="soft small">
                      {formatMoney(product.retailPrice, frame.settings.currency)} retail
                      {product.stockTracked && ` · ${product.available} available`}
                    </span>
                  </span>
                  <NumberField
                    label="Quantity"
                    name="quantity"
                    id={`quantity-${product.id}`}
                    value={
                      product.id === productId && refused ? refused.values.quantity : String(product.caseSize)
                    }
                    error={product.id === productId ? errorOf(refused, 'quantity') : undefined}
                  />
                  {product.id === productId && refused?.isShort && <ReserveAnyway />}
                  <Button attributes={{ 'aria-label': `Add ${product.name}` }}>Add</Button>
                </form>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>,
  )
}

async function editLinePage(
  c: WebContext,
  number: number,
  productId: string,
  typed: { quantity?: string; unitPrice?: string },
  refused?: Refused,
) {
  const read = await readLines(c.var.ctx, number, { productId })
  if (!read.ok) return failurePage(c, read.failure)
  const { frame, order } = read.value
  const { currency } = frame.settings
  const line = order.lines.find((line) => line.productId === productId)
  if (!line) return failurePage(c, { reason: 'not_found', what: 'line' })
  const values = refused?.values ?? {
    changeId: c.var.ctx.newId(),
    quantity: typed.quantity ?? String(line.quantity),
    unitPrice: typed.unitPrice ?? decimalOf(line.unitPrice, currency),
  }
  return staffPage(
    c,
    frame,
    {
      title: `Edit ${line.name}`,
      section: 'orders',
      back: { href: routes.order(number), label: `Order ${number}` },
      lead: `${line.sku} · retail ${formatMoney(line.unitRetail, currency)}`,
      status: refused?.status,
    },
    <>
      <Summary refused={refused} />
      <Card>
        <form class="form" method="post" action={routes.orderLine(number, productId)} novalidate>
          <input type="hidden" name="changeId" value={values.changeId} />
          <input type="hidden" name="revision" value={String(order.revision)} />
          <input type="hidden" name="currency" value={currency} />
          <div class="fields tight">
            <NumberField
              label="Quantity"
              name="quantity"
              value={values.quantity}
              error={errorOf(refused, 'quantity')}
            />
            <MoneyField
              label="Unit price"
              name="unitPrice"
              value={values.unitPrice}
              currency={currency}
              error={errorOf(refused, 'unitPrice')}
            />
          </div>
          {refused?.isShort && <ReserveAnyway />}
          <Effect
            view={read.value}
            line={{
              ...line,
              quantity: wholeFrom(values.quantity),
              unitPrice: parseMoney(values.unitPrice, currency),
            }}
          />
          <div class="row">
            <Button kind="primary" name="do" value="save">
              Save line
            </Button>
            <button
              class="button"
              type="submit"
              formmethod="get"
              formaction={routes.orderLine(number, productId)}
              name="preview"
              value="1"
            >
              Preview
            </button>
            {order.lines.length > 1 && (
              <Button kind="danger" icon="remove" name="do" value="remove">
                Remove line
              </Button>
            )}
            <LinkButton kind="quiet" href={routes.order(number)}>
              Leave
            </LinkButton>
          </div>
        </form>
      </Card>
    </>,
  )
}

const errorOf = (refused: Refused | undefined, field: string) =>
  refused?.problems.find((problem) => problem.field === field)?.message

const Summary = ({ refused }: { refused?: Refused }) => (
  <ErrorSummary
    problems={(refused?.problems ?? []).map(({ field, message }) => ({ message, name: field || undefined }))}
  />
)

const ReserveAnyway = () => (
  <Checkbox
    label="Reserve anyway; the rest is to be made"
    name="allowShortage"
    hint="Available goes below zero"
  />
)

/** What saving would do to totals and stock. */
const Effect = (props: { view: LinesView; line: Omit<Line, 'unitPrice'> & { unitPrice: number | null } }) => {
  const { order, frame, available } = props.view
  const { productId, quantity, unitPrice } = props.line
  if (!(quantity >= 1) || unitPrice === null) return null
  const next: Order = {
    ...order,
    lines: order.lines.map((line) =>
      line.productId === productId ? { ...line, quantity, unitPrice } : line,
    ),
  }
  const total = (one: Order) =>
    formatMoney(totalsOf(one.type, one.lines, one).netTotal, frame.settings.currency)
  const held = (one: Order) => {
    const claim = demand(one).get(productId)
    return claim ? claim.reserved + claim.shipped : 0
  }
  const more = held(next) - held(order)
  return (
    <dl class="facts">
      <div>
        <dt>Net total</dt>
        <dd>
          {total(order)} → {total(next)}
        </dd>
      </div>
      {available !== null && (
        <div>
          <dt>Available</dt>
          <dd>
            {available} → {available - more}
          </dd>
        </div>
      )}
    </dl>
  )
}
