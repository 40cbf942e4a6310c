import type { Catalogue, CatalogueAsked, OfferedProduct } from '../../catalog/read-catalogue.ts'
import { formatMoney, formatRate, minorDigits } from '../../money.ts'
import { cartText } from '../../orders/cart.ts'
import type { Problem } from '../../result.ts'
import type { Portal } from '../../retailers/open-portal.ts'
import { routes } from '../../routes.ts'
import { count } from '../dashboard/order-words.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { cartCookieTail } from './cart-cookie.ts'
import { CatalogueNotes } from './catalogue-notes.tsx'
import { Offer } from './offer.tsx'
import { ShopPage } from './shop-page.tsx'

/** Quantities as they were typed, by product number. */
export type Typed = ReadonlyMap<number, string>

/** Which products a page shows: the same again where something is refused. */
export type Shown = Pick<CatalogueAsked, 'search' | 'after'>

interface CatalogueProps {
  catalogue: Catalogue
  token: string
  shown: Shown
  typed?: Typed
  problems: Problem[]
}

/** Everything that is offered, with its quantities: one form, whose bar says what it comes to. */
export const CataloguePage = (props: CatalogueProps) => {
  const { catalogue, token, shown, problems } = props
  const { search, after } = shown
  const { portal, products, next } = catalogue
  const collections = [...Map.groupBy(products, ({ collection }) => collection)]
  return (
    <ShopPage portal={portal} token={token} title="Order" current="catalogue">
      <PageHead title={`Order from ${portal.settings.businessName}`} lead={leadFor(portal)} />
      {portal.welcomeText !== '' && <p class="quote prose">{portal.welcomeText}</p>}
      <form
        class="form"
        id="cart"
        method="post"
        action={routes.portalCart(token)}
        novalidate
        {...cartData(props)}
      >
        <ErrorSummary
          problems={problems.map(({ field, message }) => ({ message, id: field || undefined }))}
        />
        <CatalogueNotes catalogue={catalogue} />
        <input type="hidden" name="shown" value={search} />
        <input type="hidden" name="after" value={JSON.stringify(after)} />
        <input type="hidden" name="next" value={JSON.stringify(next)} />
        <div class="filters">
          <SearchField label="Search products" name="q" value={search} />
          <Button name="do" value="search">
            Search
          </Button>
          {search !== '' && (
            <Button name="do" value="all">
              Show all
            </Button>
          )}
        </div>
        {products.length === 0 && <Nothing search={search} />}
        {collections.map(([collection, offered]) => (
          <Collection name={collection} products={offered} {...props} />
        ))}
        {next && (
          <div class="pagination">
            <span>{count(products.length, 'product')} on this page</span>
            <Button name="do" value="page">
              More products
            </Button>
          </div>
        )}
        <CartBar catalogue={catalogue} />
      </form>
    </ShopPage>
  )
}

function leadFor({ retailer, type, rate }: Portal): string {
  if (!retailer) return 'For new shops · wholesale prices'
  if (type === 'wholesale') return `For ${retailer.name} · prices are yours, wholesale`
  return `For ${retailer.name} · on consignment, you keep ${formatRate(rate)}`
}

const Nothing = ({ search }: { search: string }) =>
  search === '' ? (
    <Empty title="Nothing is offered just now" icon="package">
      Come back later, or ask us what is on its way.
    </Empty>
  ) : (
    <Empty title={`No product matches “${search}”`} icon="search">
      Try another word, or show all.
    </Empty>
  )

const Collection = (props: CatalogueProps & { name: string; products: OfferedProduct[] }) => {
  const { name, products, catalogue, typed, problems } = props
  const chosen = new Map(catalogue.lines.map(({ product, quantity }) => [product.number, quantity]))
  return (
    <section class="collection">
      <h2>{name === '' ? 'More' : name}</h2>
      <ul class="offers">
        {products.map((product) => (
          <Offer
            product={product}
            portal={catalogue.portal}
            token={props.token}
            value={typed?.get(product.number) ?? String(chosen.get(product.number) ?? '')}
            error={problems.find(({ field }) => field === `p${product.number}`)?.message}
          />
        ))}
      </ul>
    </section>
  )
}

/** The same words that portal.js writes while quantities change. */
const CartBar = ({ catalogue: { lines, portal } }: { catalogue: Catalogue }) => {
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const total = lines.reduce((sum, { product, quantity }) => sum + quantity * product.unitPrice, 0)
  const money = (amount: number) => formatMoney(amount, portal.settings.currency)
  const missing = portal.minimumOrder - total
  return (
    <div class="bottom-bar shop-bar">
      <output>
        <b id="sum">
          {pieces} {pieces === 1 ? 'piece' : 'pieces'} · {money(total)}
        </b>
        <span class="soft small" id="note">
          {missing > 0 ? `${money(missing)} to the minimum` : reachedWords(portal)}
        </span>
      </output>
      <Button kind="primary" name="do" value="review">
        Review order
      </Button>
    </div>
  )
}

const reachedWords = ({ minimumOrder }: Portal) => (minimumOrder > 0 ? 'minimum reached' : '')

/** What portal.js computes with: the terms, and what is chosen beside the products of this page. */
function cartData({ catalogue, token }: CatalogueProps) {
  const { portal, products, lines } = catalogue
  const here = new Set(products.map(({ number }) => number))
  const rest = lines.filter(({ product }) => !here.has(product.number))
  const { currency } = portal.settings
  return {
    'data-chosen': cartText(new Map(rest.map(({ product, quantity }) => [product.number, quantity]))),
    'data-pieces': rest.reduce((sum, { quantity }) => sum + quantity, 0),
    'data-total': rest.reduce((sum, { product, quantity }) => sum + quantity * product.unitPrice, 0),
    'data-money': JSON.stringify({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
    ...{ 'data-digits': minorDigits(currency), 'data-least': portal.minimumOrder },
    ...{ 'data-done': reachedWords(portal), 'data-cookie': cartCookieTail(token) },
  }
}
