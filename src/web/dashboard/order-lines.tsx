import { Hono } from 'hono'
import { decimalOf, formatMoney } from '../../money.ts'
import { type EditLinesInput, editLines } from '../../orders/edit-lines.ts'
import { whyFixed } from '../../orders/order.ts'
import { readLines } from '../../orders/read-lines.ts'
import { unitPriceFor } from '../../orders/totals.ts'
import type { Failure } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage } from '../errors.tsx'
import { type Form, readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { LineForm, type RefusedLine } from './order/line-form.tsx'
import { savedOrder } from './order/order-page.tsx'
import { addingLink, leavingLink, ProductPicker } from './order/product-picker.tsx'
import { refusedLine } from './order/refused-line.ts'
import { staffPage } from './page.tsx'

/** Adding, editing and removing the lines of an order, each on a page of its own. */
export const orderLines = new Hono<WebEnv>()

orderLines.get(patterns.newOrderLine, async (c) => {
  const number = Number(c.req.param('number'))
  const productId = c.req.query('product') ?? ''
  return productId === ''
    ? pickProductPage(c, number, c.req.query('q') ?? '')
    : newLinePage(c, number, productId, c.req.query('quantity'))
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
  if (added.ok) return c.redirect(savedOrder(number, added.value), 303)
  const refused = await refusedLine(c, { number, productId }, form.value, added.failure)
  return newLinePage(c, number, productId, undefined, refused)
})

orderLines.get(patterns.orderLine, (c) => {
  const typed = { quantity: c.req.query('quantity'), unitPrice: c.req.query('unitPrice') }
  return editLinePage(c, Number(c.req.param('number')), c.req.param('productId') ?? '', typed)
})

orderLines.post(patterns.orderLine, async (c) => {
  const number = Number(c.req.param('number'))
  const productId = c.req.param('productId') ?? ''
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const refuse = async (failure: Failure) =>
    editLinePage(c, number, productId, {}, await refusedLine(c, { number, productId }, form.value, failure))
  const lines = lineEditFrom(productId, form.value)
  const readable = form.value.readable()
  if (!readable.ok) return refuse(readable.failure)
  const edited = await editLines(c.var.ctx, { ...keyFrom(number, form.value), lines })
  return edited.ok ? c.redirect(savedOrder(number, edited.value), 303) : refuse(edited.failure)
})

function lineEditFrom(productId: string, form: Form): EditLinesInput['lines'] {
  if (form.text('do') === 'remove') return { edit: 'remove', productId }
  // An emptied price is not a price of nothing; the schema refuses what is no number.
  const unitPrice = form.moneyOrNull('unitPrice') ?? Number.NaN
  return { edit: 'set', productId, quantity: form.whole('quantity'), unitPrice }
}

function keyFrom(number: number, form: Form) {
  return {
    ...{ number, changeId: form.text('changeId'), revision: form.whole('revision') },
    allowShortage: form.checked('allowShortage'),
  }
}

async function pickProductPage(c: WebContext, number: number, search: string) {
  const read = await readLines(c.var.ctx, number, { search })
  if (!read.ok) return notShown(c, number, read.failure)
  const { frame, order, offered } = read.value
  const why = whyFixed(order.status)
  if (why) return notShown(c, number, { reason: 'final', why })
  const inPlace = isInPlace(c)
  const { currency } = frame.settings
  const picker = <ProductPicker {...{ number, search, offered, currency, inPlace }} />
  if (inPlace) return c.html(picker)
  return staffPage(c, frame, { title: 'Add Line Item', section: 'orders', back: backTo(number) }, picker)
}

/** Why there is no form. Within the order page, that page is loaded anew and shows what the order is by now. */
function notShown(c: WebContext, number: number, failure: Failure) {
  if (!isInPlace(c)) return failurePage(c, failure, backTo(number))
  c.header('HX-Refresh', 'true')
  return c.body('')
}

/** True where a script asks for a part of the order page, which holds the form while a line is added or edited. */
const isInPlace = (c: WebContext) => c.req.header('HX-Request-Type') === 'partial'

async function newLinePage(
  c: WebContext,
  number: number,
  productId: string,
  quantity: string | undefined,
  refused?: RefusedLine,
) {
  const read = await readLines(c.var.ctx, number, { productId })
  if (!read.ok) return notShown(c, number, read.failure)
  const { frame, order, product } = read.value
  if (!product) return notShown(c, number, { reason: 'not_found', what: 'product' })
  const why = whyFixed(order.status)
  if (why && !refused) return notShown(c, number, { reason: 'final', why })
  const isThere = order.lines.some((line) => line.productId === productId)
  if (isThere && !refused) return c.redirect(routes.orderLine(number, productId))
  const { id, name, sku, retailPrice, stockTracked, caseSize } = product
  const unitPrice = unitPriceFor(product, order)
  const inPlace = isInPlace(c)
  const another = routes.newOrderLine(number)
  const leave = routes.order(number)
  const form = (
    <LineForm
      action={routes.orderLines(number)}
      preview={routes.newOrderLine(number)}
      view={read.value}
      line={{ productId: id, name, sku, unitRetail: retailPrice, unitPrice, quantity: 0, stockTracked }}
      inPlace={inPlace}
      values={
        refused?.values ?? {
          changeId: c.var.ctx.newId(),
          quantity: quantity ?? String(caseSize),
          unitPrice: decimalOf(unitPrice, frame.settings.currency),
        }
      }
      refused={refused}
      buttons={
        <>
          <Button kind="primary">Add line</Button>
          <LinkButton kind="quiet" href={another} attributes={inPlace ? addingLink(another) : undefined}>
            Another product
          </LinkButton>
          {inPlace && (
            <LinkButton kind="quiet" href={leave} attributes={leavingLink(leave)}>
              Leave
            </LinkButton>
          )}
        </>
      }
    />
  )
  if (inPlace) {
    return c.html(
      <div class="card-body">
        <b>{name}</b>
        {form}
      </div>,
    )
  }
  return staffPage(
    c,
    frame,
    {
      ...{ title: `Add ${name}`, section: 'orders', back: backTo(number), status: refused?.status },
      lead: `${sku} · retail ${formatMoney(retailPrice, frame.settings.currency)}`,
    },
    form,
  )
}

async function editLinePage(
  c: WebContext,
  number: number,
  productId: string,
  typed: { quantity?: string; unitPrice?: string },
  refused?: RefusedLine,
) {
  const read = await readLines(c.var.ctx, number, { productId })
  if (!read.ok) return notShown(c, number, read.failure)
  const { frame, order } = read.value
  const why = whyFixed(order.status)
  if (why && !refused) return notShown(c, number, { reason: 'final', why })
  const { currency } = frame.settings
  const line = order.lines.find((line) => line.productId === productId)
  if (!line) return notShown(c, number, { reason: 'not_found', what: 'line' })
  const inPlace = isInPlace(c)
  const leave = routes.order(number)
  const form = (
    <LineForm
      action={routes.orderLine(number, productId)}
      preview={routes.orderLine(number, productId)}
      view={read.value}
      line={line}
      editsPrice
      inPlace={inPlace}
      values={
        refused?.values ?? {
          changeId: c.var.ctx.newId(),
          quantity: typed.quantity ?? String(line.quantity),
          unitPrice: typed.unitPrice ?? decimalOf(line.unitPrice, currency),
        }
      }
      refused={refused}
      buttons={
        <>
          <Button kind="primary" name="do" value="save">
            Save line
          </Button>
          {order.lines.length > 1 && (
            <Button kind="danger" icon="remove" name="do" value="remove">
              Remove line
            </Button>
          )}
          <LinkButton kind="quiet" href={leave} attributes={inPlace ? leavingLink(leave) : undefined}>
            Leave
          </LinkButton>
        </>
      }
    />
  )
  if (inPlace) {
    return c.html(
      <tr>
        <td colspan={7}>
          <b>{line.name}</b>
          {form}
        </td>
      </tr>,
    )
  }
  return staffPage(
    c,
    frame,
    {
      ...{ title: `Edit ${line.name}`, section: 'orders', back: backTo(number), status: refused?.status },
      lead: `${line.sku} · retail ${formatMoney(line.unitRetail, currency)}`,
    },
    form,
  )
}

const backTo = (number: number) => ({ href: routes.order(number), label: `Order ${number}` })
