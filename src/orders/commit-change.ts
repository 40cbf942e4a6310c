import { dayOf } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { isCheckConflict, isRefusedByDatabase, isUniqueConflict, messageOf } from '../db/client.ts'
import { enqueueMails } from '../mail/enqueue.ts'
import { err, ok, type Result } from '../result.ts'
import type { Settings } from '../settings/settings-store.ts'
import { type Attempt, claimChanges, discardAll, prepareAll, settleAll } from '../stock/reserve.ts'
import { decideAttempts } from '../stock/stock-store.ts'
import { writeChange } from './change-store.ts'
import type { EventChanges, EventKind } from './history.ts'
import { demand, isFinished, type Order } from './order.ts'
import type { OrderRetailer } from './order-store.ts'
import { tellingOf } from './telling.ts'

/** How often the fate of a batch is asked for whose answer got lost. */
const FATE_TRIES = 3

/** One attempt at a change: from what was read to what the order is to be. */
export interface Proposal {
  /** Made by the client: the same change twice is made once. */
  changeId: string
  /** Of what the client asked for, by `digestOf`. */
  digest: string
  before: Order | null
  after: Omit<Order, 'number' | 'revision' | 'attempt'>
  kind: EventKind
  comment: string
  email: boolean
  /** Who is written to, where not everybody is: what a shop says goes to the notification addresses alone. */
  audience?: 'business'
  allowShortage: boolean
  /** Canceling a shipped order or voiding a delivery: whether the goods are lost. */
  writeOff?: boolean
  /** What a shop says to a change of its request. */
  answer?: EventChanges['answer']
  /** Where the order becomes another retailer's. */
  parties?: EventChanges['retailer']
  settings: Settings
  retailer: OrderRetailer | null
}

/**
 * Carries one attempt through the protocol (ARCHITECTURE §2): prepares the stock, lets one D1 batch decide, and
 * settles after the answer. Fails with `shortage`, with `conflict` when somebody else was first or abandoned this
 * attempt, with `unavailable` when a part did not answer; a success is there for good. The number is null where a
 * new order was committed but the answer that carried its number got lost.
 */
export async function commitChange(ctx: Ctx, proposal: Proposal): Promise<Result<{ number: number | null }>> {
  const { before, settings, writeOff = false } = proposal
  const after = { ...proposal.after, revision: (before?.revision ?? 0) + 1, attempt: ctx.newId() }
  const attempt: Attempt = {
    ...{
      orderId: after.id,
      attempt: after.attempt,
      revision: after.revision,
      basis: before?.attempt ?? null,
    },
    allowShortage: proposal.allowShortage,
    finished: isFinished(after.status),
    // Every object hears that an order is finished, even where it holds what it held: its claim may go one day.
    claims: claimChanges(before ? demand(before) : new Map(), demand(after), {
      writeOff,
      finishes: isFinished(after.status) && after.status !== before?.status,
    }),
  }
  const prepared = await prepareAll(ctx, attempt)
  if (!prepared.ok) return prepared

  const { recipients, changes, statement } = tellingOf(proposal, after, prepared.value.short)
  const mails = recipients.map((recipient) => ({ ...recipient, id: ctx.newId() }))
  const decided = await decide(ctx, after.attempt, () =>
    writeChange(ctx, {
      ...{
        before,
        after,
        changeId: proposal.changeId,
        digest: proposal.digest,
        kind: proposal.kind,
        comment: proposal.comment,
        mails,
        changes,
      },
      statement: mails.length > 0 ? statement : null,
      today: dayOf(ctx.now, settings.timeZone),
    }),
  )
  if (decided === 'lost') return err({ reason: 'unavailable' })
  if (decided === 'conflict' || decided === 'abandoned') {
    ctx.later(discardAll(ctx, attempt))
    return err(
      decided === 'conflict' ? { reason: 'conflict', revision: after.revision } : { reason: 'unavailable' },
    )
  }
  ctx.later(settleAll(ctx, attempt))
  if (mails.length > 0)
    ctx.later(
      enqueueMails(
        ctx,
        mails.map(({ id }) => id),
      ),
    )
  return ok(decided === 'committed' ? { number: before?.number ?? null } : decided)
}

/** Runs the deciding batch. When its answer gets lost, asks what became of it; only then is there no answer. */
async function decide(ctx: Ctx, attempt: string, write: () => Promise<{ number: number }>) {
  try {
    return await write()
  } catch (error) {
    if (isUniqueConflict(error) || isCheckConflict(error)) return 'conflict'
    if (isRefusedByDatabase(error)) throw error
    console.warn(JSON.stringify({ event: 'order.outcome_unknown', message: messageOf(error) }))
  }
  for (let tries = 0; tries < FATE_TRIES; tries++) {
    try {
      const fate = (await decideAttempts(ctx.db, [attempt], ctx.now)).get(attempt)
      return fate === 'commit' ? 'committed' : 'abandoned'
    } catch (error) {
      console.warn(JSON.stringify({ event: 'order.fate_unknown', message: messageOf(error) }))
    }
  }
  return 'lost'
}
