import type { Ctx } from '../context.ts'
import { Db, messageOf } from '../db/client.ts'
import { ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { type Difference, differencesOf, follow, type Replay, START } from './audit-rules.ts'
import {
  type AuditRow,
  type DueAudit,
  readDemand,
  readDueAudits,
  readLedger,
  writeAudits,
} from './audit-store.ts'
import { stockOf } from './reserve.ts'

/** Bounds one run: with a few calls for each product it stays far below the 1,000 that a Worker may make. */
export const PRODUCTS_PER_AUDIT = 50
/** As many connections as a Worker may hold open. */
const PRODUCTS_AT_ONCE = 6
/** Bounds one read of a ledger; what is left follows in the next. */
const ENTRIES_PER_READ = 1_000

const DAY_MILLISECONDS = 86_400_000
/** When the night begins, 03:17 UTC: after every business day, and off the full hour. */
const NIGHT_MILLISECONDS = (3 * 60 + 17) * 60_000

/** The moment from which this night counts: the latest 03:17 UTC that is not after `now`, epoch milliseconds. */
export function auditNight(now: number): number {
  return Math.floor((now - NIGHT_MILLISECONDS) / DAY_MILLISECONDS) * DAY_MILLISECONDS + NIGHT_MILLISECONDS
}

/** What one run of the audit came to, in products. */
export interface AuditRun {
  audited: number
  different: number
  /** Not audited, because a part did not answer; they come again in the next run. */
  unreachable: number
  /** Whether more products are due. */
  left: boolean
}

/**
 * Audits the products whose last audit was before `before` (epoch milliseconds), the oldest first, and writes down
 * what each came to: replays the ledger and compares it with the balance, with what lists show, and the claims with
 * the demand of the orders (ARCHITECTURE §2). A ledger that agreed the last time is followed from where it stood then,
 * unless `fromStart`: only that finds an old entry that was tampered with since. Bounded, and resumable since the rows
 * written say what is done. Never changes stock. Fails only with `forbidden`.
 */
export async function auditStock(
  ctx: Ctx,
  { before, fromStart }: { before: number; fromStart: boolean },
): Promise<Result<AuditRun>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  const due = await readDueAudits(ctx.db, before, PRODUCTS_PER_AUDIT + 1)
  const taken = due.slice(0, PRODUCTS_PER_AUDIT)
  const audits: AuditRow[] = []
  const queue = taken.values()
  const work = async () => {
    for (const last of queue) {
      const { productId } = last
      try {
        audits.push(await auditProduct(ctx, productId, fromStart ? START : startOf(last)))
      } catch (error) {
        console.warn(JSON.stringify({ event: 'audit.failed', productId, message: messageOf(error) }))
      }
    }
  }
  await Promise.all(Array.from({ length: PRODUCTS_AT_ONCE }, work))
  if (audits.length > 0) await writeAudits(ctx.db, audits, ctx.now)
  return ok({
    audited: audits.length,
    different: audits.filter(({ differences }) => differences.length > 0).length,
    unreachable: taken.length - audits.length,
    left: due.length > taken.length,
  })
}

/** Where a ledger stood when it last agreed. */
function startOf({ sequence, onHand, reserved, wasSound }: DueAudit): Replay {
  return wasSound ? { sequence, onHand, reserved, brokenAt: null } : START
}

/**
 * Looks twice where the first look finds a difference, and keeps what both find: a change that was under way at the
 * first look has by then another revision, or is where it belongs.
 */
async function auditProduct(ctx: Ctx, productId: string, start: Replay): Promise<AuditRow> {
  const first = await look(ctx, productId, start)
  if (first.differences.length === 0) return { ...first, differences: [] }
  const second = await look(ctx, productId, start)
  const found = new Set(first.differences.map(({ key }) => key))
  const differences = second.differences.filter(({ key }) => found.has(key)).map(({ words }) => words)
  if (differences.length > 0) {
    console.error(JSON.stringify({ event: 'audit.differs', productId, differences: differences.length }))
  }
  return { ...second, differences }
}

/** The object first: whatever it tells was decided in D1 before, so that the reads that follow must know of it. */
async function look(ctx: Ctx, productId: string, start: Replay) {
  const object = await stockOf(ctx, productId).projectedSnapshot(productId)
  // A session of its own, since a later read of an older one may be answered by a replica that is behind.
  const db = new Db(ctx.env.DB, 'first-primary')
  const held = [...object.claims, ...object.prepared].map(({ orderId }) => orderId)
  const { projection, orders } = await readDemand(db, productId, held)
  let ledger = start
  for (let isWhole = false; !isWhole; ) {
    const range = { after: ledger.sequence, last: object.sequence, limit: ENTRIES_PER_READ }
    const entries = await readLedger(db, productId, range)
    ledger = follow(ledger, entries)
    isWhole = entries.length < ENTRIES_PER_READ
  }
  const { sequence, onHand, reserved } = object
  const differences: Difference[] = differencesOf({
    ...{ productId, object, ledger, projection, orders, now: ctx.now },
  })
  return { productId, sequence, onHand, reserved, differences }
}
