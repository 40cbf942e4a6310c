import { demand, type Order } from '../orders/order.ts'
import { type Claim, replay, sameClaim } from './ledger.ts'
import type { StockSnapshot } from './product-stock.ts'

// What an audit compares (ARCHITECTURE §2, Proof), on plain state: the object's balance with its ledger, its claims
// with the demand of the orders, and what lists read with all of it.

/** Far above a deadline with all its retries: what stands prepared longer is not going to end by itself. */
const OVERDUE_MILLISECONDS = 10 * 60_000

/** A ledger entry as D1 has it. */
export interface LedgerEntry {
  sequence: number
  onHandChange: number
  reservedChange: number
  onHand: number
  reserved: number
}

/** How far a ledger was replayed, and the first entry that does not follow from those before it. */
export interface Replay {
  sequence: number
  onHand: number
  reserved: number
  brokenAt: number | null
}

/** An order that holds the product, or should, with its line of it. */
export type AuditedOrder = Pick<
  Order,
  'id' | 'number' | 'revision' | 'attempt' | 'status' | 'type' | 'pull' | 'voided'
> & { line: { quantity: number; stockTracked: boolean } | null }

/** What lists show of the product, with the ledger's own balance at that entry. */
export interface AuditedProjection {
  sequence: number
  onHand: number
  reserved: number
  entry: { onHand: number; reserved: number } | null
}

export interface Evidence {
  productId: string
  /** Taken first, when everything that it tells was in D1 already. */
  object: StockSnapshot
  ledger: Replay
  projection: AuditedProjection | null
  orders: AuditedOrder[]
  now: number
}

export interface Difference {
  /** Equal where two looks find the same thing, so that what only happened between two reads is not reported. */
  key: string
  /** For people. */
  words: string
}

export const START: Replay = { sequence: 0, onHand: 0, reserved: 0, brokenAt: null }

/** Follows the next entries of a ledger. */
export function follow(so: Replay, entries: readonly LedgerEntry[]): Replay {
  let { sequence, onHand, reserved, brokenAt } = so
  for (const entry of entries) {
    const balance = replay([{ onHandChange: onHand, reservedChange: reserved }, entry])
    const follows =
      entry.sequence === sequence + 1 &&
      entry.onHand === balance.onHand &&
      entry.reserved === balance.reserved
    if (!follows) brokenAt ??= entry.sequence
    ;({ onHand, reserved } = balance)
    sequence = entry.sequence
  }
  return { sequence, onHand, reserved, brokenAt }
}

/** Everything in which object and database differ. */
export function differencesOf(evidence: Evidence): Difference[] {
  return [...inLedger(evidence), ...inProjection(evidence), ...inClaims(evidence), ...overdue(evidence)]
}

function inLedger({ object, ledger }: Evidence): Difference[] {
  const differences: Difference[] = []
  const add = (key: string, words: string) => differences.push({ key, words })
  if (ledger.brokenAt !== null) {
    add('ledger', `Entry ${ledger.brokenAt} of the ledger does not follow from the entries before it.`)
  }
  if (ledger.sequence !== object.sequence) {
    add('entries', `The ledger has ${ledger.sequence} entries, but ${object.sequence} were made.`)
  }
  if (ledger.onHand !== object.onHand) {
    add('on hand', `On hand is ${object.onHand}, but the ledger adds up to ${ledger.onHand}.`)
  }
  if (ledger.reserved !== object.reserved) {
    add('reserved', `Reserved is ${object.reserved}, but the ledger adds up to ${ledger.reserved}.`)
  }
  const claimed = object.claims.reduce((sum, { claim }) => sum + claim.reserved, 0)
  if (claimed !== object.reserved) {
    add('claims', `Reserved is ${object.reserved}, but what the orders hold adds up to ${claimed}.`)
  }
  return differences
}

function inProjection({ object, projection }: Evidence): Difference[] {
  const shown = projection ?? { sequence: 0, onHand: 0, reserved: 0, entry: { onHand: 0, reserved: 0 } }
  if (shown.sequence < object.sequence) {
    const words = `Lists show the stock after entry ${shown.sequence}, but there are ${object.sequence}.`
    return [{ key: 'behind', words }]
  }
  const { onHand, reserved, entry } = shown
  if (entry?.onHand === onHand && entry.reserved === reserved) return []
  const words = `Lists show ${onHand} on hand and ${reserved} reserved, but the ledger has ${
    entry ? `${entry.onHand} and ${entry.reserved}` : 'no such entry'
  }.`
  return [{ key: 'lists', words }]
}

function inClaims({ productId, object, orders }: Evidence): Difference[] {
  const known = new Set(orders.map(({ id }) => id))
  const strangers = object.claims
    .filter(({ orderId, claim }) => !known.has(orderId) && !sameClaim(claim))
    .map(({ orderId, claim }) => ({
      key: `stranger ${orderId}`,
      words: `${say(claim)} for an order that does not exist (${orderId}).`,
    }))
  return [...strangers, ...orders.flatMap((order) => inClaim(productId, object, order))]
}

function inClaim(productId: string, object: StockSnapshot, order: AuditedOrder): Difference[] {
  const settled = object.claims.find(({ orderId }) => orderId === order.id)
  const prepared = object.prepared.find(({ orderId }) => orderId === order.id)
  // Committed but not settled yet: the prepared claim is already the one that counts.
  const committed = prepared?.attempt === order.attempt ? prepared : settled
  const isFinished = order.status === 'delivered' || order.status === 'canceled'
  // The claim of a finished order is dropped after a while; nothing follows from its absence.
  if (isFinished && !committed) return []
  const lines = order.line ? [{ ...order.line, productId }] : []
  const wanted = demand({ ...order, lines }).get(productId)
  if (sameClaim(committed?.claim, wanted)) return []
  return [
    {
      key: `order ${order.id} ${order.revision}`,
      words: `Order #${order.number} needs ${say(wanted)}, but holds ${say(committed?.claim)}.`,
    },
  ]
}

function overdue({ object, orders, now }: Evidence): Difference[] {
  return object.prepared
    .filter(({ deadline }) => deadline + OVERDUE_MILLISECONDS < now)
    .map(({ orderId, attempt, claim }) => {
      const number = orders.find(({ id }) => id === orderId)?.number
      const order = number === undefined ? 'an order that was never placed' : `order #${number}`
      return {
        key: `overdue ${attempt}`,
        words: `${say(claim)} is still set aside for a change of ${order}.`,
      }
    })
}

function say(claim: Claim = { reserved: 0, shipped: 0 }): string {
  if (claim.shipped === 0) return `${claim.reserved} reserved`
  return claim.reserved === 0
    ? `${claim.shipped} gone`
    : `${claim.reserved} reserved and ${claim.shipped} gone`
}
