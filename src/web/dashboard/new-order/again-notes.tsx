import { formatMoney } from '../../../money.ts'
import type { Duplicate } from '../../../orders/duplicate-order.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'

/** What is different from the order whose products are in the cart. */
export const AgainNotes = ({ duplicate }: { duplicate: Duplicate }) => {
  const { number, view, leftOut, repriced } = duplicate
  const { retailer, frame } = view
  const money = (amount: number) => formatMoney(amount, frame.settings.currency)
  return (
    <Banner tone={leftOut.length > 0 || !retailer?.active ? 'warning' : 'info'}>
      <p>
        The products of <a href={routes.order(number)}>order {number}</a> at today's prices. Nothing is placed
        until you have reviewed it.
      </p>
      {leftOut.length > 0 && <p>Left out, since they are not sold any more: {leftOut.join(', ')}.</p>}
      {repriced.length > 0 && (
        <>
          <p>Prices that are not the same as then:</p>
          <ul>
            {repriced.map(({ name, from, to }) => (
              <li>
                {name}: {money(from)} → {money(to)}
              </li>
            ))}
          </ul>
        </>
      )}
      {retailer && !retailer.active && (
        <p>
          <a href={routes.retailer(retailer.id)}>{retailer.name}</a> is inactive. Make it active before you
          place an order.
        </p>
      )}
    </Banner>
  )
}
