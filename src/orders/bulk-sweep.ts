import type { Ctx } from '../context.ts'
import { enqueueBulkChange } from './bulk-enqueue.ts'
import { deleteBulkChangesBefore, forsakenBulkChanges } from './bulk-store.ts'

/** What the queue itself takes to bring a message. */
const GRACE_MILLISECONDS = 60_000
const BULK_CHANGES_PER_SWEEP = 20
/** What a bulk change did stands in the history of each order; its own list of results is kept this long. */
const KEPT_MILLISECONDS = 30 * 86_400_000
/** Each may have the results of 10,000 orders. */
const DELETED_PER_SWEEP = 1

/** Puts bulk changes on the queue again that nobody works on, and lets go of results from long ago. */
export async function sweepBulkChanges(ctx: Ctx): Promise<void> {
  for (const id of await forsakenBulkChanges(ctx, ctx.now - GRACE_MILLISECONDS, BULK_CHANGES_PER_SWEEP)) {
    await enqueueBulkChange(ctx, id)
  }
  await deleteBulkChangesBefore(ctx, ctx.now - KEPT_MILLISECONDS, DELETED_PER_SWEEP)
}
