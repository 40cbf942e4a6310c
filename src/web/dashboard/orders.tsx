import { Hono } from 'hono'
import {
  keyOf,
  listOrders,
  MAX_SORTED_MATCHES,
  ORDERS_PER_PAGE,
  type OrderList,
} from '../../orders/list-orders.ts'
import { ORDER_STATUS_WORDS, ORDER_STATUSES, type OrderStatus } from '../../orders/order.ts'
import { isFiltered, NO_FILTER } from '../../orders/order-filter.ts'
import { routes } from '../../routes.ts'
import { failurePage } from '../errors.tsx'
import type { WebEnv } from '../session.ts'
import { Banner } from '../ui/banner.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { Pagination } from '../ui/pagination.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Filters } from './orders/filters.tsx'
import { type OrderQuery, queryFrom, urlOf } from './orders/order-query.ts'
import { OrdersTable } from './orders/orders-table.tsx'
import { staffPage } from './page.tsx'

/** The orders list: everything about it is in its URL. */
export const orders = new Hono<WebEnv>()

orders.get(routes.orders(), async (c) => {
  const { filter, ordering, page } = queryFrom(new URL(c.req.url).searchParams)
  const list = await listOrders(c.var.ctx, filter, ordering, page)
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
    <OrdersPage list={list.value} query={{ filter, ordering }} now={c.var.ctx.now} />,
  )
})

const OrdersPage = ({ list, query, now }: { list: OrderList; query: OrderQuery; now: number }) => {
  const { rows, frame, isCut } = list
  const { sort } = query.ordering
  const first = rows[0]
  const last = rows.at(-1)
  const byAge = sort === 'number' || sort === 'created' || sort === 'date'
  return (
    <>
      <StatusTabs list={list} query={query} />
      <Filters query={query} retailerName={list.retailerName} />
      {isCut && (
        <Banner tone="info">
          <p>
            More than {MAX_SORTED_MATCHES} orders match. Sorted here are the newest {MAX_SORTED_MATCHES}: add
            a filter to see the others.
          </p>
        </Banner>
      )}
      <Card flush>
        {rows.length > 0 ? (
          <OrdersTable rows={rows} query={query} settings={frame.settings} now={now} />
        ) : (
          <NoOrders isFiltered={isFiltered(query.filter)} />
        )}
      </Card>
      <Pagination
        newerLabel={byAge ? undefined : 'Previous'}
        olderLabel={byAge ? undefined : 'Next'}
        note={
          rows.length < ORDERS_PER_PAGE && !list.hasPrevious && !list.hasNext
            ? `${rows.length} orders`
            : undefined
        }
        newerHref={
          list.hasPrevious && first
            ? urlOf(query, { before: { value: keyOf(sort, first), number: first.number } })
            : undefined
        }
        olderHref={
          list.hasNext && last
            ? urlOf(query, { after: { value: keyOf(sort, last), number: last.number } })
            : undefined
        }
      />
    </>
  )
}

const StatusTabs = ({ list, query }: { list: OrderList; query: OrderQuery }) => {
  const { filter } = query
  const { counts } = list
  const total = counts && Object.values(counts).reduce((sum, orders) => sum + orders, 0)
  const tab = (label: string, statuses: OrderStatus[], count: number | null) => ({
    ...{ label, href: urlOf({ ...query, filter: { ...filter, statuses } }), count: count ?? undefined },
    isCurrent:
      filter.statuses.length === statuses.length && statuses.every((one) => filter.statuses.includes(one)),
  })
  return (
    <Tabs
      label="Order status"
      tabs={[
        tab('All', [], total),
        ...ORDER_STATUSES.map((status) =>
          tab(ORDER_STATUS_WORDS[status], [status], counts?.[status] ?? null),
        ),
      ]}
    />
  )
}

const NoOrders = ({ isFiltered }: { isFiltered: boolean }) =>
  isFiltered ? (
    <Empty
      title="No order matches"
      icon="search"
      actions={
        <LinkButton href={urlOf({ filter: NO_FILTER, ordering: { sort: 'number', descending: true } })}>
          Clear filters
        </LinkButton>
      }
    >
      There may be orders, but none that pass all of these filters.
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
