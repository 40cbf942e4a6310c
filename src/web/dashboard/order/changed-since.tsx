import { type ChangedField, type OrderEvent, valueAt } from '../../../orders/history.ts'
import type { OrderView } from '../../../orders/read-order.ts'
import type { Failure } from '../../../result.ts'
import type { Settings } from '../../../settings/settings-store.ts'
import type { WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { Time } from '../../ui/time.tsx'
import { ChangeList, titleOf } from './history.tsx'

/**
 * True where a form was refused, for whatever reason, and the order is no longer what it showed at `revision`: before
 * it is sent again its user has to know.
 */
export const isLate = ({ reason }: Failure, revision: number, order: { revision: number }) =>
  reason === 'conflict' || reason === 'sent_before' || revision < order.revision

/**
 * The id of a form that is shown again: its own, so that sending it again is the same request; a new one where its
 * own was used for something else.
 */
export const changeIdAfter = (c: WebContext, changeId: string, { reason }: Failure) =>
  reason === 'sent_before' ? c.var.ctx.newId() : changeId

/**
 * A field that was left as it was shown follows the order, so that saving again does not undo what others did.
 * `shown` says how the form writes a value.
 */
export function followOthers<Field extends ChangedField>(
  values: Record<Field, string | boolean>,
  fields: readonly Field[],
  { order, events }: Pick<OrderView, 'order' | 'events'>,
  revision: number,
  shown: (value: string | number | boolean) => string | boolean = (value) => value as string | boolean,
) {
  for (const field of fields) {
    if (values[field] !== shown(valueAt(events, field, revision, order[field]))) continue
    values[field] = shown(order[field])
  }
}

/** What was done to an order since a form showed it at `revision`. */
export const ChangedSince = (props: { events: OrderEvent[]; settings: Settings; revision: number }) => {
  const { currency, timeZone } = props.settings
  return (
    <Banner tone="warning" title="Since you opened this page">
      {props.events
        .filter((event) => event.revision > props.revision)
        .map((event) => (
          <>
            <p>
              <b>{titleOf(event)}</b> · <Time at={event.at} timeZone={timeZone} /> · {event.actor.name}
            </p>
            <ChangeList changes={event.changes} currency={currency} />
            {event.comment !== '' && <p class="quote">{event.comment}</p>}
          </>
        ))}
      <p>What you typed is still in the form. Save it again if it still holds.</p>
    </Banner>
  )
}
