import { html, raw } from 'hono/html'
import { formatMoney } from '../../../money.ts'
import type { OrderSort } from '../../../orders/order-filter.ts'
import type { OrderRow } from '../../../orders/order-list-store.ts'
import { routes } from '../../../routes.ts'
import type { Settings } from '../../../settings/settings-store.ts'
import { Day, Time } from '../../ui/time.tsx'
import { OrderStatusPill, PaymentStatusPill } from '../order-words.tsx'
import { type OrderQuery, urlOf } from './order-query.ts'

const COLUMNS: { sort: OrderSort; label: string; isNumber?: boolean }[] = [
  { sort: 'number', label: 'Order ID' },
  { sort: 'retailer', label: 'Retailer' },
  { sort: 'date', label: 'Date' },
  { sort: 'status', label: 'Order Status' },
  { sort: 'payment', label: 'Payment Status' },
  { sort: 'net', label: 'Net Total', isNumber: true },
  { sort: 'gross', label: 'Gross Total', isNumber: true },
  { sort: 'created', label: 'Created' },
]

/** The eight columns of the orders list (DOMAIN.md §6), each of which can be sorted by; its rows can be ticked. */
export const OrdersTable = (props: {
  rows: readonly OrderRow[]
  query: OrderQuery
  settings: Settings
  now: number
}) => (
  <table class="stack">
    <thead>
      <tr>
        {COLUMNS.map((column) => heading(column, props.query))}
        <th scope="col">
          <span class="visually-hidden">Open</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {props.rows.map((row) => (
        <Row row={row} settings={props.settings} now={props.now} />
      ))}
    </tbody>
  </table>
)

// As text: elements for a page of orders take as long to build as the database takes to answer.

const heading = ({ sort, label, isNumber }: (typeof COLUMNS)[number], query: OrderQuery) => {
  const { ordering } = query
  const isSorted = ordering.sort === sort
  // Names first from A, everything else from the newest or highest; a second time turns it round.
  const descending = isSorted ? !ordering.descending : sort !== 'retailer'
  const direction = ordering.descending ? 'descending' : 'ascending'
  return html`<th scope="col" abbr="${label}"${isNumber ? NUMBER : ''}${isSorted ? html` aria-sort="${direction}"` : ''}>${
    sort === 'number' ? SELECT_ALL : ''
  }<a href="${urlOf({ ...query, ordering: { sort, descending } })}">${label}</a></th>`
}

const NUMBER = raw(' class="number"')
const SELECT_ALL = raw(
  '<label class="pick"><input type="checkbox" aria-label="Select all on this page" data-select-all></label>',
)

const Row = ({ row, settings, now }: { row: OrderRow; settings: Settings; now: number }) => {
  const { number, status, voided, paymentStatus, date, createdAt } = row
  const { currency, timeZone } = settings
  return html`<tr${status === 'awaiting_approval' ? NEEDS_ACTION : ''}>
<td class="nowrap"><label class="pick"><input type="checkbox" id="pick-${number}" name="orders" value="${number}" aria-label="Select order ${number}"></label><b>${number}</b></td>
<td class="grow">${row.retailerName || 'New shop'}</td>
<td class="wide nowrap">${Day({ date })}</td>
<td class="second">${OrderStatusPill({ status, voided })}</td>
<td class="second">${PaymentStatusPill({ status: paymentStatus })}</td>
<td class="number">${formatMoney(row.netTotal, currency)}</td>
<td class="number wide">${formatMoney(row.grossTotal, currency)}</td>
<td class="wide nowrap soft">${Time({ at: createdAt, timeZone, now })}</td>
<td class="end second last"><a class="row-link" href="${routes.order(number)}" aria-label="Details of order ${number}">Details</a></td>
</tr>`
}

const NEEDS_ACTION = raw(' class="needs-action"')
