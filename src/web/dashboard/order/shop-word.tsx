import { changesToAnswer } from '../../../orders/changes-to-answer.ts'
import type { OrderView } from '../../../orders/read-order.ts'
import { Banner } from '../../ui/banner.tsx'
import { Pill } from '../../ui/pill.tsx'

/** What the shop said last, where nothing was done about the order since. */
function newestAnswer({ order, events }: OrderView) {
  const newest = events[0]
  return newest?.revision === order.revision && newest.kind === 'answered' ? newest : null
}

/** Whether the shop has answered what staff changed of its request. */
export const ShopWordPill = ({ view }: { view: OrderView }) => {
  const answer = newestAnswer(view)
  if (answer?.changes.answer === 'accepted') return <Pill tone="green">Shop accepted</Pill>
  if (answer) return <Pill tone="amber">Shop replied</Pill>
  const waits = view.retailer !== null && changesToAnswer(view.order, view.events) !== null
  return waits ? <Pill tone="grey">Shop has not answered</Pill> : null
}

/** What the shop replied, until something is done about it. */
export const ShopReply = ({ view }: { view: OrderView }) => {
  const answer = newestAnswer(view)
  if (answer?.changes.answer !== 'replied') return null
  return (
    <Banner tone="warning" title={`${answer.actor.name} replied to your changes`}>
      <p class="quote">{answer.comment}</p>
    </Banner>
  )
}
