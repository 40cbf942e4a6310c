import type { ChangedField, LineChange, OrderEvent } from './history.ts'
import type { Order } from './order.ts'

/** What a shop may agree to or not: what it gets, and what it pays beside it. */
const ANSWERED_FIELDS: readonly ChangedField[] = ['discount', 'shipping', 'otherCharges', 'tax', 'shipBy']
/** Once the goods have left there is nothing to agree on. */
const OPEN = ['awaiting_approval', 'new', 'in_progress']

/** What staff changed of a request since its shop last said something. */
export interface ChangesToAnswer {
  lines: Pick<LineChange, 'name' | 'from' | 'to'>[]
  fields: OrderEvent['changes']['fields']
  /** Whether units were promised that have to be made first. */
  toBeMade: boolean
}

/**
 * What a shop may accept or answer: the difference between what it last saw and what stands there now. Null where
 * there is none, where the order did not come from a shop, and where its goods have left. `events` has to reach back
 * to the shop's last word.
 */
export function changesToAnswer(
  order: Pick<Order, 'request' | 'status'>,
  events: readonly OrderEvent[],
): ChangesToAnswer | null {
  if (!order.request || !OPEN.includes(order.status)) return null
  const lastWord = Math.max(...events.filter(isFromShop).map(({ revision }) => revision))
  if (!Number.isFinite(lastWord)) return null
  const since = events
    .filter(({ revision }) => revision > lastWord)
    .toSorted((one, other) => one.revision - other.revision)
  const lines = netLines(since)
  const fields = netFields(since)
  const toBeMade = since.some(({ changes }) => changes.toBeMade)
  return lines.length > 0 || fields.length > 0 || toBeMade ? { lines, fields, toBeMade } : null
}

const isFromShop = ({ actor }: OrderEvent) => actor.kind === 'retailer'

/** From the first to the last of several changes of each line; what came back to where it was is left out. */
function netLines(events: readonly OrderEvent[]): ChangesToAnswer['lines'] {
  const net = new Map<string, Pick<LineChange, 'name' | 'from' | 'to'>>()
  for (const { productId, name, from, to } of events.flatMap(({ changes }) => changes.lines)) {
    net.set(productId, { name, from: net.has(productId) ? net.get(productId)!.from : from, to })
  }
  return [...net.values()].filter(
    ({ from, to }) => from?.quantity !== to?.quantity || from?.unitPrice !== to?.unitPrice,
  )
}

function netFields(events: readonly OrderEvent[]): ChangesToAnswer['fields'] {
  const net = new Map<ChangedField, ChangesToAnswer['fields'][number]>()
  for (const { field, from, to } of events.flatMap(({ changes }) => changes.fields)) {
    if (ANSWERED_FIELDS.includes(field)) net.set(field, { field, from: net.get(field)?.from ?? from, to })
  }
  return [...net.values()].filter(({ from, to }) => from !== to)
}
