import { html, raw } from 'hono/html'
import type { ProductFilter, ProductList } from '../../../catalog/list-products.ts'
import type { ProductCursor, ProductView } from '../../../catalog/product-store.ts'
import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import { routes } from '../../../routes.ts'
import type { WebContext } from '../../session.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Photo } from '../../ui/photo.tsx'
import { pill } from '../../ui/pill.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { staffPage } from '../page.tsx'
import { Available } from './stock-words.tsx'

/** The products list: everything about it is in its URL. */
export function listPage(c: WebContext, list: ProductList, filter: ProductFilter, cursor: ProductCursor) {
  const { rows, frame } = list
  const first = rows[0]
  const last = rows.at(-1)
  const isFirstPage = cursor.after === undefined && cursor.before === undefined
  // Words find the newest first; all else goes by name.
  const labels = filter.search === '' ? { newerLabel: 'Previous', olderLabel: 'Next' } : {}
  return staffPage(
    c,
    frame,
    {
      title: 'Products',
      section: 'products',
      actions: (
        <>
          <LinkButton icon="upload" href={routes.imports('products')}>
            Import CSV
          </LinkButton>
          <LinkButton kind="primary" icon="add" href={routes.newProduct()}>
            Add product
          </LinkButton>
        </>
      ),
    },
    <>
      <Tabs
        label="Products"
        tabs={VIEWS.map(({ view, label }) => ({
          ...{ label, href: urlOf({ ...filter, view }), isCurrent: view === filter.view },
        }))}
      />
      <form class="filters" method="get" action={routes.products()}>
        {filter.view !== 'all' && <input type="hidden" name="view" value={filter.view} />}
        <SearchField
          label="Search products"
          name="q"
          value={filter.search}
          placeholder="Name, SKU or collection"
        />
        <Button>Search</Button>
        {filter.search !== '' && (
          <LinkButton kind="quiet" href={urlOf({ ...filter, search: '' })}>
            Clear
          </LinkButton>
        )}
      </form>
      <Card flush>
        {rows.length > 0 ? (
          <ProductsTable rows={rows} currency={frame.settings.currency} />
        ) : (
          <NoProducts filter={filter} isFirstPage={isFirstPage} />
        )}
      </Card>
      <Pagination
        {...labels}
        newerHref={list.hasPrevious && first ? urlOf(filter, { before: String(first.number) }) : undefined}
        olderHref={list.hasNext && last ? urlOf(filter, { after: String(last.number) }) : undefined}
      />
    </>,
  )
}

const VIEWS: { view: ProductView; label: string }[] = [
  { view: 'all', label: 'All' },
  { view: 'low', label: 'Low stock' },
  { view: 'archived', label: 'Archived' },
]

const urlOf = ({ view, search }: ProductFilter, page: Record<string, string> = {}) =>
  routes.products({ view: view === 'all' ? '' : view, q: search, ...page })

const ProductsTable = ({ rows, currency }: { rows: ProductList['rows']; currency: string }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Product</th>
        <th scope="col">SKU</th>
        <th scope="col">Collection</th>
        <th scope="col" class="number">
          Retail price
        </th>
        <th scope="col" class="number">
          On hand
        </th>
        <th scope="col" class="number">
          Reserved
        </th>
        <th scope="col" class="number">
          Available
        </th>
      </tr>
    </thead>
    <tbody>{rows.map((row) => productRow(row, currency))}</tbody>
  </table>
)

// As text: elements for a page of products take as long to build as the database takes to answer.
const productRow = (row: ProductList['rows'][number], currency: string) => html`<tr>
<td class="grow"><span class="pictured">${Photo({ id: row.photo, alt: '' })}<span><a class="row-link" href="${routes.product(row.id)}">${row.name}</a> ${row.lowStock ? LOW_STOCK : ''}</span></span></td>
<td class="second breaks soft">${row.sku}</td>
<td class="wide">${row.collection}</td>
<td class="number">${formatMoney(row.retailPrice, currency)}</td>
${row.stockTracked ? stockCells(row) : NOT_TRACKED}</tr>
`

const stockCells = ({ onHand, reserved, available }: ProductList['rows'][number]) =>
  html`<td class="number wide">${numberWords(onHand)}</td>
<td class="number wide">${numberWords(reserved)}</td>
<td class="number second last" data-label="Available">${Available({ available })}</td>`

const LOW_STOCK = pill('amber', 'Low stock')
const NOT_TRACKED = raw('<td class="number second last soft" colspan="3">Not tracked</td>')

const NoProducts = ({ filter, isFirstPage }: { filter: ProductFilter; isFirstPage: boolean }) => {
  if (!isFirstPage) {
    return (
      <Empty title="Nothing on this page" actions={<LinkButton href={urlOf(filter)}>First page</LinkButton>}>
        The list has changed since you opened it.
      </Empty>
    )
  }
  if (filter.search !== '') {
    return (
      <Empty
        title="No product matches"
        icon="search"
        actions={<LinkButton href={urlOf({ ...filter, search: '' })}>Clear search</LinkButton>}
      >
        No name, SKU or collection here has words that begin with “{filter.search}”.
      </Empty>
    )
  }
  switch (filter.view) {
    case 'low':
      return (
        <Empty title="Nothing is low" icon="check">
          Products stand here when no more than their threshold is available.
        </Empty>
      )
    case 'archived':
      return (
        <Empty title="Nothing is archived" icon="archive">
          Products that are not sold any more stand here, and can be brought back.
        </Empty>
      )
    case 'all':
      return (
        <Empty
          title="No products yet"
          icon="package"
          actions={
            <>
              <LinkButton kind="primary" href={routes.newProduct()}>
                Add product
              </LinkButton>
              <LinkButton href={routes.imports('products')}>Import CSV</LinkButton>
            </>
          }
        >
          Add what you make one by one, or bring a file from your shop.
        </Empty>
      )
  }
}
