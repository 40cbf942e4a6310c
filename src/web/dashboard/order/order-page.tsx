import { contactOf, type Order } from '../../../orders/order.ts'
import type { OrderView } from '../../../orders/read-order.ts'
import { statementOf } from '../../../orders/statement.ts'
import { canUndo } from '../../../orders/undo-change.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import type { WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Day, Time } from '../../ui/time.tsx'
import { TrackingLink } from '../../ui/tracking-link.tsx'
import { AddressTroubleBanner } from '../address-trouble.tsx'
import { OrderPapers } from '../documents/order-papers.tsx'
import { OrderStatusPill, PaymentStatusPill, TYPE_WORDS } from '../order-words.tsx'
import { type StaffPage, staffPage } from '../page.tsx'
import { type Answer, ApprovalCard, answerFieldId } from './approval-card.tsx'
import { ChangedSince } from './changed-since.tsx'
import { History, titleOf } from './history.tsx'
import { LinesCard } from './lines-card.tsx'
import { RequestCard } from './request-card.tsx'
import { ShopReply, ShopWordPill } from './shop-word.tsx'
import { StatementStub } from './statement.tsx'
import { UpdateForm, type UpdateValues, updateValuesOf } from './update-form.tsx'
import { VoidForm, type VoidingValues } from './void-form.tsx'

/** A refused change, to be shown with what was typed. */
export interface RefusedChange {
  values?: UpdateValues
  voiding?: VoidingValues
  problems: Problem[]
  isShort: boolean
  /** Where it came from the form that approves or declines a request. */
  answer?: Answer
  /** The revision that the form showed, when others have changed the order since. */
  seenRevision?: number
  status: StaffPage['status']
}

/** Where a saved change leads: the order page, which says so and offers the way back. */
export const savedOrder = (number: number, { revision }: { revision: number }) =>
  routes.order(number, { saved: String(revision) })

/** The order page: lines first, the statement and the update form beside them, the history below. */
export function orderPage(c: WebContext, view: OrderView, refused?: RefusedChange) {
  const { order, retailer, frame, events, mails } = view
  const { settings } = frame
  const isAwaiting = order.status === 'awaiting_approval'
  const refusedUpdate = refused?.answer ? undefined : refused
  return staffPage(
    c,
    frame,
    {
      title: `Order ${order.number}`,
      section: 'orders',
      status: refused?.status,
      back: { href: routes.orders(), label: 'Orders' },
      pills: (
        <>
          <OrderStatusPill status={order.status} voided={order.voided} />
          <PaymentStatusPill status={order.paymentStatus} />
          <ShopWordPill view={view} />
        </>
      ),
      lead: <Lead view={view} />,
      actions: <OrderPapers order={order} />,
      ...savedToast(c, view),
    },
    <>
      <ErrorSummary
        problems={(refused?.problems ?? []).map(({ field, message }) => ({
          message,
          name: field || undefined,
          id: refused?.answer && field ? answerFieldId(refused.answer, field) : undefined,
        }))}
      />
      {refused?.seenRevision !== undefined && (
        <ChangedSince events={events} settings={settings} revision={refused.seenRevision} />
      )}
      {retailer && retailer.email === '' && (
        <Banner tone="warning">
          <p>
            {retailer.name} has no e-mail address, so{' '}
            {settings.notificationEmails.length === 0 ? 'nobody is' : 'only the notification addresses are'}{' '}
            written to. <a href={routes.editRetailer(retailer.id)}>Add one</a>
          </p>
        </Banner>
      )}
      {view.trouble && (
        <AddressTroubleBanner
          {...{ trouble: view.trouble, retailerId: order.retailerId, timeZone: settings.timeZone }}
        />
      )}
      <ShopReply view={view} />
      <div class="order">
        <div class="column">
          {order.request && <RequestCard order={order} request={order.request} />}
          <LinesCard order={order} currency={settings.currency} />
        </div>
        <div class="column">
          {isAwaiting && <Approval c={c} view={view} refused={refused} />}
          <StatementStub statement={statementOf(order, retailer, settings.currency)} />
          <UpdateForm
            order={order}
            values={refusedUpdate?.values ?? updateValuesOf(order, c.var.ctx.newId())}
            problems={refusedUpdate?.values ? refusedUpdate.problems : []}
            contact={contactOf(order, retailer)}
            notificationEmails={settings.notificationEmails}
            isShort={refusedUpdate?.isShort ?? false}
            isFolded={isAwaiting && !refusedUpdate?.values}
          />
          <div id="preview" aria-live="polite"></div>
          {order.status === 'delivered' && !order.voided && (
            <VoidForm
              order={order}
              changeId={c.var.ctx.newId()}
              values={refused?.voiding}
              problems={refused?.voiding ? refused.problems : []}
            />
          )}
        </div>
        <Card title="History" id="history">
          <History order={order} events={events} mails={mails} settings={settings} />
          {view.hasOlderEvents && (
            <p>
              <a href={`${routes.order(order.number, { before: String(events.at(-1)?.revision) })}#history`}>
                Older entries
              </a>
            </p>
          )}
        </Card>
      </div>
    </>,
  )
}

