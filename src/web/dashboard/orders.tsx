import { Hono } from 'hono'
import { keyOf, listOrders, newestOrderNumber, type OrderList } from '../../orders/list-orders.ts'
import { ORDER_STATUS_WORDS, ORDER_STATUSES, type OrderStatus } from '../../orders/order.ts'
import { isFiltered, MAX_SORTED_MATCHES, NO_FILTER, ORDERS_PER_PAGE } from '../../orders/order-filter.ts'
import { offerRetailers } from '../../orders/read-draft.ts'
import { removeView, saveView } from '../../orders/save-view.ts'
import { patterns, routes } from '../../routes.ts'
import { refuse } from '../../staff/permissions.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Banner } from '../ui/banner.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { Pagination } from '../ui/pagination.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { changeIdAfter } from './order/changed-since.tsx'
import { Filters } from './orders/filters.tsx'
import { type OrderQuery, parametersOf, queryFrom, urlOf } from './orders/order-query.ts'
import { OrdersTable } from './orders/orders-table.tsx'
import { RetailerChoice } from './orders/retailer-choice.tsx'
import { SelectionBar } from './orders/selection-bar.tsx'
import { type RefusedView, Views } from './orders/views.tsx'
import { type StaffPage, staffPage } from './page.tsx'

/** The orders list: everything about it is in its URL. */
export const orders = new Hono<WebEnv>()

orders.get(routes.orders(), (c) => ordersPage(c, new URL(c.req.url).searchParams))

/** What an open list asks every few seconds: nothing while there is nothing new, then a part that loads the list again. */
orders.get(routes.newestOrders({}), async (c) => {
  const newest = await newestOrderNumber(c.var.ctx)
  if (!newest.ok || newest.value <= wholeFrom(c.req.query('than') ?? '')) return c.body(null, 204)
  const { filter, ordering } = queryFrom(new URL(c.req.url).searchParams)
  return c.html(
    <div
      hx-get={urlOf({ filter, ordering })}
      hx-trigger="load"
      hx-target="#orders"
      hx-select="#orders"
      hx-swap="outerMorph"
      hx-select-oob="#menu"
    />,
  )
})

/** Whose orders to show; the rest of the filter goes along. */
orders.get(routes.ordersOfRetailer(), async (c) => {
  const search = c.req.query('name') ?? ''
  const query = queryFrom(new URL(c.req.url).searchParams)
  const offered = await offerRetailers(c.var.ctx, search)
  if (!offered.ok) return failurePage(c, offered.failure)
  return staffPage(
    c,
    offered.value.frame,
    { title: 'Orders of a retailer', section: 'orders', back: { href: urlOf(query), label: 'Orders' } },
    <RetailerChoice retailers={offered.value.retailers} search={search} query={query} />,
  )
})

orders.post(routes.savedViews(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const { value } = form
  const typed = { id: value.text('viewId'), name: value.text('name'), shared: value.checked('shared') }
  const query = value.text('query')
  const saved = await saveView(c.var.ctx, { ...typed, query })
  const parameters = new URLSearchParams(query)
  if (saved.ok) return c.redirect(routes.orders([...parameters]), 303)
  const { failure } = saved
  const refused = { ...typed, id: changeIdAfter(c, typed.id, failure), problems: problemsOf(failure) }
  return ordersPage(c, parameters, { refused, status: statusOf(failure) })
})

orders.post(patterns.savedViewRemoval, async (c) => {
  const removed = await removeView(c.var.ctx, c.req.param('id'))
  return removed.ok ? c.redirect(routes.orders(), 303) : failurePage(c, removed.failure)
})

async function ordersPage(
  c: WebContext,
  parameters: URLSearchParams,
  { refused, status }: { refused?: RefusedView; status?: StaffPage['status'] } = {},
) {
  const { filter, ordering, page } = queryFrom(parameters)
  const list = await listOrders(c.var.ctx, filter, ordering, page)
  if (!list.ok) return failurePage(c, list.failure)
  return staffPage(
    c,
    list.value.frame,
    {
      title: 'Orders',
      section: 'orders',
      status,
      actions: (
        <>
          <LinkButton icon="download" href={routes.newExport(parametersOf({ filter, ordering }))}>
            Export CSV
          </LinkButton>
          <LinkButton kind="primary" icon="add" href={routes.newOrder()}>
            Create Order
          </LinkButton>
        </>
      ),
    },
    <OrdersPage
      {...{ c, list: list.value, query: { filter, ordering }, refused }}
      isFirst={page.cursor === null}
    />,
  )
}

type OrdersPageProps = {
  c: WebContext
  list: OrderList
  query: OrderQuery
  isFirst: boolean
  refused?: RefusedView
}

const OrdersPage = ({ c, list, query, isFirst, refused }: OrdersPageProps) => {
  const { rows, frame, isCut } = list
  const { ctx } = c.var
  const parameters = parametersOf(query)
  const { sort } = query.ordering
  const first = rows[0]
  const last = rows.at(-1)
  const canChange = refuse(ctx, 'orders.write') === null
  const byAge = sort === 'number' || sort === 'created' || sort === 'date'
  return (
    <div class="column" id="orders">
      {refused ? (
        <ErrorSummary
          problems={refused.problems.map(({ field, message }) => ({ message, name: field || undefined }))}
        />
      ) : (
        // It would take what was typed away.
        isFirst && <Newest than={list.newest} parameters={parameters} />
      )}
      <Views
        views={list.views}
        query={new URLSearchParams(parameters).toString()}
        newId={ctx.newId()}
        canShare={canChange}
        refused={refused}
      />
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
      {rows.length > 0 ? (
        <form class="column selecting" method="get" action={routes.newBulkChange()}>
          {parameters.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Card flush>
            <OrdersTable rows={rows} query={query} settings={frame.settings} now={ctx.now} />
          </Card>
          <SelectionBar query={query} total={totalOf(list, query)} canChange={canChange} />
        </form>
      ) : (
        <Card flush>
          <NoOrders isFiltered={isFiltered(query.filter)} />
        </Card>
      )}
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
    </div>
  )
}

/** How many orders are in the list, with those on its other pages; null where no counter says so. */
function totalOf({ counts }: OrderList, { filter }: OrderQuery): number | null {
  if (!counts) return null
  const statuses: readonly OrderStatus[] = filter.statuses.length > 0 ? filter.statuses : ORDER_STATUSES
  return statuses.reduce((sum, status) => sum + counts[status], 0)
}

const NEWS_SECONDS = 10

/** New orders, as retailers send them through the portal, appear by themselves. */
const Newest = ({ than, parameters }: { than: number; parameters: [string, string][] }) => (
  <div
    hx-get={routes.newestOrders([...parameters, ['than', String(than)]])}
    hx-trigger={`every ${NEWS_SECONDS}s`}
    hx-swap="outerHTML"
  />
)

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
