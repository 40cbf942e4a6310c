import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import type { Shop } from '../../../orders/document-store.ts'
import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from '../../../orders/order.ts'
import type { Statement } from '../../../orders/statement.ts'
import { statementRows } from '../../../orders/statement-rows.ts'
import type { Settings } from '../../../settings/settings-store.ts'
import { Day } from '../../ui/time.tsx'
import { TrackingLink } from '../../ui/tracking-link.tsx'
import { Address, EveryPage, Sheet, SheetFacts } from './sheet.tsx'

const TITLE = 'Order statement'

/** The statement of an order as the retailer sees it; with the retailer's address where `shop` is given. */
export const StatementSheet = (props: {
  number: number
  statement: Statement
  settings: Settings
  shop?: Shop | null
}) => {
  const { number, statement, settings, shop } = props
  const { shipBy, invoiceLink } = statement
  return (
    <Sheet {...settings} title={TITLE} number={number}>
      <SheetFacts
        party={{ label: 'For', value: shop ? <Address shop={shop} /> : <b>{statement.retailerName}</b> }}
        facts={[
          { label: 'Order date', value: <Day date={statement.date} /> },
          { label: 'Promised ship date', value: shipBy && <Day date={shipBy} /> },
          { label: 'PO number', value: statement.poNumber },
          { label: 'Order status', value: ORDER_STATUS_WORDS[statement.status] },
          { label: 'Payment status', value: PAYMENT_STATUS_WORDS[statement.paymentStatus] },
          {
            label: 'Tracking number',
            value: statement.trackingNumber && <TrackingLink number={statement.trackingNumber} />,
          },
          { label: 'Invoice', value: invoiceLink && <a href={invoiceLink}>{invoiceLink}</a> },
        ]}
      />
      <LinesTable number={number} statement={statement} />
      <dl class="sum">
        {statementRows(statement).map(({ label, amount, weight }) => (
          <div class={weight === 'plain' ? undefined : weight}>
            <dt>{label}</dt>
            <dd>{formatMoney(amount, statement.currency)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}

/** The lines alone; on paper, where `number` is given, with the order's name above them on every page. */
export const LinesTable = ({ number, statement }: { number?: number; statement: Statement }) => {
  const { lines, currency } = statement
  const money = (amount: number) => formatMoney(amount, currency)
  return (
    <table class="stack">
      <thead>
        {number !== undefined && <EveryPage title={TITLE} number={number} columns={6} />}
        <tr>
          <th scope="col">Product</th>
          <th scope="col">SKU</th>
          <th scope="col" class="number">
            Qty
          </th>
          <th scope="col" class="number">
            Retail
          </th>
          <th scope="col" class="number">
            Price
          </th>
          <th scope="col" class="number">
            Total
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <td class="grow">{line.name}</td>
            <td class="wide breaks soft">{line.sku}</td>
            <td class="number second" data-label="Qty">
              {numberWords(line.quantity)}
            </td>
            <td class="number wide">{money(line.unitRetail)}</td>
            <td class="number second" data-label="at">
              {money(line.unitPrice)}
            </td>
            <td class="number">{money(line.quantity * line.unitPrice)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
