import type { Child } from 'hono/jsx'
import type { Order, OrderRequest } from '../../../orders/order.ts'
import { routes } from '../../../routes.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Day } from '../../ui/time.tsx'

/** Who asked for an order, where it is to go, and what the shop wrote beside it. */
export const RequestCard = ({ order, request }: { order: Order; request: OrderRequest }) => {
  const { businessName, contactName, email, phone, wantedDate, note } = request
  return (
    <Card
      title="Request"
      id="request"
      actions={
        order.retailerId === null ? (
          <Pill tone="amber">New shop</Pill>
        ) : (
          order.status === 'awaiting_approval' && (
            <LinkButton kind="quiet" href={routes.orderRetailer(order.number)}>
              Another retailer
            </LinkButton>
          )
        )
      }
    >
      <div class="column">
        <dl class="facts">
          <Fact label="Shop">{businessName}</Fact>
          <Fact label="Contact">{contactName}</Fact>
          <Fact label="E-mail">{email && <a href={`mailto:${email}`}>{email}</a>}</Fact>
          <Fact label="Phone">{phone && <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>}</Fact>
          <Fact label="Ship to">{shipTo(request)}</Fact>
          <Fact label="Wanted by">{wantedDate && <Day date={wantedDate} />}</Fact>
        </dl>
        {note !== '' && (
          <dl class="facts aside">
            <Fact label="Note">
              <span class="quote">{note}</span>
            </Fact>
          </dl>
        )}
      </div>
    </Card>
  )
}

function shipTo({ street, city, region, postcode, country }: OrderRequest): Child {
  const town = [[city, region].filter(Boolean).join(', '), postcode].filter(Boolean).join(' ')
  const lines = [street, town, country].filter(Boolean)
  return lines.length === 0 ? '' : lines.map((line) => <div>{line}</div>)
}

/** Left out where the shop wrote nothing. */
const Fact = ({ label, children }: { label: string; children: Child }) =>
  children ? (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  ) : null
