import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import { linesAreEditable, type Order } from '../../../orders/order.ts'
import { routes } from '../../../routes.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ADDING, addingLink } from './product-picker.tsx'

/** The lines of an order, each to be edited in place while that is possible. */
export const LinesCard = ({ order, currency }: { order: Order; currency: string }) => {
  const add = routes.newOrderLine(order.number)
  const editable = linesAreEditable(order.status)
  const money = (amount: number) => formatMoney(amount, currency)
  return (
    <Card
      title="Line items"
      flush
      actions={
        editable && (
          <div class="row">
            <LinkButton kind="quiet" href={routes.orderDetails(order.number)}>
              Edit details
            </LinkButton>
            <LinkButton kind="quiet" icon="add" href={add} attributes={addingLink(add)}>
              Add Line Item
            </LinkButton>
          </div>
        )
      }
    >
      <table class="stack">
        <thead>
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
            {editable && (
              <th scope="col">
                <span class="visually-hidden">Edit</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
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
              {editable && (
                <td class="end second last">
                  <a
                    href={routes.orderLine(order.number, line.productId)}
                    aria-label={`Edit ${line.name}`}
                    hx-get={routes.orderLine(order.number, line.productId)}
                    hx-target="closest tr"
                    hx-swap="outerHTML"
                  >
                    Edit
                  </a>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div id={ADDING} />
    </Card>
  )
}
