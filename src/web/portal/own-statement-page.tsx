import type { OwnOrder } from '../../orders/read-own-order.ts'
import { routes } from '../../routes.ts'
import { StatementSheet } from '../dashboard/documents/statement-sheet.tsx'
import { Button } from '../ui/button.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ShopPage } from './shop-page.tsx'

/** The statement of a retailer's order, to be printed. */
export const OwnStatementPage = ({ own, token }: { own: OwnOrder; token: string }) => {
  const { portal, order, statement } = own
  return (
    <ShopPage portal={portal} token={token} title={`Statement of order #${order.number}`}>
      <PageHead
        title="Statement"
        back={{ href: routes.portalOrder(token, order.number), label: `Order #${order.number}` }}
        actions={
          <Button type="button" icon="print" attributes={{ 'data-print': '' }}>
            Print
          </Button>
        }
      />
      <StatementSheet
        number={order.number}
        statement={statement}
        settings={portal.settings}
        shop={portal.retailer}
      />
    </ShopPage>
  )
}
