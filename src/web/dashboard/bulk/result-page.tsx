import type { Child } from 'hono/jsx'
import { numberWords } from '../../../number-words.ts'
import type { BulkChange } from '../../../orders/bulk-step-store.ts'
import type { OutcomeRow } from '../../../orders/bulk-store.ts'
import { routes } from '../../../routes.ts'
import type { Frame } from '../../../settings/frame.ts'
import type { WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Time } from '../../ui/time.tsx'
import { count, OrderStatusPill, PaymentStatusPill } from '../order-words.tsx'
import { staffPage } from '../page.tsx'
import { changeWords, OutcomePill, refusalWords } from './bulk-words.tsx'

interface ResultView {
  frame: Frame
  change: BulkChange
  rows: OutcomeRow[]
}

/** How far a bulk change is, and what came of each order. `next` is where the following page of results starts. */
export function resultPage(
  c: WebContext,
  { frame, change, rows }: ResultView,
  { next, isFirst }: { next: string | undefined; isFirst: boolean },
) {
  const { id, orders, remaining, createdAt, createdBy, comment } = change
  const isWorking = remaining > 0
  return staffPage(
    c,
    frame,
    {
      title: `Change of ${count(orders, 'order')}`,
      section: 'orders',
      pills: <Pill tone={isWorking ? 'blue' : 'green'}>{isWorking ? 'Working' : 'Done'}</Pill>,
      lead: (
        <>
          {changeWords(change)} · {createdBy.name},{' '}
          <Time at={createdAt} timeZone={frame.settings.timeZone} now={c.var.ctx.now} />
        </>
      ),
      back: { href: routes.orders(), label: 'Orders' },
    },
    <>
      {isWorking ? <Work change={change} /> : <Done change={change} />}
      {comment !== '' && (
        <Card title="Comment">
          <p class="quote">{comment}</p>
        </Card>
      )}
      {rows.length > 0 && <Outcomes rows={rows} />}
      {!isWorking && (
        <Pagination
          newerLabel="First page"
          newerHref={isFirst ? undefined : routes.bulkChange(id)}
          olderLabel="Next"
          olderHref={next && routes.bulkChange(id, { after: next })}
        />
      )}
    </>,
  )
}

/** Comes back every second until the work is done; without JavaScript a link does. */
const Work = ({ change: { id, orders, remaining } }: { change: BulkChange }) => (
  <Card>
    <div
      class="form"
      hx-get={routes.bulkChange(id)}
      hx-trigger="every 1s"
      hx-target="#main"
      hx-select="#main"
      hx-swap="outerMorph"
    >
      <Progress label="Changing the orders" done={orders - remaining} total={orders} unit="orders" />
      <p class="soft">You can leave this page: the work goes on, and this is where you find it again.</p>
      <noscript>
        <LinkButton href={routes.bulkChange(id)}>See how far it is</LinkButton>
      </noscript>
    </div>
  </Card>
)

const Done = ({ change: { id, changed, unchanged, refused } }: { change: BulkChange }) => (
  <Banner tone={refused > 0 ? 'warning' : 'success'} title={`${count(changed, 'order')} changed`}>
    {unchanged > 0 && <p>{were(unchanged)} so already, and nobody was written to about it.</p>}
    {refused > 0 && (
      <p>
        {were(refused)} refused and stayed as before.{' '}
        <a href={routes.newBulkChange({ refused: id })}>
          {refused === 1 ? 'Try the refused one again' : `Try the ${numberWords(refused)} refused ones again`}
        </a>
      </p>
    )}
  </Banner>
)

const were = (orders: number): Child => `${count(orders, 'order')} ${orders === 1 ? 'was' : 'were'}`

const Outcomes = ({ rows }: { rows: OutcomeRow[] }) => (
  <Card title="Order by order" flush>
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Order ID</th>
          <th scope="col">Retailer</th>
          <th scope="col">Result</th>
          <th scope="col">Why</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ number, retailerName, status, paymentStatus, outcome, refusal }) => (
          <tr id={`order-${number}`}>
            <td>
              <a class="row-link" href={routes.order(number)} aria-label={`Order ${number}`}>
                <b>{number}</b>
              </a>
            </td>
            <td class="grow">{retailerName || 'New shop'}</td>
            <td>
              <OutcomePill outcome={outcome} />
            </td>
            <td class="second breaks">{refusal && refusalWords(refusal)}</td>
            <td class="wide">
              <span class="row">
                <OrderStatusPill status={status} /> <PaymentStatusPill status={paymentStatus} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Card>
)
