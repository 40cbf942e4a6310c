import { numberWords } from '../../../number-words.ts'
import type { BulkSelection } from '../../../orders/bulk-change.ts'
import type { BulkPreview } from '../../../orders/bulk-preview.ts'
import type { BulkChange } from '../../../orders/bulk-step-store.ts'
import { ORDER_STATUSES } from '../../../orders/order.ts'
import { MAX_DOCUMENTS } from '../../../orders/read-documents.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import type { WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Time } from '../../ui/time.tsx'
import { count, OrderStatusPill } from '../order-words.tsx'
import { queryFrom, urlOf } from '../orders/order-query.ts'
import { type StaffPage, staffPage } from '../page.tsx'
import { changeWords } from './bulk-words.tsx'
import { ChangeForm, type ChangeValues } from './change-form.tsx'
import { filterWords } from './selection.ts'

export interface ChangePage {
  /** The page's own, which say which orders are selected and from which list. */
  parameters: URLSearchParams
  selection: BulkSelection
  /** Why these orders cannot be changed together. */
  wrongSelection: string | null
  values: ChangeValues
  problems: Problem[]
  status: StaffPage['status']
}

/** The selected orders, and what is to be done to all of them. */
export function changePage(c: WebContext, preview: BulkPreview, page: ChangePage) {
  const { total, rows, retailerName, frame } = preview
  const { parameters, selection, wrongSelection, problems } = page
  const printable = rows.slice(0, MAX_DOCUMENTS).map(({ number }) => number)
  return staffPage(
    c,
    frame,
    {
      title: `Change ${count(total, 'order')}`,
      section: 'orders',
      lead: selection.kind === 'filter' ? filterWords(selection.filter, retailerName) : undefined,
      back: { href: urlOf(queryFrom(parameters)), label: 'Orders' },
      status: page.status ?? (wrongSelection ? 422 : undefined),
      actions: printable.length > 0 && (
        <LinkButton icon="print" href={routes.packingSlips(printable)}>
          Print {total > printable.length ? `the newest ${printable.length} ` : ''}packing slips
        </LinkButton>
      ),
    },
    <>
      {wrongSelection && (
        <Banner tone="error">
          <p>{wrongSelection}</p>
        </Banner>
      )}
      {!wrongSelection && (
        <ErrorSummary
          problems={problems.map(({ field, message }) => ({
            ...{ message, name: field.startsWith('orders') ? undefined : field },
          }))}
        />
      )}
      <div class="order">
        {!wrongSelection && (
          <ChangeForm
            action={routes.bulkChanges([...parameters])}
            values={page.values}
            problems={problems}
            counts={preview.counts}
            total={total}
            notificationEmails={frame.settings.notificationEmails}
            isShort={preview.isShort}
          />
        )}
        <div class="column">
          {total > 0 && <SelectedOrders preview={preview} />}
          <EarlierChanges changes={preview.recent} timeZone={frame.settings.timeZone} now={c.var.ctx.now} />
        </div>
      </div>
    </>,
  )
}

const SelectedOrders = ({ preview: { counts, rows, total } }: { preview: BulkPreview }) => (
  <Card title={count(total, 'order')} flush>
    <div class="card-body">
      <p class="row">
        {ORDER_STATUSES.filter((status) => counts[status] > 0).map((status) => (
          <span class="nowrap">
            <OrderStatusPill status={status} /> {numberWords(counts[status])}
          </span>
        ))}
      </p>
    </div>
    <ul class="picks">
      {rows.map(({ number, retailerName, status }) => (
        <li>
          <a href={routes.order(number)}>
            <span>
              <b>{number}</b> {retailerName || 'New shop'}
            </span>
            <OrderStatusPill status={status} />
          </a>
        </li>
      ))}
    </ul>
    {total > rows.length && <div class="card-foot soft">These are the newest {rows.length} of them.</div>}
  </Card>
)

const EarlierChanges = (props: { changes: BulkChange[]; timeZone: string; now: number }) =>
  props.changes.length === 0 ? null : (
    <Card title="Earlier changes of many orders" flush>
      <ul class="picks">
        {props.changes.map((change) => (
          <li>
            <a href={routes.bulkChange(change.id)}>
              <span>
                {count(change.orders, 'order')}: {changeWords(change)}
              </span>
              <span class="soft">
                {change.createdBy.name} ·{' '}
                <Time at={change.createdAt} timeZone={props.timeZone} now={props.now} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
