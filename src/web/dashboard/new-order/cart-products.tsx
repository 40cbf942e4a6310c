import type { DraftView } from '../../../orders/read-draft.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { fieldId } from '../../ui/field.tsx'
import { followsTyping } from '../../ui/follows-typing.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { OfferedProduct } from '../order/offered-product.tsx'
import type { Cart } from './cart.ts'
import { replacesCart } from './cart-swaps.ts'

/** The products that are found, each a button that puts it into the cart. */
export const ProductsCard = ({ cart, view, error }: { cart: Cart; view: DraftView; error?: string }) => {
  const { currency } = view.frame.settings
  return (
    <Card title="Add products" flush>
      <div class="card-body">
        <div class="filters">
          <SearchField
            label="Product name or SKU"
            name="q"
            value={cart.search}
            autofocus={cart.focus === 'search' && !cart.isShort}
            attributes={{
              ...{ 'hx-post': routes.newOrder(), 'hx-include': 'closest form' },
              ...followsTyping('#offered'),
            }}
          />
          <Button name="do" value="search">
            Search
          </Button>
        </div>
        {error && (
          <p class="error" id={`${fieldId('q')}-error`}>
            {error}
          </p>
        )}
      </div>
      <div id="offered">
        {view.offered.length === 0 ? (
          <Empty title="No product matches" icon="search">
            Try another name or SKU.
          </Empty>
        ) : (
          <ul class="picks">
            {view.offered.map((product) => (
              <li>
                <button
                  type="submit"
                  name="do"
                  value={`add:${product.caseSize}:${product.id}`}
                  {...replacesCart()}
                >
                  <OfferedProduct {...{ product, currency }} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
