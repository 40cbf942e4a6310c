import type { Ctx } from '../context.ts'
import { enqueueBulkChange } from './bulk-enqueue.ts'
import { forsakenBulkChanges } from './bulk-store.ts'

/** What the queue itself takes to bring a message. */
const GRACE_MILLISECONDS = 60_000
const BULK_CHANGES_PER_SWEEP = 20

/** Puts bulk changes on the queue again that nobody works on, so that none waits for a message that got lost. */
export async function sweepBulkChanges(ctx: Ctx): Promise<void> {
  for (const id of await forsakenBulkChanges(ctx, ctx.now - GRACE_MILLISECONDS, BULK_CHANGES_PER_SWEEP)) {
    await enqueueBulkChange(ctx, id)
  }
}
