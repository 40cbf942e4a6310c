import type { Child } from 'hono/jsx'
import type { RetailerCursors, RetailerView } from '../../../retailers/read-retailer.ts'
import type { Retailer } from '../../../retailers/retailer.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { AddressTroubleBanner } from '../address-trouble.tsx'
import { ChangesCard } from '../changes/changes-card.tsx'
import { ConsignedTable, OrdersTable, TransactionsTable } from './retailer-tables.tsx'
import { retailerWords } from './retailer-words.ts'

/** What a retailer's page shows below its head: contact, portal link, consigned stock, orders, transaction history, changes. */
export const RetailerPage = (props: { view: RetailerView; cursors: RetailerCursors; portal: Child }) => {
  const { view, cursors, portal } = props
  const { retailer, orders, transactions, consigned, frame } = view
  const { currency, timeZone } = frame.settings
  const pageOf = (over: RetailerCursors, anchor: string) => {
    const { ordersBefore, transactionsBefore } = { ...cursors, ...over }
    const query = { orders: String(ordersBefore ?? ''), transactions: String(transactionsBefore ?? '') }
    return `${routes.retailer(retailer.id, query)}#${anchor}`
  }
  return (
    <>
      {retailer.email === '' && retailer.active && (
        <Banner tone="warning">
          <p>
            {retailer.name} has no e-mail address. E-mails about its orders go to your notification addresses
            only. <a href={routes.editRetailer(retailer.id)}>Add one</a>
          </p>
        </Banner>
      )}
      {view.trouble && (
        <AddressTroubleBanner {...{ trouble: view.trouble, retailerId: retailer.id, timeZone }} />
      )}
      <Card title="Contact" id="contact">
        <Contact retailer={retailer} />
      </Card>
      {portal}
      {(retailer.type === 'consignment' || consigned.length > 0) && (
        <Card title="Consigned stock" id="consigned" flush={consigned.length > 0}>
          {consigned.length > 0 ? (
            <ConsignedTable consigned={consigned} currency={currency} />
          ) : (
            <p class="soft">Nothing stands here. Delivered consignment orders add to it.</p>
          )}
        </Card>
      )}
      <Card
        title="Orders"
        id="orders"
        flush={orders.length > 0}
        actions={orders.length > 0 && <a href={routes.orders({ retailer: retailer.id })}>All in the list</a>}
      >
        {orders.length > 0 ? (
          <OrdersTable orders={orders} currency={currency} />
        ) : (
          <p class="soft">No orders yet.</p>
        )}
        <Pages
          newestHref={cursors.ordersBefore && pageOf({ ordersBefore: undefined }, 'orders')}
          olderHref={view.hasOlderOrders && pageOf({ ordersBefore: orders.at(-1)?.number }, 'orders')}
          what="orders"
        />
      </Card>
      <Card title="Transaction history" id="transactions" flush={transactions.length > 0}>
        {transactions.length > 0 ? (
          <TransactionsTable transactions={transactions} currency={currency} />
        ) : (
          <p class="soft">Nothing yet. Every delivered order leaves an entry.</p>
        )}
        <Pages
          newestHref={cursors.transactionsBefore && pageOf({ transactionsBefore: undefined }, 'transactions')}
          olderHref={
            view.hasOlderTransactions &&
            pageOf({ transactionsBefore: transactions.at(-1)?.number }, 'transactions')
          }
          what="transactions"
        />
      </Card>
      <ChangesCard changes={view.changes} words={retailerWords(currency)} timeZone={timeZone} />
    </>
  )
}

/** Create an order, edit, and make inactive or active again. */
export const RetailerActions = ({ retailer }: { retailer: Retailer }) => (
  <>
    <ActivityForm retailer={retailer} kind="quiet">
      {retailer.active ? 'Make inactive' : 'Make active'}
    </ActivityForm>
    <LinkButton icon="edit" href={routes.editRetailer(retailer.id)}>
      Edit
    </LinkButton>
    {retailer.active && (
      <LinkButton kind="primary" icon="add" href={routes.newOrder({ retailer: retailer.id })}>
        Create Order
      </LinkButton>
    )}
  </>
)

/** The button that turns the activity around; also the Undo of having done so. */
export const ActivityForm = (props: { retailer: Retailer; kind: 'quiet' | 'plain'; children: Child }) => (
  <form method="post" action={routes.retailerActivity(props.retailer.id)}>
    <input type="hidden" name="active" value={props.retailer.active ? 'no' : 'yes'} />
    <Button kind={props.kind}>{props.children}</Button>
  </form>
)

const Contact = ({ retailer }: { retailer: Retailer }) => {
  const { contactName, email, phone, street, city, region, postcode, country, notes } = retailer
  const town = [[city, region].filter(Boolean).join(', '), postcode].filter(Boolean).join(' ')
  const address = [street, town, country].filter(Boolean)
  return (
    <div class="column">
      <dl class="facts">
        <Fact label="Contact">{contactName}</Fact>
        <Fact label="E-mail">{email !== '' && <Address email={email} />}</Fact>
        <Fact label="Phone">
          {phone !== '' && <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>}
        </Fact>
        <Fact label="Address">
          {address.map((line, index) => (
            <>
              {index > 0 && <br />}
              {line}
            </>
          ))}
        </Fact>
      </dl>
      {notes !== '' && (
        <dl class="facts aside">
          <Fact label="Notes">
            <span class="quote">{notes}</span>
          </Fact>
        </dl>
      )}
    </div>
  )
}

/** Breaks at the @, where it has to. */
const Address = ({ email }: { email: string }) => {
  const at = email.lastIndexOf('@') + 1
  return (
    <a href={`mailto:${email}`}>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </a>
  )
}

const Fact = ({ label, children }: { label: string; children: Child }) => {
  const isEmpty = children === '' || children === false || (Array.isArray(children) && children.length === 0)
  return (
    <div>
      <dt>{label}</dt>
      <dd>{isEmpty ? <span class="soft">–</span> : children}</dd>
    </div>
  )
}

const Pages = (props: { newestHref?: string | 0; olderHref: string | false; what: string }) =>
  props.newestHref || props.olderHref ? (
    <div class="card-foot">
      <span class="row">
        {props.newestHref && <a href={props.newestHref}>Newest {props.what}</a>}
        {props.olderHref && <a href={props.olderHref}>Older {props.what}</a>}
      </span>
    </div>
  ) : null
