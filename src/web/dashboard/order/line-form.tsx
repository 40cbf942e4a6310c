import type { Child } from 'hono/jsx'
import { formatMoney, parseMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import type { OrderEvent } from '../../../orders/history.ts'
import { demand, type Line, type Order } from '../../../orders/order.ts'
import type { LinesView } from '../../../orders/read-lines.ts'
import { totalsOf } from '../../../orders/totals.ts'
import type { Failure } from '../../../result.ts'
import { problemsOf } from '../../errors.tsx'
import { wholeFrom } from '../../form.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Checkbox, fieldId, MoneyField, NumberField } from '../../ui/field.tsx'
import { followsTyping } from '../../ui/follows-typing.ts'
import type { StaffPage } from '../page.tsx'
import { ChangedSince } from './changed-since.tsx'

/** What stands in the form, as it was typed. */
export interface LineValues {
  changeId: string
  quantity: string
  unitPrice: string
}

/** A refused change of a line, to be shown with what was typed. */
export interface RefusedLine {
  values: LineValues
  failure: Failure
  /** What others did to the order since the form showed it at `revision`. */
  since?: { events: OrderEvent[]; revision: number }
  status: StaffPage['status']
}

/** One line of an order: its quantity, its price where it may be changed, and what saving does to totals and stock. */
export const LineForm = (props: {
  action: string
  /** Answers this page again with the effect of what was typed. */
  preview: string
  view: LinesView
  /** As it stands; with quantity 0 for one that is not on the order yet. */
  line: Line
  editsPrice?: boolean
  values: LineValues
  refused?: RefusedLine
  buttons: Child
  /** In its row on the order page, which the answer replaces. */
  inPlace?: boolean
}) => {
  const { action, preview, view, line, editsPrice, values, refused, buttons, inPlace } = props
  const { currency } = view.frame.settings
  // Several lines can be open on the order page at once.
  const idOf = (field: string) => fieldId(inPlace ? `${field}-${line.productId}` : field)
  const problems = (refused ? problemsOf(refused.failure, () => line.name) : []).map(
    ({ field, message }) => ({
      ...{ message, field: field.replace('lines.', '') },
    }),
  )
  const errorOf = (name: string) => problems.find(({ field }) => field === name)?.message
  const previews = {
    ...{ 'hx-get': preview, 'hx-include': 'closest form' },
    ...followsTyping(`#${effectId(line)}`),
  }
  return (
    <div class={inPlace ? undefined : 'prose column'}>
      <ErrorSummary
        problems={problems.map(({ field, message }) => ({ message, name: field || undefined }))}
      />
      {refused?.since && <ChangedSince {...refused.since} settings={view.frame.settings} />}
      <Card>
        <form
          class="form"
          method="post"
          action={action}
          novalidate
          {...(inPlace && { 'hx-post': action, ...replacesPage() })}
        >
          <input type="hidden" name="changeId" value={values.changeId} />
          <input type="hidden" name="revision" value={String(view.order.revision)} />
          <input type="hidden" name="productId" value={line.productId} />
          <input type="hidden" name="product" value={line.productId} />
          <input type="hidden" name="currency" value={currency} />
          <div class="fields tight">
            <NumberField
              label="Quantity"
              name="quantity"
              id={idOf('quantity')}
              value={values.quantity}
              error={errorOf('quantity')}
              attributes={previews}
              autofocus={inPlace}
            />
            {editsPrice && (
              <MoneyField
                label="Unit price"
                name="unitPrice"
                id={idOf('unitPrice')}
                value={values.unitPrice}
                currency={currency}
                error={errorOf('unitPrice')}
                attributes={previews}
              />
            )}
          </div>
          {refused?.failure.reason === 'shortage' && (
            <Checkbox
              label="Reserve anyway; the rest is to be made"
              name="allowShortage"
              hint="Available goes below zero"
            />
          )}
          <Effect
            view={view}
            line={line}
            quantity={wholeFrom(values.quantity)}
            unitPrice={parseMoney(values.unitPrice, currency)}
          />
          <div class="row">
            {buttons}
            <button class="button quiet" type="submit" formmethod="get" formaction={preview}>
              Preview
            </button>
          </div>
        </form>
      </Card>
    </div>
  )
}

/** The answer, a whole page, takes the place of this one without reloading it, its toast included. */
export const replacesPage = () => ({
  ...{ 'hx-target': '#main', 'hx-select': '#main', 'hx-swap': 'outerHTML', 'hx-select-oob': '#toasts' },
})

const effectId = ({ productId }: Line) => `effect-${productId}`

/** What saving would do to totals and stock. */
const Effect = (props: { view: LinesView; line: Line; quantity: number; unitPrice: number | null }) => {
  const { view, line, quantity, unitPrice } = props
  const { order, frame, product } = view
  if (!(quantity >= 1) || unitPrice === null) return <div id={effectId(line)} />
  const others = order.lines.filter(({ productId }) => productId !== line.productId)
  const next: Order = { ...order, lines: [...others, { ...line, quantity, unitPrice }] }
  const total = (one: Order) =>
    formatMoney(totalsOf(one.type, one.lines, one).netTotal, frame.settings.currency)
  const held = (one: Order) => {
    const claim = demand(one).get(line.productId)
    return claim ? claim.reserved + claim.shipped : 0
  }
  return (
    <dl class="facts" id={effectId(line)}>
      <div>
        <dt>Net total</dt>
        <dd>
          {total(order)} → {total(next)}
        </dd>
      </div>
      {product && product.caseSize > 1 && quantity % product.caseSize !== 0 && (
        <div>
          <dt>Case</dt>
          <dd>Sold in cases of {product.caseSize}</dd>
        </div>
      )}
      {line.stockTracked && product && (
        <div>
          <dt>Available</dt>
          <dd>
            {numberWords(product.available)} → {numberWords(product.available - held(next) + held(order))}
          </dd>
        </div>
      )}
    </dl>
  )
}
