import type { OwnOrder } from '../../orders/read-own-order.ts'
import type { Problem } from '../../result.ts'
import { routes } from '../../routes.ts'
import { LinesTable } from '../dashboard/documents/statement-sheet.tsx'
import { StatementStub } from '../dashboard/order/statement.tsx'
import { OrderStatusPill, PaymentStatusPill } from '../dashboard/order-words.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Day } from '../ui/time.tsx'
import { AnswerCard } from './answer-card.tsx'
import { Messages } from './messages.tsx'
import { ShopPage } from './shop-page.tsx'

interface OwnOrderProps {
  own: OwnOrder
  token: string
  /** Of the answer that may be given. */
  changeId: string
  comment: string
  problems: Problem[]
  isAnswered: boolean
}

/** One order as its retailer sees it. */
export const OwnOrderPage = (props: OwnOrderProps) => {
  const { own, token, isAnswered } = props
  const { portal, order, statement, messages } = own
  const title = `Order #${order.number}`
  return (
    <ShopPage portal={portal} token={token} title={title}>
      <PageHead
        title={title}
        back={{ href: routes.portalOrders(token), label: 'Your orders' }}
        pills={
          <>
            <OrderStatusPill status={order.status} />
            <PaymentStatusPill status={order.paymentStatus} />
          </>
        }
        actions={
          <>
            <LinkButton size="compact" icon="receipt" href={routes.portalStatement(token, order.number)}>
              Statement
            </LinkButton>
            <form method="post" action={routes.portalAgain(token, order.number)}>
              <Button size="compact" icon="retry">
                Order again
              </Button>
            </form>
          </>
        }
      />
      {isAnswered && (
        <Banner tone="success">
          <p>Your answer is with {portal.settings.businessName}.</p>
        </Banner>
      )}
      <AnswerCard {...props} />
      <div class="order">
        <div class="column">
          <Card title="Products" flush>
            <LinesTable statement={statement} />
          </Card>
          {messages.length > 0 && <Messages own={own} />}
        </div>
        <div class="column">
          <Facts {...own} />
          <StatementStub statement={statement} />
        </div>
      </div>
    </ShopPage>
  )
}

const Facts = ({ order }: OwnOrder) => (
  <Card title="Details">
    <dl class="facts">
      <div>
        <dt>Order date</dt>
        <dd>
          <Day date={order.date} />
        </dd>
      </div>
      {order.shipBy !== '' && (
        <div>
          <dt>Promised ship date</dt>
          <dd>
            <Day date={order.shipBy} />
          </dd>
        </div>
      )}
      {order.poNumber !== '' && (
        <div>
          <dt>PO number</dt>
          <dd>{order.poNumber}</dd>
        </div>
      )}
      {order.trackingNumber !== '' && (
        <div>
          <dt>Tracking number</dt>
          <dd>{order.trackingNumber}</dd>
        </div>
      )}
      {order.invoiceLink !== '' && (
        <div>
          <dt>Invoice</dt>
          <dd>
            <a href={order.invoiceLink} rel="noreferrer">
              View the invoice
            </a>
          </dd>
        </div>
      )}
    </dl>
  </Card>
)
