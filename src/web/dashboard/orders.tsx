import { Hono } from 'hono'
import { formatMoney } from '../../money.ts'
import { listOrders, type OrderList } from '../../orders/list-orders.ts'
import {
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  type OrderStatus,
  PAYMENT_STATUS_WORDS,
  PAYMENT_STATUSES,
  type PaymentStatus,
} from '../../orders/order.ts'
import type { OrderFilter } from '../../orders/order-list-store.ts'
import { routes } from '../../routes.ts'
import { failurePage } from '../errors.tsx'
import { wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { SelectField } from '../ui/field.tsx'
import { Pagination } from '../ui/pagination.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Day, Time } from '../ui/time.tsx'
import { OrderStatusPill, PaymentStatusPill } from './order-words.tsx'
import { staffPage } from './page.tsx'

/** The orders list: everything about it is in its URL. */
export const orders = new Hono<WebEnv>()

orders.get(routes.orders(), async (c) => {
  const filter = filterFrom(c)
  const older = wholeFrom(c.req.query('older') ?? '')
  const newer = wholeFrom(c.req.query('newer') ?? '')
  const list = await listOrders(c.var.ctx, filter, {
    ...(older > 0 ? { olderThan: older } : newer > 0 ? { newerThan: newer } : {}),
  })
  if (!list.ok) return failurePage(c, list.failure)
  return staffPage(
    c,
    list.value.frame,
    {
      title: 'Orders',
      section: 'orders',
      actions: (
        <LinkButton kind="primary" icon="add" href={routes.newOrder()}>
          Create Order
        </LinkButton>
      ),
    },
    <OrdersPage list={list.value} filter={filter} now={c.var.ctx.now} />,
  )
})

function filterFrom(c: WebContext): OrderFilter {
  const status = ORDER_STATUSES.find((status) => status === c.req.query('status'))
  const paymentStatus = PAYMENT_STATUSES.find((status) => status === c.req.query('payment'))
  return { status, paymentStatus }
}

const urlOf = ({ status, paymentStatus }: OrderFilter, page: Record<string, string> = {}) =>
  routes.orders({ status: status ?? '', payment: paymentStatus ?? '', ...page })

const OrdersPage = (props: { list: OrderList; filter: OrderFilter; now: number }) => {
  const { list, filter, now } = props
  const { rows, counts, frame } = list
  const total = Object.values(counts).reduce((sum, orders) => sum + orders, 0)
  const tab = (label: string, status?: OrderStatus) => ({
    ...{ label, href: urlOf({ ...filter, status }), isCurrent: filter.status === status },
    count: status ? (counts[status] ?? 0) : total,
  })
  const first = rows[0]
  const last = rows.at(-1)
  return (
    <>
      <Tabs
        label="Order status"
        tabs={[tab('All'), ...ORDER_STATUSES.map((status) => tab(ORDER_STATUS_WORDS[status], status))]}
      />
      <PaymentFilter filter={filter} />
      <Card flush>
        {rows.length > 0 ? (
          <OrdersTable
            rows={rows}
            currency={frame.settings.currency}
            timeZone={frame.settings.timeZone}
            now={now}
          />
        ) : (
          <NoOrders isFiltered={Boolean(filter.status || filter.paymentStatus)} />
        )}
      </Card>
      <Pagination
        newerHref={list.hasNewer && first ? urlOf(filter, { newer: String(first.number) }) : undefined}
        olderHref={list.hasOlder && last ? urlOf(filter, { older: String(last.number) }) : undefined}
      />
    </>
  )
}

const PaymentFilter = ({ filter }: { filter: OrderFilter }) => (
  <form class="filters" method="get" action={routes.orders()}>
    {filter.status && <input type="hidden" name="status" value={filter.status} />}
    <SelectField
      label="Payment status"
      name="payment"
      value={filter.paymentStatus ?? ''}
      options={[
        { value: '', label: 'Any' },
        ...PAYMENT_STATUSES.map((value: PaymentStatus) => ({ value, label: PAYMENT_STATUS_WORDS[value] })),
      ]}
    />
    <Button>Filter</Button>
    {filter.paymentStatus && (
      <LinkButton kind="quiet" href={urlOf({ status: filter.status })}>
        Clear
      </LinkButton>
    )}
  </form>
)

const OrdersTable = (props: { rows: OrderList['rows']; currency: string; timeZone: string; now: number }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Order ID</th>
        <th scope="col">Retailer</th>
        <th scope="col">Date</th>
        <th scope="col">Order Status</th>
        <th scope="col">Payment Status</th>
        <th scope="col" class="number">
          Net Total
        </th>
        <th scope="col" class="number">
          Gross Total
        </th>
        <th scope="col">Created</th>
        <th scope="col">
          <span class="visually-hidden">Open</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {props.rows.map((row) => (
        <tr class={row.status === 'awaiting_approval' ? 'needs-action' : undefined}>
          <td>
            <b>{row.number}</b>
          </td>
          <td class="grow">{row.retailerName ?? 'New shop'}</td>
          <td class="wide nowrap">
            <Day date={row.date} />
          </td>
          <td class="second">
            <OrderStatusPill status={row.status} />
          </td>
          <td class="second">
            <PaymentStatusPill status={row.paymentStatus} />
          </td>
          <td class="number">{formatMoney(row.netTotal, props.currency)}</td>
          <td class="number wide">{formatMoney(row.grossTotal, props.currency)}</td>
          <td class="wide nowrap soft">
            <Time at={row.createdAt} timeZone={props.timeZone} now={props.now} />
          </td>
          <td class="end second last">
            <a class="row-link" href={routes.order(row.number)} aria-label={`Details of order ${row.number}`}>
              Details
            </a>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const NoOrders = ({ isFiltered }: { isFiltered: boolean }) =>
  isFiltered ? (
    <Empty
      title="No order matches"
      icon="search"
      actions={<LinkButton href={routes.orders()}>Clear filters</LinkButton>}
    >
      There are orders, but none with this status.
    </Empty>
  ) : (
    <Empty
      title="No orders yet"
      icon="receipt"
      actions={
        <LinkButton kind="primary" href={routes.newOrder()}>
          Create Order
        </LinkButton>
      }
    >
      The first order you take for a shop will stand here.
    </Empty>
  )
