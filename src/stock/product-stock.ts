import { DurableObject } from 'cloudflare:workers'
import type { Actor } from '../context.ts'
import { Db, messageOf } from '../db/client.ts'
import type { Bindings } from '../env.ts'
import {
  availableOf,
  beforePreparing,
  type Claim,
  checkStock,
  type Movement,
  movementsOf,
  type PrepareAnswer,
  type Prepared,
  type PrepareRequest,
  type SettledClaim,
} from './ledger.ts'
import { committedAttempts, decideAttempts, type MovementRow, projectStock } from './stock-store.ts'

/** Tidiness only: how long a prepared claim may stand before its fate is asked for. No step is correct because of it. */
export const PREPARE_DEADLINE_SECONDS = 30
/** How soon a change of a quiet product is written to D1. */
const PROJECTION_DELAY_MILLISECONDS = 250
/** The changes of a busy product are written together: each pause is this many times the one before, up to a longest. */
const PROJECTION_PAUSE_GROWTH = 4
const LONGEST_PROJECTION_PAUSE_MILLISECONDS = 8_000
const RETRY_SECONDS = 5
/** How long the claim of a finished order, or the id of an adjustment, guards against a late duplicate. */
const GUARD_DAYS = 30
/** Bounds one write to D1; what is left follows in the next. */
const MOVEMENTS_PER_PROJECTION = 500

export interface Adjustment {
  /** Made by the client: the same adjustment twice counts once. */
  id: string
  /** 'receive' adds `quantity` units, 'count' makes on hand equal to it. */
  kind: 'receive' | 'count'
  quantity: number
  reason: string
  at: number
  actor: Actor
}

/** `adjusted`, by 0 for a repetition; or the id was used before for another adjustment, and nothing is changed. */
export type AdjustAnswer = { kind: 'adjusted'; onHand: number; change: number } | { kind: 'sent_before' }

export interface StockSnapshot {
  onHand: number
  reserved: number
  available: number
  /** The number of the last ledger entry. */
  sequence: number
  /** The last ledger entry that D1 is known to have. */
  projected: number
  claims: { orderId: string; revision: number; claim: Claim; finished: boolean }[]
  prepared: { orderId: string; attempt: string; revision: number; claim: Claim; deadline: number }[]
}

type Row = Record<string, SqlStorageValue>

/**
 * One product's stock, serialised. Every method reads, decides by ledger.ts and writes without an await between,
 * so each is atomic; every one is idempotent; expected refusals are answers, never errors. Methods take the
 * product's id because an object does not know its own name when an alarm wakes it.
 */
