import type { Child } from 'hono/jsx'
import type { OwnOrder } from '../../orders/read-own-order.ts'
import { recogniseTracking } from '../../orders/tracking.ts'
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
            <OrderStatusPill status={order.status} voided={order.voided} />
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
          <Facts {...own} />
          <Card title="Products" flush>
            <LinesTable statement={statement} />
          </Card>
        </div>
        <div class="column">
          <StatementStub statement={statement} />
          {messages.length > 0 && <Messages own={own} />}
        </div>
      </div>
    </ShopPage>
  )
}

const Facts = ({ order }: OwnOrder) => {
  const { date, shipBy, poNumber, trackingNumber, invoiceLink } = order
  const tracking = recogniseTracking(trackingNumber)
  const facts: [string, Child][] = [
    ['Order date', <Day date={date} />],
    ['Promised ship date', shipBy && <Day date={shipBy} />],
    ['PO number', poNumber],
    [
      'Tracking number',
      tracking ? (
        <a href={tracking.href}>
          {trackingNumber} ({tracking.carrier})
        </a>
      ) : (
        trackingNumber
      ),
    ],
    ['Invoice', invoiceLink && <a href={invoiceLink}>View the invoice</a>],
  ]
  return (
    <Card title="Details">
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  )
}
