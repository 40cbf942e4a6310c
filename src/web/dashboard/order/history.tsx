import type { MailOfOrder } from '../../../mail/mail-store.ts'
import { formatMoney, formatRate } from '../../../money.ts'
import { FIELD_WORDS, valueWords } from '../../../orders/field-words.ts'
import type { EventChanges, LineChange, OrderEvent, Party } from '../../../orders/history.ts'
import { ORDER_STATUS_WORDS, type Order, type OrderStatus } from '../../../orders/order.ts'
import type { Settings } from '../../../settings/settings-store.ts'
import { count, TYPE_WORDS } from '../order-words.tsx'
import { FieldChange, TimelineEntry } from '../timeline.tsx'
import { MailLine } from './mail-line.tsx'

/** The record of an order, newest first: who, when, before → after, and what became of each e-mail. */
export const History = (props: {
  order: Order
  events: OrderEvent[]
  mails: MailOfOrder[]
  settings: Settings
}) => (
  <ol class="timeline">
    {props.events.map((event) => (
      <Entry
        order={props.order}
        event={event}
        mails={props.mails.filter((mail) => mail.revision === event.revision)}
        settings={props.settings}
      />
    ))}
  </ol>
)

const Entry = (props: { order: Order; event: OrderEvent; mails: MailOfOrder[]; settings: Settings }) => {
  const { order, event, mails, settings } = props
  return (
    <TimelineEntry title={titleOf(event)} at={event.at} timeZone={settings.timeZone} by={event.actor.name}>
      <ChangeList changes={event.changes} currency={settings.currency} />
      {event.comment !== '' && <p class="quote">{event.comment}</p>}
      {event.comment !== '' && !event.emailed && event.actor.kind !== 'retailer' && (
        <p class="soft small">Internal note</p>
      )}
      {mails.map((mail) => (
        <MailLine mail={mail} mails={mails} orderNumber={order.number} timeZone={settings.timeZone} />
      ))}
    </TimelineEntry>
  )
}

/** What an entry is called: the status it reached, or what was done. */
export function titleOf({ kind, changes, emailed, comment }: OrderEvent): string {
  const status = changes.fields.find(({ field }) => field === 'status')
  if (status) {
    return `${ORDER_STATUS_WORDS[status.from as OrderStatus]} → ${ORDER_STATUS_WORDS[status.to as OrderStatus]}`
  }
  switch (kind) {
    case 'placed':
      return 'Order placed'
    case 'lines':
      return 'Line items changed'
    case 'details':
      return 'Details changed'
    case 'link':
      return 'Statement link replaced'
    case 'voided':
      return 'Delivery voided'
    case 'undone':
      return 'Undone'
    case 'requested':
      return 'Order requested'
    case 'linked':
      return 'Linked to a retailer'
    case 'answered':
      return changes.answer === 'accepted' ? 'Shop accepted the changes' : 'Shop replied'
    case 'updated':
      if (changes.fields.length > 0) return 'Order updated'
      // Not "sent": what became of each e-mail stands below.
      if (emailed) return 'E-mail update'
      return comment === '' ? 'Order updated' : 'Note'
  }
}

/** What an entry changed, before → after, one line each. */
export const ChangeList = ({ changes, currency }: { changes: EventChanges; currency: string }) => {
  const { fields, lines, goods, toBeMade, placed, retailer } = changes
  return (
    <>
      {placed && (
        <p class="soft">
          {count(placed.lines, 'line item')}, {count(placed.pieces, 'piece')}, net{' '}
          {formatMoney(placed.netTotal, currency)}.
        </p>
      )}
      {retailer && <LinkedTo from={retailer.from} to={retailer.to} />}
      {fields
        .filter(({ field }) => field !== 'status')
        .map(({ field, from, to }) => (
          <FieldChange
            label={FIELD_WORDS[field]}
            from={valueWords(field, from, currency)}
            to={valueWords(field, to, currency)}
          />
        ))}
      {lines.map((line) => (
        <p class="soft">
          {line.name}: {lineChange(line, currency)}
        </p>
      ))}
      {goods && (
        <p class="soft">{goods === 'came_back' ? 'The goods came back.' : 'The goods were written off.'}</p>
      )}
      {toBeMade && <p class="soft">Missing units were promised, to be made.</p>}
    </>
  )
}

const LinkedTo = ({ from, to }: { from: Party; to: Party }) => (
  <>
    <FieldChange label="Retailer" from={from.name} to={to.name} />
    {from.type !== to.type && (
      <FieldChange label="Type" from={TYPE_WORDS[from.type]} to={TYPE_WORDS[to.type]} />
    )}
    {from.rate !== to.rate && (
      <FieldChange label="Retailer keeps" from={formatRate(from.rate)} to={formatRate(to.rate)} />
    )}
  </>
)

function lineChange({ from, to }: LineChange, currency: string): string {
  if (!from) return to ? `${to.quantity} added` : ''
  if (!to) return `${from.quantity} removed`
  const changes: string[] = []
  if (from.quantity !== to.quantity) changes.push(`${from.quantity} → ${to.quantity}`)
  if (from.unitPrice !== to.unitPrice) {
    changes.push(`price ${formatMoney(from.unitPrice, currency)} → ${formatMoney(to.unitPrice, currency)}`)
  }
  return changes.join(', ')
}
