import type { Actor } from '../actor.ts'

// The rules of one product's stock, on plain state: no I/O, no clock. ProductStock loads the state, asks here,
// and writes the changes down. The protocol around it: ARCHITECTURE §2.

/** What one order holds of the product, in units: promised, and gone from on hand. */
export interface Claim {
  reserved: number
  shipped: number
}

export interface SettledClaim extends Claim {
  revision: number
}

export interface Prepared {
  orderId: string
  attempt: string
  revision: number
  claim: Claim
  /** Units of the old claim's shipped that did not come back. */
  writeOff: number
  /** True when the order needs no stock from here on; the claim is then only a guard. */
  finished: boolean
  short: boolean
  at: number
  actor: Actor
  deadline: number
}

/** What the decision about one order needs to know of the product. */
export interface StockState {
  onHand: number
  /** Σ reserved of all settled claims. */
  reserved: number
  /** Every prepared claim of another order, with the settled claim it would replace. */
  others: { prepared: Prepared; settled: Claim }[]
  /** This order's settled claim. */
  settled: SettledClaim | null
  /** This order's prepared claim. */
  standing: Prepared | null
}

export interface PrepareRequest {
  orderId: string
  attempt: string
  revision: number
  claim: Claim
  /** What the order held at the basis; stands in for a settled claim that was pruned. */
  held: Claim
  writeOff: number
  finished: boolean
  /** The attempt that made the revision this change starts from: known to be committed. */
  basis: string | null
  allowShortage: boolean
  at: number
  actor: Actor
}

export type PrepareAnswer =
  /** `short`: more was promised than there is, as the change said it may. */
  | { kind: 'prepared'; short: boolean }
  | { kind: 'shortage'; available: number; wanted: number; missing: number }
  | { kind: 'busy'; attempt: string }
  | { kind: 'stale' }

export type MovementKind =
  | 'received'
  | 'corrected'
  | 'reserved'
  | 'released'
  | 'shipped'
  | 'returned'
  | 'written_off'

export interface Movement {
  kind: MovementKind
  onHandChange: number
  reservedChange: number
}

const nothing: Claim = { reserved: 0, shipped: 0 }

/** What to do with a request: the answer when it is not to be prepared, or whether to settle the basis first. */
export function beforePreparing(
  state: Pick<StockState, 'settled' | 'standing'>,
  request: PrepareRequest,
): PrepareAnswer | 'settle basis' | 'decide' {
  const { standing, settled } = state
  if (standing?.attempt === request.attempt) return { kind: 'prepared', short: standing.short }
  if (settled && request.revision <= settled.revision) return { kind: 'stale' }
  if (!standing) return 'decide'
  return standing.attempt === request.basis ? 'settle basis' : { kind: 'busy', attempt: standing.attempt }
}

/** Checks the request against what is available. A change that takes no more than the order had is never short. */
export function checkStock(state: StockState, request: PrepareRequest): PrepareAnswer {
  const old = state.settled ?? request.held
  const { claim, writeOff } = request
  const leaving = claim.shipped - old.shipped + writeOff
  const taken = claim.reserved + claim.shipped + writeOff - old.reserved - old.shipped
  const wanted = old.reserved + taken
  const available = availableOf(state) + old.reserved
  const onHand =
    state.onHand - sum(state.others.map(({ prepared, settled }) => leavingUnits(prepared, settled)))
  const takesTooMuch = taken > 0 && wanted > available
  const shipsTooMuch = leaving > 0 && leaving > onHand
  if (request.allowShortage) return { kind: 'prepared', short: takesTooMuch || shipsTooMuch }
  if (takesTooMuch) return shortage(available, wanted)
  return shipsTooMuch ? shortage(onHand, leaving) : { kind: 'prepared', short: false }
}

function shortage(available: number, wanted: number): PrepareAnswer {
  return { kind: 'shortage', available, wanted, missing: wanted - Math.max(available, 0) }
}

/** On hand − reserved, where a prepared claim counts as the larger of old and new. */
export function availableOf(state: Pick<StockState, 'onHand' | 'reserved' | 'others'>): number {
  return (
    state.onHand - state.reserved - sum(state.others.map(({ prepared, settled }) => extra(prepared, settled)))
  )
}

function extra(prepared: Prepared, settled: Claim): number {
  const { claim, writeOff } = prepared
  return Math.max(0, claim.reserved + claim.shipped + writeOff - settled.reserved - settled.shipped)
}

function leavingUnits(prepared: Prepared, settled: Claim): number {
  return Math.max(0, prepared.claim.shipped - settled.shipped + prepared.writeOff)
}

/** The ledger entries of a claim that replaces another, the write-off last. Their sum is the change. */
export function movementsOf(old: Claim, next: Claim, writeOff: number): Movement[] {
  const returned = old.shipped - next.shipped
  const movements: Movement[] = []
  const reservedChange = next.reserved - old.reserved
  if (returned !== 0) {
    movements.push({ kind: returned > 0 ? 'returned' : 'shipped', onHandChange: returned, reservedChange })
  } else if (reservedChange !== 0) {
    movements.push({ kind: reservedChange > 0 ? 'reserved' : 'released', onHandChange: 0, reservedChange })
  }
  if (writeOff > 0) movements.push({ kind: 'written_off', onHandChange: -writeOff, reservedChange: 0 })
  return movements
}

export function sameClaim(a: Claim = nothing, b: Claim = nothing): boolean {
  return a.reserved === b.reserved && a.shipped === b.shipped
}

/** Replays a ledger from its first entry: the balance it must come to. */
export function replay(movements: Iterable<Pick<Movement, 'onHandChange' | 'reservedChange'>>) {
  let onHand = 0
  let reserved = 0
  for (const movement of movements) {
    onHand += movement.onHandChange
    reserved += movement.reservedChange
  }
  return { onHand, reserved }
}

const sum = (numbers: number[]) => numbers.reduce((total, next) => total + next, 0)
