import type { Actor } from '../context.ts'
import type { Line, Order } from './order.ts'
import { totalsOf } from './totals.ts'

export type EventKind =
  | 'placed'
  | 'updated'
  | 'lines'
  | 'details'
  | 'link'
  | 'voided'
  | 'undone'
  | 'requested'
  | 'linked'
  | 'answered'

/** A line before and after; null where it was not there. What does not change stands beside, to bring it back. */
export interface LineChange extends Pick<Line, 'productId' | 'name' | 'sku' | 'unitRetail' | 'stockTracked'> {
  from: { quantity: number; unitPrice: number } | null
  to: { quantity: number; unitPrice: number } | null
}

/** The fields of an order whose change the history shows as before → after. */
export const FIELDS = [
  ...(['status', 'paymentStatus', 'pull', 'trackingNumber', 'invoiceLink', 'poNumber', 'date'] as const),
  'shipBy',
  ...(['discount', 'shipping', 'otherCharges', 'tax'] as const),
] as const
export type ChangedField = (typeof FIELDS)[number]

export interface EventChanges {
  fields: { field: ChangedField; from: string | number | boolean; to: string | number | boolean }[]
  lines: LineChange[]
  /** Where a request was linked: the shop or retailer that it was of, and whose it is now. */
  retailer?: { from: Party; to: Party }
  /** Where a shipped order was canceled or a delivery voided: what became of the goods. */
  goods?: 'came_back' | 'written_off'
  /** Whether missing units were promised anyway, to be made. */
  toBeMade?: true
  /** What the shop said to a change of its request. */
  answer?: 'accepted' | 'replied'
  /** What the order came to, for the first entry. */
  placed?: { lines: number; pieces: number; netTotal: number }
}

/** Whose an order is, and on which terms. */
export interface Party extends Pick<Order, 'type' | 'rate'> {
  name: string
  /** The retailer's; null for a shop that is none yet. Entries of the first version have none. */
  id?: string | null
}

/** One entry of the record: the change with this revision. */
export interface OrderEvent {
  revision: number
  at: number
  actor: Actor
  kind: EventKind
  changes: EventChanges
  comment: string
  emailed: boolean
}

/** What differs between two states of an order, as the history keeps it. */
export function changesBetween(before: Order | null, after: Omit<Order, 'number'>): EventChanges {
  if (!before) {
    const { pieces, netTotal } = totalsOf(after.type, after.lines, after)
    return { fields: [], lines: [], placed: { lines: after.lines.length, pieces, netTotal } }
  }
  const fields = FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    ...{ field, from: before[field], to: after[field] },
  }))
  return { fields, lines: lineChanges(before.lines, after.lines) }
}

function lineChanges(before: Line[], after: Line[]): LineChange[] {
  const changes: LineChange[] = []
  const old = new Map(before.map((line) => [line.productId, line]))
  for (const line of after) {
    const was = old.get(line.productId)
    old.delete(line.productId)
    if (was?.quantity === line.quantity && was.unitPrice === line.unitPrice) continue
    changes.push({ ...identity(line), from: was ? side(was) : null, to: side(line) })
  }
  for (const line of old.values()) changes.push({ ...identity(line), from: side(line), to: null })
  return changes
}

/** The order as it was before these changes, or null where something else stands there now. */
export function reversed(order: Order, { fields, lines }: EventChanges): Order | null {
  if (fields.some(({ field, to }) => order[field] !== to)) return null
  const before = { ...order, ...Object.fromEntries(fields.map(({ field, from }) => [field, from])) }
  let kept = order.lines
  for (const { from, to, ...line } of lines) {
    const now = kept.find(({ productId }) => productId === line.productId)
    if (to ? now?.quantity !== to.quantity || now.unitPrice !== to.unitPrice : now) return null
    if (!from) kept = kept.filter((one) => one !== now)
    else if (now) kept = kept.map((one) => (one === now ? { ...one, ...from } : one))
    else kept = [...kept, { ...line, ...from }]
  }
  return { ...before, lines: kept }
}

/** What a field was at a revision, told from the entries since and from what it is now. */
export function valueAt(
  events: readonly OrderEvent[],
  field: ChangedField,
  revision: number,
  now: string | number | boolean,
): string | number | boolean {
  const changes = since(events, revision).flatMap(({ fields }) => fields)
  return changes.find((change) => change.field === field)?.from ?? now
}

/** A line's quantity and unit price at a revision, told in the same way. */
export function lineAt(events: readonly OrderEvent[], revision: number, now: Line) {
  const changes = since(events, revision).flatMap(({ lines }) => lines)
  return changes.find(({ productId }) => productId === now.productId)?.from ?? side(now)
}

/** What was changed after a revision, the oldest first. */
function since(events: readonly OrderEvent[], revision: number): EventChanges[] {
  return events
    .filter((event) => event.revision > revision)
    .sort((a, b) => a.revision - b.revision)
    .map(({ changes }) => changes)
}

const identity = ({ productId, name, sku, unitRetail, stockTracked }: Line) => ({
  ...{ productId, name, sku, unitRetail, stockTracked },
})
const side = ({ quantity, unitPrice }: Line) => ({ quantity, unitPrice })
