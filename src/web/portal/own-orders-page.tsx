import { formatMoney } from '../../money.ts'
import type { OwnOrders } from '../../orders/read-own-orders.ts'
import { routes } from '../../routes.ts'
import { count, OrderStatusPill } from '../dashboard/order-words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Pagination } from '../ui/pagination.tsx'
import { Day } from '../ui/time.tsx'
import { ShopPage } from './shop-page.tsx'

/** All orders of one retailer, the newest first. */
export const OwnOrdersPage = ({ orders, token }: { orders: OwnOrders; token: string }) => {
  const { portal, rows, hasOlder } = orders
  const last = rows.at(-1)
  return (
    <ShopPage portal={portal} token={token} title="Your orders" current="orders">
      <PageHead title="Your orders" />
      <Card flush>
        {last ? (
          <Rows orders={orders} token={token} />
        ) : (
          <Empty
            title="No orders yet"
            icon="package"
            actions={<LinkButton href={routes.portal(token)}>Choose products</LinkButton>}
          >
            What you send stands here, with its status and tracking number.
          </Empty>
        )}
      </Card>
      <Pagination
        note={count(rows.length, 'order')}
        olderHref={last && hasOlder ? routes.portalOrders(token, { before: String(last.number) }) : undefined}
      />
    </ShopPage>
  )
}

const Rows = ({ orders: { rows, portal }, token }: { orders: OwnOrders; token: string }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Order</th>
        <th scope="col">Date</th>
        <th scope="col">Status</th>
        <th scope="col" class="number">
          Net total
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ number, date, status, voided, netTotal }) => (
        <tr>
          <td class="grow">
            <a class="row-link" href={routes.portalOrder(token, number)}>
              Order #{number}
            </a>
          </td>
          <td class="second">
            <Day date={date} />
          </td>
          <td>
            <OrderStatusPill status={status} voided={voided} />
          </td>
          <td class="number second last">{formatMoney(netTotal, portal.settings.currency)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
