import type { OrderEvent } from '../../orders/history.ts'
import { ORDER_STATUS_WORDS, type OrderStatus } from '../../orders/order.ts'
import type { OwnOrder } from '../../orders/read-own-order.ts'
import { Card } from '../ui/card.tsx'
import { Time } from '../ui/time.tsx'

/** What was said to a shop and by it, the newest first. Staff speak as the business. */
export const Messages = ({ own }: { own: OwnOrder }) => {
  const { messages, order, portal } = own
  const { businessName, timeZone } = portal.settings
  return (
    <Card title="Messages">
      <ol class="timeline">
        {messages.map((event) => {
          const isOwn = event.actor.kind === 'retailer'
          const said = event.kind === 'requested' ? (order.request?.note ?? '') : event.comment
          return (
            <li>
              <div class="timeline-head">
                <b>{titleOf(event)}</b>{' '}
                <span class="when">
                  <Time at={event.at} timeZone={timeZone} /> · {isOwn ? 'You' : businessName}
                </span>
              </div>
              {said !== '' && <p class="quote">{said}</p>}
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

function titleOf({ kind, changes }: OrderEvent): string {
  const status = changes.fields.find(({ field }) => field === 'status')
  if (status) return ORDER_STATUS_WORDS[status.to as OrderStatus]
  switch (kind) {
    case 'requested':
      return 'Request sent'
    case 'answered':
      return changes.answer === 'accepted' ? 'Changes accepted' : 'Answer sent'
    case 'placed':
      return 'Order placed'
    default:
      return 'Order updated'
  }
}