/** The two answers to an order that awaits approval. */
const Approval = (props: { c: WebContext; view: OrderView; refused?: RefusedChange }) => {
  const { newId } = props.c.var.ctx
  const { order, retailer, frame } = props.view
  const { answer, values } = props.refused ?? {}
  return (
    <ApprovalCard
      order={order}
      newIds={{ approve: newId(), decline: newId() }}
      refused={answer && values && props.refused ? { ...props.refused, answer, values } : undefined}
      contact={contactOf(order, retailer)}
      notificationEmails={frame.settings.notificationEmails}
    />
  )
}

function savedToast(c: WebContext, { order, events }: OrderView): Pick<StaffPage, 'toast' | 'undo'> {
  const newest = events[0]
  if (!newest || c.req.query('saved') !== String(newest.revision) || newest.revision !== order.revision)
    return {}
  if (!canUndo(newest)) return { toast: 'Saved' }
  return {
    toast: titleOf(newest),
    undo: (
      <form method="post" action={routes.orderUndo(order.number)}>
        <input type="hidden" name="changeId" value={c.var.ctx.newId()} />
        <input type="hidden" name="revision" value={String(newest.revision)} />
        <Button kind="quiet" size="compact" icon="undo">
          Undo
        </Button>
      </form>
    ),
  }
}

const Lead = ({ view }: { view: OrderView }) => {
  const { order, retailer, frame, createdAt, createdBy } = view
  return (
    <>
      {TYPE_WORDS[order.type]} ·{' '}
      {retailer ? (
        <a href={routes.retailer(retailer.id)}>{retailer.name}</a>
      ) : (
        `${contactOf(order, null).name} (new shop)`
      )}{' '}
      · {order.request ? 'requested' : 'placed'} <Time at={createdAt} timeZone={frame.settings.timeZone} /> by{' '}
      {createdBy.name}
      {order.poNumber !== '' && ` · PO ${order.poNumber}`}
      {order.trackingNumber !== '' && (
        <>
          {' '}
          · <TrackingLink number={order.trackingNumber} />
        </>
      )}
      {order.shipBy !== '' && (
        <>
          {' '}
          · ships by <Day date={order.shipBy} />
        </>
      )}{' '}
      · {stockWords(order)}
    </>
  )
}

function stockWords(order: Order): string {
  if (order.voided) return 'holds no stock'
  switch (order.status) {
    case 'awaiting_approval':
    case 'new':
    case 'in_progress':
      if (order.type === 'consignment')
        return order.status === 'awaiting_approval' ? 'holds no stock' : 'stock reserved'
      return order.pull ? 'stock reserved' : 'not pulled from on hand'
    case 'shipped':
      return 'gone from on hand'
    case 'delivered':
      return order.type === 'consignment' ? 'consigned at the retailer' : 'gone from on hand'
    case 'canceled':
      return 'holds no stock'
  }
}
