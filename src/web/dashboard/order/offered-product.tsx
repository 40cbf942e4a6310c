import type { PickedProduct } from '../../../catalog/search-products.ts'
import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'

/** What staff see of a product that they can pick for an order: inside a link, or a button. */
export const OfferedProduct = ({ product, currency }: { product: PickedProduct; currency: string }) => (
  <>
    <span>
      {product.name} <span class="soft">{product.sku}</span>
    </span>
    <span class="soft small">
      {formatMoney(product.retailPrice, currency)} retail
      {product.stockTracked && ` · ${numberWords(product.available)} available`}
    </span>
  </>
)
