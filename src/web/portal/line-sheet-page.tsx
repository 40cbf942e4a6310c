import type { Catalogue, OfferedProduct } from '../../catalog/read-catalogue.ts'
import { formatMoney } from '../../money.ts'
import { routes } from '../../routes.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ShopPage } from './shop-page.tsx'

type LineSheet = Pick<Catalogue, 'portal' | 'products' | 'next'> & { token: string }

/** Everything that is offered on paper: SKU, case size and both prices. */
export const LineSheetPage = ({ portal, products, next, token }: LineSheet) => {
  const { businessName, replyTo, currency } = portal.settings
  return (
    <ShopPage portal={portal} token={token} title="Line sheet" current="line-sheet">
      <PageHead
        title="Line sheet"
        actions={
          <Button type="button" icon="print" attributes={{ 'data-print': '' }}>
            Print
          </Button>
        }
      />
      <article class="sheet" aria-label="Line sheet">
        <header class="sheet-head">
          <div>
            <b>{businessName}</b>
            {replyTo !== '' && <div class="soft small">{replyTo}</div>}
          </div>
          <div>
            <h2>Line sheet</h2>
            {portal.retailer && <div>For {portal.retailer.name}</div>}
          </div>
        </header>
        {[...Map.groupBy(products, ({ collection }) => collection)].map(([collection, offered]) => (
          <Collection name={collection} products={offered} currency={currency} />
        ))}
        {products.length === 0 && <p>Nothing is offered just now.</p>}
      </article>
      {next && (
        <div class="pagination">
          <span />
          <LinkButton href={routes.lineSheet(token, { after: JSON.stringify(next) })}>
            More products
          </LinkButton>
        </div>
      )}
    </ShopPage>
  )
}

const Collection = (props: { name: string; products: OfferedProduct[]; currency: string }) => {
  const title = props.name === '' ? 'More' : props.name
  const money = (amount: number) => formatMoney(amount, props.currency)
  return (
    <section>
      <h3>{title}</h3>
      <table class="stack" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">SKU</th>
            <th scope="col" class="number">
              Case
            </th>
            <th scope="col" class="number">
              Your price
            </th>
            <th scope="col" class="number">
              Retail
            </th>
          </tr>
        </thead>
        <tbody>
          {props.products.map(({ name, sku, caseSize, unitPrice, retailPrice }) => (
            <tr>
              <td class="grow">{name}</td>
              <td class="second breaks soft">{sku}</td>
              <td class="number second" data-label="by">
                {caseSize}
              </td>
              <td class="number">
                <b>{money(unitPrice)}</b>
              </td>
              <td class="number second last" data-label="retail">
                {money(retailPrice)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
