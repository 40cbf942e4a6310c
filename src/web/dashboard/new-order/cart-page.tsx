import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import type { DraftLine, DraftView } from '../../../orders/read-draft.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { fieldId, NumberField } from '../../ui/field.tsx'
import { StatementStub } from '../order/statement.tsx'
import { count } from '../order-words.tsx'
import type { Cart } from './cart.ts'
import { ProductsCard } from './cart-products.tsx'
import { changesCart, replacesCart } from './cart-swaps.ts'
import { TermsCard } from './cart-terms.tsx'

/** The cart: one form that holds everything. Its buttons come back to this page; with a script, without reloading. */
export const CartPage = (props: { cart: Cart; view: DraftView; problems: Problem[] }) => {
  const { cart, view, problems } = props
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message
  const { currency } = view.frame.settings
  const totals = view.statement?.totals
  return (
    <form id="cart" method="post" action={routes.newOrder()} novalidate>
      <div class="order">
        <div class="column">
          {/* The button that Enter presses. */}
          <button class="visually-hidden" type="submit" name="do" value="update" tabindex={-1}>
            Update totals
          </button>
          <ErrorSummary
            problems={problems.map(({ field, message }) => ({
              message: withProduct(cart, view, field, message),
              name: field || undefined,
            }))}
          />
          {/* Not "id": the form would answer with this field when its own id is asked for, and never be morphed. */}
          <input type="hidden" name="orderId" value={cart.id} />
          <input type="hidden" name="retailer" value={cart.retailerId} />
          <input type="hidden" name="currency" value={currency} />
          <LinesCard cart={cart} view={view} errorOf={errorOf} />
          <ProductsCard cart={cart} view={view} error={errorOf('q')} />
        </div>
        <div class="column">
          {view.statement && <StatementStub statement={view.statement} />}
          <TermsCard cart={cart} view={view} errorOf={errorOf} />
          <div class="if-wide">
            <Button kind="primary" size="full" name="do" value="review">
              Review order
            </Button>
          </div>
        </div>
      </div>
      <div class="bottom-bar if-narrow">
        {totals && (
          <span>
            {count(totals.pieces, 'piece')} · {formatMoney(totals.netTotal, currency)}
          </span>
        )}
        <Button kind="primary" name="do" value="review">
          Review order
        </Button>
      </div>
    </form>
  )
}

/** What is wrong with a line, told apart from the same at another one. */
function withProduct(cart: Cart, { lines }: DraftView, field: string, message: string): string {
  const index = /^lines\.(\d+)\./.exec(field)?.[1]
  const productId = index && cart.lines[Number(index)]?.productId
  const name = lines.find(({ product }) => product.id === productId)?.product.name
  return name === undefined || message.includes(name) ? message : `${name}: ${message}`
}

const LinesCard = ({
  cart,
  view,
  errorOf,
}: {
  cart: Cart
  view: DraftView
  errorOf: (field: string) => string | undefined
}) => {
  const { currency } = view.frame.settings
  return (
    <Card title="Line items" flush>
      {view.lines.length === 0 ? (
        <Empty title="Nothing in the cart yet" icon="boxes">
          Find a product below and add it.
        </Empty>
      ) : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col">Qty</th>
              <th scope="col" class="number">
                Price
              </th>
              <th scope="col" class="number">
                Total
              </th>
              <th scope="col">
                <span class="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {view.lines.map((line, index) => (
              <CartRow
                line={line}
                typed={cart.lines.find(({ productId }) => productId === line.product.id)?.quantity ?? ''}
                field={`lines.${index}.quantity`}
                error={errorOf(`lines.${index}.quantity`)}
                currency={currency}
                autofocus={typeof cart.focus === 'object' && cart.focus?.quantityOf === line.product.id}
              />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

const CartRow = (props: {
  line: DraftLine
  typed: string
  field: string
  error?: string
  currency: string
  autofocus: boolean
}) => {
  const { line, typed, field, error, currency, autofocus } = props
  const { product, unitPrice, quantity } = line
  const money = (amount: number) => formatMoney(amount, currency)
  return (
    <tr>
      <td class="grow">
        {product.name} <span class="soft small">{product.sku}</span>
        <input type="hidden" name="product" value={product.id} />
        <CartNotes line={line} />
      </td>
      <td class="second narrow">
        <NumberField
          label={`Quantity of ${product.name}`}
          hideLabel
          name="quantity"
          id={fieldId(field)}
          value={typed}
          error={error}
          attributes={changesCart()}
          autofocus={autofocus}
        />
      </td>
      <td class="number second" data-label="at">
        {money(unitPrice)}
      </td>
      <td class="number">{quantity >= 1 ? money(quantity * unitPrice) : '–'}</td>
      <td class="end second last">
        <Button
          kind="quiet"
          icon="remove"
          name="do"
          value={`remove:${product.id}`}
          attributes={{ ...replacesCart(), 'aria-label': `Remove ${product.name}` }}
        >
          Remove
        </Button>
      </td>
    </tr>
  )
}

/** What staff should know of a line before it is placed: cases and stock. */
const CartNotes = ({ line: { product, quantity } }: { line: DraftLine }) => (
  <>
    {product.caseSize > 1 && quantity % product.caseSize !== 0 && quantity >= 1 && (
      <p class="small soft">Sold in cases of {product.caseSize}.</p>
    )}
    {product.stockTracked && quantity > product.available && (
      <p class="small negative">Only {numberWords(product.available)} available.</p>
    )}
  </>
)
