import { numberWords } from '../../../number-words.ts'
import type { OrderStatus } from '../../../orders/order.ts'
import type { OrderDocument } from '../../../orders/read-documents.ts'
import type { Settings } from '../../../settings/settings-store.ts'
import { Day } from '../../ui/time.tsx'
import { TrackingLink } from '../../ui/tracking-link.tsx'
import { Address, EveryPage, Sheet, SheetFacts } from './sheet.tsx'

const TITLE = 'Packing slip'

/** What goes into the box: products and quantities, never a price. */
export const PackingSlip = ({ document, settings }: { document: OrderDocument; settings: Settings }) => {
  const { order, shop, statement } = document
  const warning = WARNINGS[order.status]
  return (
    <Sheet {...settings} title={TITLE} number={order.number}>
      {warning && (
        <p>
          <b>{warning}</b>
        </p>
      )}
      <SheetFacts
        party={{ label: 'Ship to', value: shop && <Address shop={shop} /> }}
        facts={[
          { label: 'Order date', value: <Day date={order.date} /> },
          { label: 'Ship by', value: order.shipBy && <Day date={order.shipBy} /> },
          { label: 'PO number', value: order.poNumber },
          {
            label: 'Tracking number',
            value: order.trackingNumber && <TrackingLink number={order.trackingNumber} />,
          },
        ]}
      />
      <table class="stack">
        <thead>
          <EveryPage title={TITLE} number={order.number} columns={4} />
          <tr>
            <th scope="col">SKU</th>
            <th scope="col">Product</th>
            <th scope="col" class="number">
              Quantity
            </th>
            <th scope="col" class="number">
              Packed
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr>
              <td class="second breaks">{line.sku}</td>
              <td class="grow">{line.name}</td>
              <td class="number">{numberWords(line.quantity)}</td>
              <td class="number wide">
                <span class="tick" aria-hidden="true" />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th class="grow" scope="row" colspan={2}>
              Pieces in all
            </th>
            <td class="number">{numberWords(statement.totals.pieces)}</td>
            <td class="wide" />
          </tr>
        </tfoot>
      </table>
      <div class="note-space">
        <span class="soft small">Notes</span>
      </div>
    </Sheet>
  )
}

const WARNINGS: Partial<Record<OrderStatus, string>> = {
  awaiting_approval: 'This order awaits approval.',
  canceled: 'This order is canceled: nothing is to be sent.',
}
