import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import type { RetailerView } from '../../../retailers/read-retailer.ts'
import { routes } from '../../../routes.ts'
import type { RetailerTransaction } from '../../../sales/transaction-store.ts'
import { Day } from '../../ui/time.tsx'
import { OrderStatusPill, PaymentStatusPill } from '../order-words.tsx'

/** The orders of one retailer. */
export const OrdersTable = ({ orders, currency }: { orders: RetailerView['orders']; currency: string }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Order ID</th>
        <th scope="col">Date</th>
        <th scope="col">Order Status</th>
        <th scope="col">Payment Status</th>
        <th scope="col" class="number">
          Net Total
        </th>
        <th scope="col" class="number">
          Gross Total
        </th>
      </tr>
    </thead>
    <tbody>
      {orders.map((order) => (
        <tr class={order.status === 'awaiting_approval' ? 'needs-action' : undefined}>
          <td>
            <a class="row-link" href={routes.order(order.number)} aria-label={`Order ${order.number}`}>
              {order.number}
            </a>
          </td>
          <td class="grow nowrap">
            <Day date={order.date} />
          </td>
          <td class="second">
            <OrderStatusPill status={order.status} voided={order.voided} />
          </td>
          <td class="second">
            <PaymentStatusPill status={order.paymentStatus} />
          </td>
          <td class="number">{formatMoney(order.netTotal, currency)}</td>
          <td class="number wide">{formatMoney(order.grossTotal, currency)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const KIND_WORDS: Record<RetailerTransaction['kind'], string> = {
  sale: 'Sale',
  consignment_delivery: 'Consignment delivery',
  void: 'Voided',
}

/** What delivered orders left behind, newest first. */
export const TransactionsTable = (props: { transactions: RetailerTransaction[]; currency: string }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Date</th>
        <th scope="col">Transaction</th>
        <th scope="col">Order ID</th>
        <th scope="col" class="number">
          Net Total
        </th>
        <th scope="col" class="number">
          Gross Total
        </th>
      </tr>
    </thead>
    <tbody>
      {props.transactions.map((row) => (
        <tr>
          <td class="grow nowrap">
            <Day date={row.date} />
          </td>
          <td class="second">
            {KIND_WORDS[row.kind]}
            {row.reason !== '' && <span class="soft"> · {row.reason}</span>}
          </td>
          <td class="second last">
            <a href={routes.order(row.orderNumber)} aria-label={`Order ${row.orderNumber}`}>
              {row.orderNumber}
            </a>
          </td>
          <td class={row.netTotal < 0 ? 'number negative' : 'number'}>
            {formatMoney(row.netTotal, props.currency)}
          </td>
          <td class={row.grossTotal < 0 ? 'number wide negative' : 'number wide'}>
            {formatMoney(row.grossTotal, props.currency)}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** What stands at the retailer, with its value in the shop at today's prices. */
export const ConsignedTable = (props: { consigned: RetailerView['consigned']; currency: string }) => {
  const { consigned, currency } = props
  const units = consigned.reduce((sum, { quantity }) => sum + quantity, 0)
  const value = consigned.reduce((sum, { quantity, retailPrice }) => sum + quantity * retailPrice, 0)
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">SKU</th>
          <th scope="col" class="number">
            Units
          </th>
          <th scope="col" class="number">
            Retail value
          </th>
        </tr>
      </thead>
      <tbody>
        {consigned.map(({ productId, name, sku, quantity, retailPrice }) => (
          <tr>
            <td class="grow">
              <a href={routes.product(productId)}>{name}</a>
            </td>
            <td class="second breaks soft">{sku}</td>
            <td class="number" data-label="Units">
              {numberWords(quantity)}
            </td>
            <td class="number second last">{formatMoney(quantity * retailPrice, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" class="grow">
            All
          </th>
          <td class="wide" />
          <td class="number" data-label="Units">
            {numberWords(units)}
          </td>
          <td class="number second last">{formatMoney(value, currency)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
