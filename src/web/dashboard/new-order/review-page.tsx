import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import { type DraftView, missingOf } from '../../../orders/read-draft.ts'
import { routes } from '../../../routes.ts'
import type { Form } from '../../form.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Day } from '../../ui/time.tsx'
import { StatementStub } from '../order/statement.tsx'
import { count } from '../order-words.tsx'
import type { Cart } from './cart.ts'

const REVIEWED = ['grossTotal', 'netTotal', 'amountDue'] as const

/** What the form's statement came to; undefined where it had none. */
export function reviewedFrom(form: Form) {
  const [grossTotal, netTotal, amountDue] = REVIEWED.map((name) => Number(form.text(name) || Number.NaN))
  const reviewed = { grossTotal: grossTotal!, netTotal: netTotal!, amountDue: amountDue! }
  return Object.values(reviewed).every(Number.isSafeInteger) ? reviewed : undefined
}

/** What will be submitted: the statement and who gets the e-mail. The cart goes along in hidden fields. */
export const ReviewPage = ({ cart, view }: { cart: Cart; view: DraftView }) => {
  const { retailer, recipients, statement, frame, lines } = view

  const money = (amount: number) => formatMoney(amount, frame.settings.currency)
  const missing = missingOf(cart, view)
  const names = new Map(lines.map(({ product }) => [product.id, product.name]))
  return (
    <form class="order" method="post" action={routes.orders()}>
      <CartFields cart={cart} currency={frame.settings.currency} />
      {statement &&
        REVIEWED.map((name) => <input type="hidden" name={name} value={String(statement.totals[name])} />)}
      <div class="column">
        <Card title={retailer?.name ?? ''} flush>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">Product</th>
                <th scope="col">SKU</th>
                <th scope="col" class="number">
                  Qty
                </th>
                <th scope="col" class="number">
                  Price
                </th>
                <th scope="col" class="number">
                  Total
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ product, quantity, unitPrice }) => (
                <tr>
                  <td class="grow">{product.name}</td>
                  <td class="wide breaks soft">{product.sku}</td>
                  <td class="number second" data-label="Qty">
                    {numberWords(quantity)}
                  </td>
                  <td class="number second" data-label="at">
                    {money(unitPrice)}
                  </td>
                  <td class="number">{money(quantity * unitPrice)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
        <dl class="facts">
          <div>
            <dt>Date</dt>
            <dd>
              <Day date={cart.date || view.today} />
            </dd>
          </div>
          {cart.shipBy !== '' && (
            <div>
              <dt>Promised ship date</dt>
              <dd>
                <Day date={cart.shipBy} />
              </dd>
            </div>
          )}
          {cart.poNumber !== '' && (
            <div>
              <dt>PO number</dt>
              <dd>{cart.poNumber}</dd>
            </div>
          )}
          <div>
            <dt>Stock</dt>
            <dd>{stockWords(cart, retailer?.type)}</dd>
          </div>
        </dl>
      </div>
      <div class="column">
        {statement && <StatementStub statement={statement} />}
        {missing.length > 0 && !cart.allowShortage && (
          <Banner tone="warning" title="Not enough is available now">
            {missing.map(({ productId, available, wanted }) => (
              <p>
                {names.get(productId)}: {numberWords(wanted)} wanted, {numberWords(available)} available.
              </p>
            ))}
            <p>Change the quantities, or place it to choose what becomes of the rest.</p>
          </Banner>
        )}
        <Card title="E-mail">
          {recipients.length === 0 ? (
            <Banner tone="warning">
              <p>
                Nobody is written to: the retailer has no e-mail address and the settings name none for this.
              </p>
            </Banner>
          ) : (
            <>
              {retailer?.email === '' && (
                <p>{retailer.name} has no e-mail address: only you are written to.</p>
              )}
              <p>{count(recipients.length, 'message')} will go out:</p>
              <ul>
                {recipients.map((recipient) => (
                  <li>{recipient}</li>
                ))}
              </ul>
            </>
          )}
        </Card>
        <Button kind="primary" size="full">
          {recipients.length === 0 ? 'Place order' : 'Place order and send'}
        </Button>
        <Button size="full" formaction={routes.newOrder()} name="do" value="change">
          Change
        </Button>
      </div>
    </form>
  )
}

function stockWords({ pull, allowShortage }: Cart, type?: string): string {
  if (type !== 'consignment' && !pull) return 'Stays available until the order ships'
  return allowShortage
    ? 'Reserved when you place the order; what is missing is to be made'
    : 'Reserved when you place the order'
}

const CartFields = ({ cart, currency }: { cart: Cart; currency: string }) => {
  const { id, retailerId, discount, shipping, otherCharges, tax, poNumber, date, shipBy } = cart
  const terms = { discount, shipping, otherCharges, tax, poNumber, date, shipBy, currency }
  const fields = { orderId: id, retailer: retailerId, ...terms }
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {cart.pull && <input type="hidden" name="pull" value="on" />}
      {cart.isShort && <input type="hidden" name="isShort" value="1" />}
      {cart.allowShortage && <input type="hidden" name="allowShortage" value="on" />}
      {cart.lines.map(({ productId, quantity }) => (
        <>
          <input type="hidden" name="product" value={productId} />
          <input type="hidden" name="quantity" value={quantity} />
        </>
      ))}
    </>
  )
}
