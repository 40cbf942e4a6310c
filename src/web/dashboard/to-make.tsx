import { Hono } from 'hono'
import { numberWords } from '../../number-words.ts'
import {
  MAX_OPEN_ORDERS,
  MAX_PRODUCTS,
  readToMake,
  type ToMake,
  type ToMakeView,
} from '../../orders/read-to-make.ts'
import { routes } from '../../routes.ts'
import { failurePage } from '../errors.tsx'
import type { WebEnv } from '../session.ts'
import { Banner } from '../ui/banner.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { Day } from '../ui/time.tsx'
import { count, OrderStatusPill } from './order-words.tsx'
import { staffPage } from './page.tsx'

/** What open orders need beyond what is there, per product, with the orders behind it. */
export const toMake = new Hono<WebEnv>()

toMake.get(routes.toMake(), async (c) => {
  const view = await readToMake(c.var.ctx)
  if (!view.ok) return failurePage(c, view.failure)
  return staffPage(
    c,
    view.value.frame,
    {
      title: 'To make',
      section: 'to-make',
      lead: 'What open orders need beyond what is on hand, the earliest promised ship date first.',
    },
    <ToMakePage view={view.value} />,
  )
})

const ToMakePage = ({ view: { products, hasMore, isCut } }: { view: ToMakeView }) => (
  <>
    {isCut && (
      <Banner tone="info">
        <p>
          There are more than {numberWords(MAX_OPEN_ORDERS)} open orders. This looks at those with the
          earliest promised ship dates.
        </p>
      </Banner>
    )}
    {products.length === 0 ? (
      <Card flush>
        <Empty
          title="Nothing to make"
          icon="check"
          actions={<LinkButton href={routes.products()}>Go to the products</LinkButton>}
        >
          What every open order needs is on hand.
        </Empty>
      </Card>
    ) : (
      <>
        <p class="prose soft">
          Open orders need the units that they have reserved, and those of orders that reserve nothing yet:
          they are not pulled from on hand, or await approval. What is on hand is taken off. Units that were
          reserved without being there are promised already.
        </p>
        {products.map((product) => (
          <ProductCard product={product} isCut={isCut} />
        ))}
      </>
    )}
    {hasMore && (
      <p class="soft">
        These are the first {MAX_PRODUCTS} products. Others come into view when these are made.
      </p>
    )}
  </>
)

const ProductCard = ({ product, isCut }: { product: ToMake; isCut: boolean }) => (
  <section class="card" aria-labelledby={`to-make-${product.productId}`}>
    <div class="card-head">
      <h2 id={`to-make-${product.productId}`}>
        <a href={routes.product(product.productId)}>{product.name}</a>{' '}
        <span class="soft small">{product.sku}</span>
      </h2>
      <b>{numberWords(product.toMake)} to make</b>
    </div>
    <div class="card-body">
      <p>{sumWords(product)}</p>
      {product.orders.length === 0 && !isCut && (
        <p>No open order needs it: more was shipped than was on hand. Count what is on the shelf.</p>
      )}
    </div>
    {product.orders.length > 0 && <OrdersTable product={product} />}
  </section>
)

/** "30 needed (24 reserved, 6 not reserved yet) − 22 on hand; 2 promised already." */
function sumWords({ needed, reserved, waiting, onHand, promised }: ToMake): string {
  const parts = waiting > 0 ? ` (${reserved} reserved, ${waiting} not reserved yet)` : ' (reserved)'
  const there = onHand < 0 ? `+ ${-onHand} that were shipped before they were there` : `− ${onHand} on hand`
  const sum = `${needed} needed${needed > 0 ? parts : ''} ${there}`
  return promised > 0 ? `${sum}; ${promised} promised already.` : `${sum}.`
}

const OrdersTable = ({ product }: { product: ToMake }) => (
  <>
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Retailer</th>
          <th scope="col">Promised ship date</th>
          <th scope="col">Status</th>
          <th scope="col">Stock</th>
          <th scope="col" class="number">
            Qty
          </th>
        </tr>
      </thead>
      <tbody>
        {product.orders.map((order) => (
          <tr>
            <td>
              <a class="row-link" href={routes.order(order.number)}>
                {order.number}
              </a>
            </td>
            <td class="grow">{order.retailerName || 'New shop'}</td>
            <td class="second" data-label={order.shipBy === '' ? undefined : 'Ship by'}>
              {order.shipBy === '' ? <span class="soft">No promise</span> : <Day date={order.shipBy} />}
            </td>
            <td class="second">
              <OrderStatusPill status={order.status} />
            </td>
            <td class="second">{order.reserves ? 'Reserved' : 'Not reserved'}</td>
            <td class="number">{numberWords(order.quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {product.orderCount > product.orders.length && (
      <div class="card-foot">
        <a href={ordersOf(product)}>All {count(product.orderCount, 'open order')} with it</a>
      </div>
    )}
  </>
)

const ordersOf = ({ sku }: ToMake) =>
  routes.orders([
    ['status', 'awaiting_approval'],
    ['status', 'new'],
    ['status', 'in_progress'],
    ['q', sku],
  ])
