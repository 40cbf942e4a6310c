import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import { giveWay } from '../give-way.ts'
import type { Failure } from '../result.ts'
import { isAsAsked, type OrderOutcome, type Outcome, updateFor } from './bulk-change.ts'
import { enqueueBulkChange } from './bulk-enqueue.ts'
import {
  type BulkChange,
  claimBulkChange,
  noteAndRead,
  type PendingOrder,
  readPending,
  readRemaining,
  refuseRemaining,
  releaseBulkChange,
} from './bulk-step-store.ts'
import { productsQuery } from './order-store.ts'
import { updateOrder } from './update-order.ts'

/** Longer than the work of one message takes. */
const LEASE_SECONDS = 120
/** A message may make 1,000 calls, and an order of 200 lines takes some 400. */
const CALLS_PER_MESSAGE = 500
/** As many outcomes are noted together: the bar moves in such steps. */
const ORDERS_PER_STEP = 5
/** How often an order is tried that somebody else changes at the same time. */
const TRIES = 2
/** Tries without an outcome, over all deliveries, until the orders that are left are given up. */
const MAX_ATTEMPTS = 10

/**
 * Works on a bulk change for one message: changes some of its orders, the oldest first, and puts it on the queue
 * again if there are more. `busy` means that somebody else is at it, or that orders are left of which a part did not
 * answer: try again later. Throws when the database does not answer; the same message again goes on where this one
 * stopped, since the change of an order has the same id in every try.
 */
export async function continueBulkChange(ctx: Ctx, id: string): Promise<'more' | 'done' | 'busy'> {
  const change = await claimBulkChange(ctx, id, ctx.now + LEASE_SECONDS * 1000)
  if (!change) return (await readRemaining(ctx, id)) > 0 ? 'busy' : 'done'
  if (change.attempts > MAX_ATTEMPTS) {
    await refuseRemaining(ctx, change, { failure: { reason: 'unavailable' }, productNames: {} })
    return 'done'
  }
  let isThrough = false
  let remaining = change.remaining
  try {
    isThrough = await changeOrders(ctx, change)
  } finally {
    remaining = await releaseBulkChange(ctx, id)
  }
  if (remaining === 0) return 'done'
  if (isThrough) return 'busy'
  await enqueueBulkChange(ctx, id)
  return 'more'
}

/** Changes one order after the other; true when there are no more after the last one. */
async function changeOrders(ctx: Ctx, change: BulkChange): Promise<boolean> {
  // Whoever asked is the one who does it.
  const asker = { ...ctx, actor: change.createdBy }
  let outcomes: OrderOutcome[] = []
  let last = 0
  while (true) {
    const pending = await noteAndRead(ctx, change, outcomes, last, ORDERS_PER_STEP)
    if (pending.length === 0) return true
    outcomes = []
    for (const order of pending) {
      if (callsOf(ctx) > CALLS_PER_MESSAGE) {
        await noteAndRead(ctx, change, outcomes, last, 0)
        return false
      }
      const outcome = await changeOne(asker, change, order)
      if (outcome) outcomes.push(outcome)
      last = order.number
      await giveWay()
    }
  }
}

/** What this message has cost so far. Each call that prepares stock is followed by one that settles it. */
function callsOf({ db }: Ctx): number {
  return db.meter.roundTrips + 2 * db.meter.objectCalls
}

/** What came of an order; null where a part did not answer, so that it has to be tried again. */
async function changeOne(asker: Ctx, change: BulkChange, read: PendingOrder): Promise<OrderOutcome | null> {
  const outcomeOf = (outcome: Outcome, refusal: OrderOutcome['refusal'] = null) => ({
    ...{ number: read.number, outcome, refusal },
  })
  try {
    let order: PendingOrder | null = read
    for (let tries = 1; order; tries++) {
      if (order.isChanged) return outcomeOf('changed')
      if (isAsAsked(change, order)) return outcomeOf('unchanged')
      const updated = await updateOrder(asker, updateFor(change, order))
      // The id stands for this bulk change alone: sent before, it has changed the order, whatever that is by now.
      if (updated.ok || updated.failure.reason === 'sent_before') return outcomeOf('changed')
      const { failure } = updated
      if (failure.reason === 'unavailable') return null
      if (failure.reason !== 'conflict' || tries === TRIES) {
        return outcomeOf('refused', { failure, productNames: await namesOfShort(asker, failure) })
      }
      order = await readPending(asker, change, read.number)
    }
  } catch (error) {
    // A fault at one order must not keep the others from being changed.
    console.error(
      JSON.stringify({ event: 'bulk.order_failed', order: read.number, message: messageOf(error) }),
    )
  }
  return null
}

async function namesOfShort(ctx: Ctx, failure: Failure): Promise<Record<string, string>> {
  if (failure.reason !== 'shortage') return {}
  const ids = failure.shortages.map(({ productId }) => productId)
  const [products] = await ctx.db.batch([productsQuery(ctx.db, ids)])
  return Object.fromEntries(products.map(({ id, name }) => [id, name]))
}