export class ProductStock extends DurableObject<Bindings> {
  readonly #sql = this.ctx.storage.sql
  /**
   * The attempt of each order that is known to be committed and still stands prepared: settled with the next write, so
   * that hearing of it costs none. What a crash makes this forget is asked for at its deadline.
   */
  readonly #committed = new Map<string, string>()
  #isOpen = false
  #armedFor = Number.POSITIVE_INFINITY
  #projectedAt = 0
  #projectionPause = PROJECTION_DELAY_MILLISECONDS

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env)
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS balance (
        id INTEGER PRIMARY KEY CHECK (id = 1), product_id TEXT NOT NULL, on_hand INTEGER NOT NULL,
        reserved INTEGER NOT NULL, sequence INTEGER NOT NULL, projected INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS claims (
        order_id TEXT PRIMARY KEY, revision INTEGER NOT NULL, reserved INTEGER NOT NULL, shipped INTEGER NOT NULL,
        finished_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS claims_finished ON claims (finished_at) WHERE finished_at IS NOT NULL;
      CREATE TABLE IF NOT EXISTS prepared (
        order_id TEXT PRIMARY KEY, attempt TEXT NOT NULL, revision INTEGER NOT NULL, reserved INTEGER NOT NULL,
        shipped INTEGER NOT NULL, write_off INTEGER NOT NULL, finished INTEGER NOT NULL, short INTEGER NOT NULL, at INTEGER NOT NULL,
        actor TEXT NOT NULL, deadline INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS movements (sequence INTEGER PRIMARY KEY, movement TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS adjustments (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, asked TEXT
      ) STRICT, WITHOUT ROWID;
    `)
    // Objects of the first version do not know what was asked for.
    if (
      this.#sql.exec(`SELECT 1 FROM pragma_table_info('adjustments') WHERE name = 'asked'`).toArray()
        .length === 0
    ) {
      this.#sql.exec('ALTER TABLE adjustments ADD COLUMN asked TEXT')
    }
    ctx.blockConcurrencyWhile(async () => {
      this.#armedFor = (await ctx.storage.getAlarm()) ?? Number.POSITIVE_INFINITY
    })
  }

  /** Sets the units aside for one attempt at a change, or says why not. */
  prepare(productId: string, request: PrepareRequest): PrepareAnswer {
    this.#open(productId)
    const { orderId } = request
    const prepared = this.#allPrepared()
    const standing = prepared.find(({ prepared }) => prepared.orderId === orderId)?.prepared ?? null
    let settled = this.#claim(orderId)
    const answer = beforePreparing({ standing, settled }, request)
    if (answer !== 'decide' && answer !== 'settle basis') return answer
    if (answer === 'settle basis' && standing) {
      this.#settle(orderId, standing.attempt)
      settled = this.#claim(orderId)
    }
    if (!settled && request.held.shipped > 0) {
      settled = { reserved: 0, shipped: request.held.shipped, revision: request.revision - 1 }
      this.#sql.exec(
        'INSERT INTO claims VALUES (?, ?, 0, ?, ?)',
        ...[orderId, settled.revision, settled.shipped, Date.now()],
      )
    }
    const { onHand, reserved } = this.#balance()
    const others = prepared.filter(({ prepared }) => prepared.orderId !== orderId)
    const decision = checkStock({ onHand, reserved, others, settled, standing: null }, request)
    if (decision.kind !== 'prepared') return decision

    const deadline = Date.now() + PREPARE_DEADLINE_SECONDS * 1000
    const { attempt, revision, claim, writeOff, finished, at, actor } = request
    this.#sql.exec(
      'INSERT INTO prepared VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[orderId, attempt, revision, claim.reserved, claim.shipped, writeOff],
      ...[finished ? 1 : 0, decision.short ? 1 : 0, at, JSON.stringify(actor), deadline],
    )
    this.#armForProjection()
    return decision
  }

  /** Makes the prepared claim the claim, with the next write, if that very attempt stands prepared. */
  settle(orderId: string, attempt: string): void {
    this.#committed.set(orderId, attempt)
    this.#armForProjection()
  }

  /** Lets a prepared claim go, if that very attempt stands prepared. */
  discard(orderId: string, attempt: string): void {
    this.#sql.exec('DELETE FROM prepared WHERE order_id = ? AND attempt = ?', orderId, attempt)
  }

  /**
   * Receives units or corrects the count, and reports it to D1 before it answers, so that the next page shows it.
   * A correction may leave less than is reserved: what is there is there. Throws where D1 cannot say whether goods
   * have left that were counted no more.
   */
  async adjust(productId: string, adjustment: Adjustment): Promise<AdjustAnswer> {
    this.#open(productId)
    const { id, kind: how, quantity, reason } = adjustment
    if (how === 'count') await this.#settleWhatLeft()
    this.#settleCommitted()
    const { onHand } = this.#balance()
    const asked = JSON.stringify([how, quantity, reason])
    const known = this.#sql.exec('SELECT asked FROM adjustments WHERE id = ?', id).toArray()[0]
    if (known) {
      const isSame = known.asked === null || known.asked === asked
      return isSame ? { kind: 'adjusted', onHand, change: 0 } : { kind: 'sent_before' }
    }
    const change = how === 'receive' ? quantity : quantity - onHand
    this.#sql.exec('INSERT INTO adjustments VALUES (?, ?, ?)', id, Date.now(), asked)
    if (change !== 0) {
      const kind = how === 'receive' ? 'received' : 'corrected'
      this.#append([{ kind, onHandChange: change, reservedChange: 0 }], adjustment)
      await this.#project().catch(logFailure('projection'))
    }
    return { kind: 'adjusted', onHand: onHand + change, change }
  }

  snapshot(productId: string): StockSnapshot {
    this.#open(productId)
    const { onHand, reserved, sequence, projected } = this.#balance()
    const prepared = this.#allPrepared()
    return {
      onHand,
      reserved,
      available: availableOf({ onHand, reserved, others: prepared }),
      sequence,
      projected,
      claims: this.#sql
        .exec('SELECT * FROM claims')
        .toArray()
        .map((row) => ({
          orderId: row.order_id as string,
          revision: row.revision as number,
          claim: claimFrom(row),
          finished: row.finished_at !== null,
        })),
      prepared: prepared.map(({ prepared: { orderId, attempt, revision, claim, deadline } }) => ({
        ...{ orderId, attempt, revision, claim, deadline },
      })),
    }
  }

  /** The snapshot, once D1 has the ledger up to there. Throws when D1 does not answer. */
  async projectedSnapshot(productId: string): Promise<StockSnapshot> {
    const snapshot = this.snapshot(productId)
    await this.#project()
    return snapshot
  }

  override async alarm(): Promise<void> {
    this.#armedFor = Number.POSITIVE_INFINITY
    try {
      this.#settleCommitted()
      await this.#recover()
      await this.#project()
      this.#pauseProjection()
      this.#prune()
    } catch (error) {
      // Re-armed instead of thrown: the platform gives up on an alarm after six failures.
      logFailure('alarm')(error)
      this.#arm(Date.now() + RETRY_SECONDS * 1000)
      return
    }
    this.#armForTheRest()
  }

  /** Settles what moves goods and is committed, though word of it has not come: who counts finds them gone. */
  async #settleWhatLeft(): Promise<void> {
    const moving = this.#allPrepared().filter(
      ({ prepared, settled }) => prepared.claim.shipped !== settled.shipped,
    )
    if (moving.length === 0) return
    const attempts = moving.map(({ prepared }) => prepared.attempt)
    const committed = await committedAttempts(new Db(this.env.DB, 'first-primary'), attempts)
    for (const { prepared } of moving) {
      if (committed.has(prepared.attempt)) this.#settle(prepared.orderId, prepared.attempt)
    }
  }

  /** Asks D1 for the fate of every prepared claim that outlived its deadline, and obeys. */
  async #recover(): Promise<void> {
    const overdue = this.#sql
      .exec('SELECT order_id, attempt FROM prepared WHERE deadline <= ?', Date.now())
      .toArray()
      .map((row) => ({ orderId: row.order_id as string, attempt: row.attempt as string }))
    if (overdue.length === 0) return
    const attempts = overdue.map(({ attempt }) => attempt)
    const fates = await decideAttempts(new Db(this.env.DB, 'first-primary'), attempts, Date.now())
    for (const { orderId, attempt } of overdue) {
      const fate = fates.get(attempt)
      if (fate === 'commit') this.#settle(orderId, attempt)
      if (fate === 'abandon') this.discard(orderId, attempt)
    }
  }

  /**
   * Writes the ledger entries that there are by now to D1, with the balance after the last, and lets go of those that
   * are there. What comes meanwhile waits for the next time: a busy product might never come to an end.
   */
  async #project(): Promise<void> {
    const { until } = this.#sql.exec('SELECT MAX(sequence) AS until FROM movements').one()
    for (;;) {
      const rows = this.#sql
        .exec(
          'SELECT movement FROM movements WHERE sequence <= ? ORDER BY sequence LIMIT ?',
          ...[until, MOVEMENTS_PER_PROJECTION],
        )
        .toArray()
        .map((row) => JSON.parse(row.movement as string) as MovementRow)
      const last = rows.at(-1)
      if (!last) return
      await projectStock(new Db(this.env.DB, 'first-primary'), rows, Date.now())
      this.#sql.exec('DELETE FROM movements WHERE sequence <= ?', last.sequence)
      this.#sql.exec('UPDATE balance SET projected = MAX(projected, ?)', last.sequence)
    }
  }

  #prune(): void {
    const before = Date.now() - GUARD_DAYS * 86_400_000
    this.#sql.exec('DELETE FROM claims WHERE finished_at < ?', before)
    this.#sql.exec('DELETE FROM adjustments WHERE at < ?', before)
  }

  #settleCommitted(): void {
    for (const [orderId, attempt] of this.#committed) this.#settle(orderId, attempt)
    this.#committed.clear()
  }

  /** Makes the prepared claim the claim, if that very attempt stands prepared. */
  #settle(orderId: string, attempt: string): void {
    const row = this.#sql
      .exec(
        `DELETE FROM prepared WHERE order_id = ? AND attempt = ? RETURNING *,
          (SELECT reserved FROM claims WHERE claims.order_id = prepared.order_id) AS old_reserved,
          (SELECT shipped FROM claims WHERE claims.order_id = prepared.order_id) AS old_shipped`,
        ...[orderId, attempt],
      )
      .toArray()[0]
    if (!row) return
    const { prepared, settled } = replacingFrom(row)
    const { revision, claim, finished, writeOff } = prepared
    this.#sql.exec(
      'INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?)',
      ...[orderId, revision, claim.reserved, claim.shipped],
      finished || (claim.reserved === 0 && claim.shipped === 0) ? Date.now() : null,
    )
    this.#append(movementsOf(settled, claim, writeOff), prepared)
  }

  #append(
    movements: Movement[],
    cause: { at: number; actor: Actor; orderId?: string; revision?: number; reason?: string },
  ): void {
    const { at, actor, orderId = null, revision = null, reason = null } = cause
    for (const movement of movements) {
      const { productId, sequence, onHand, reserved } = balanceFrom(
        this.#sql
          .exec(
            `UPDATE balance SET on_hand = on_hand + ?, reserved = reserved + ?, sequence = sequence + 1 RETURNING *`,
            ...[movement.onHandChange, movement.reservedChange],
          )
          .one(),
      )
      const row: MovementRow = {
        ...{ productId, sequence, at, ...movement, onHand, reserved, orderId, revision, reason, actor },
      }
      this.#sql.exec('INSERT INTO movements VALUES (?, ?)', sequence, JSON.stringify(row))
    }
    if (movements.length > 0) this.#armForProjection()
  }

  /** A longer pause while changes come about as soon as it is over, the shortest one after a quiet time. */
  #pauseProjection(): void {
    const now = Date.now()
    const wasBusy = now - this.#projectedAt < 2 * this.#projectionPause
    this.#projectionPause = wasBusy
      ? Math.min(PROJECTION_PAUSE_GROWTH * this.#projectionPause, LONGEST_PROJECTION_PAUSE_MILLISECONDS)
      : PROJECTION_DELAY_MILLISECONDS
    this.#projectedAt = now
  }

  #armForProjection(): void {
    const soon = Date.now() + PROJECTION_DELAY_MILLISECONDS
    this.#arm(Math.max(soon, this.#projectedAt + this.#projectionPause))
  }

  #arm(at: number): void {
    if (at >= this.#armedFor) return
    this.#armedFor = at
    this.ctx.storage.setAlarm(at)
  }

  /** Claims that stand prepared wait for their fate, or for their deadline; movements for their projection. */
  #armForTheRest(): void {
    const rest = this.#sql.exec('SELECT 1 FROM prepared UNION ALL SELECT 1 FROM movements LIMIT 1').toArray()
    if (rest.length > 0) this.#armForProjection()
  }

  /** Brings the object up to date for a call: it learns which product it is, and settles what it heard of. */
  #open(productId: string): void {
    if (!this.#isOpen)
      this.#sql.exec('INSERT INTO balance VALUES (1, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING', productId)
    this.#isOpen = true
    this.#settleCommitted()
  }

  #balance() {
    return balanceFrom(this.#sql.exec('SELECT * FROM balance').one())
  }

  #claim(orderId: string): SettledClaim | null {
    const row = this.#sql.exec('SELECT * FROM claims WHERE order_id = ?', orderId).toArray()[0]
    return row ? { ...claimFrom(row), revision: row.revision as number } : null
  }

  /** Every prepared claim, with the settled one that it would replace. */
  #allPrepared(): Replacing[] {
    return this.#sql
      .exec(
        `SELECT prepared.*, claims.reserved AS old_reserved, claims.shipped AS old_shipped
         FROM prepared LEFT JOIN claims USING (order_id)`,
      )
      .toArray()
      .map(replacingFrom)
  }
}

interface Replacing {
  prepared: Prepared
  settled: Claim
}

function replacingFrom(row: Row): Replacing {
  const { old_reserved, old_shipped } = row as Record<string, number | null>
  return { prepared: preparedFrom(row), settled: { reserved: old_reserved ?? 0, shipped: old_shipped ?? 0 } }
}

function balanceFrom(row: Row) {
  return {
    productId: row.product_id as string,
    onHand: row.on_hand as number,
    reserved: row.reserved as number,
    sequence: row.sequence as number,
    projected: row.projected as number,
  }
}

function claimFrom(row: Row): Claim {
  return { reserved: row.reserved as number, shipped: row.shipped as number }
}

function preparedFrom(row: Row): Prepared {
  return {
    orderId: row.order_id as string,
    attempt: row.attempt as string,
    revision: row.revision as number,
    claim: claimFrom(row),
    writeOff: row.write_off as number,
    finished: row.finished === 1,
    short: row.short === 1,
    at: row.at as number,
    actor: JSON.parse(row.actor as string) as Actor,
    deadline: row.deadline as number,
  }
}

function logFailure(step: string) {
  return (error: unknown) =>
    console.warn(JSON.stringify({ event: 'stock.failed', step, message: messageOf(error) }))
}
