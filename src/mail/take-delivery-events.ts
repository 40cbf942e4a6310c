import type { Ctx } from '../context.ts'
import { isRefusedByDatabase, isUniqueConflict, messageOf } from '../db/client.ts'
import { countRefusal, recordEvents } from './delivery-event-store.ts'
import { eventsFrom, type SignedCall, verifyCall } from './mailchannels-events.ts'

/** What became of a call that brings delivery events. Everything but `taken` and `unavailable` is counted. */
export type CallOutcome = 'taken' | 'forged' | 'old' | 'replayed' | 'unreadable' | 'unavailable'

/**
 * Takes what the provider tells of messages: the signature is the permission. Events of messages that nobody here
 * knows are kept; those that came before change nothing. After `unavailable` the same call may be sent again.
 */
export async function takeDeliveryEvents(ctx: Ctx, call: SignedCall): Promise<CallOutcome> {
  const verified = await verifyCall(ctx.env, call, ctx.now)
  if (verified === 'unavailable') return verified
  if (typeof verified === 'string') return refused(ctx, verified)
  const events = eventsFrom(call.payload)
  if (!events) return refused(ctx, 'unreadable')
  try {
    await recordEvents(ctx, verified, events)
    return 'taken'
  } catch (error) {
    if (isUniqueConflict(error)) return refused(ctx, 'replayed')
    if (isRefusedByDatabase(error)) throw error
    console.warn(JSON.stringify({ event: 'mail.events_not_recorded', message: messageOf(error) }))
    return 'unavailable'
  }
}

async function refused(ctx: Ctx, reason: Exclude<CallOutcome, 'taken' | 'unavailable'>) {
  console.warn(JSON.stringify({ event: 'mail.events_refused', reason }))
  ctx.later(countRefusal(ctx, reason))
  return reason
}
