import type { SentRequest } from '../../orders/read-sent-request.ts'
import { routes } from '../../routes.ts'
import { LinesTable } from '../dashboard/documents/statement-sheet.tsx'
import { StatementStub } from '../dashboard/order/statement.tsx'
import { Banner } from '../ui/banner.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ShopPage } from './shop-page.tsx'

/** A request was sent: its number, and what happens next. */
export const SentPage = ({ sent, token }: { sent: SentRequest; token: string }) => {
  const { portal, order, statement, email } = sent
  const { businessName } = portal.settings
  const title = `Order #${order.number} is sent`
  return (
    <ShopPage portal={portal} token={token} title={title}>
      <PageHead title={title} />
      <div id="sent">
        <Banner tone="success">
          <p>
            Thank you. {businessName} has your request and will confirm it
            {email === '' ? '.' : `; a copy is on its way to ${email}.`}
          </p>
        </Banner>
      </div>
      <div class="order">
        <Card title="What you asked for" flush>
          <LinesTable statement={statement} />
        </Card>
        <StatementStub statement={statement} />
      </div>
      <div class="row">
        {portal.retailer && (
          <LinkButton kind="primary" href={routes.portalOrder(token, order.number)}>
            View the order
          </LinkButton>
        )}
        <LinkButton href={routes.portal(token)}>Back to the products</LinkButton>
      </div>
    </ShopPage>
  )
}
