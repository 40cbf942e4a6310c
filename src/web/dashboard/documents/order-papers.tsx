import type { Order } from '../../../orders/order.ts'
import { routes } from '../../../routes.ts'
import { LinkButton } from '../../ui/button.tsx'

/** What can be made of an order: its papers, and another one like it. */
export const OrderPapers = ({ order }: { order: Order }) => (
  <>
    <LinkButton size="compact" href={routes.packingSlips([order.number])}>
      Packing slip
    </LinkButton>
    <LinkButton size="compact" href={routes.statements([order.number])}>
      Statement
    </LinkButton>
    {order.retailerId !== null && (
      <LinkButton size="compact" href={routes.newOrder({ again: String(order.number) })}>
        Order again
      </LinkButton>
    )}
  </>
)
