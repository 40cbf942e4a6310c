import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'

/** What travels on the queue of bulk changes: the row decides everything else. */
export interface BulkMessage {
  bulkChangeId: string
}

/** Has a bulk change worked on. A failure loses nothing: the sweep finds those that nobody works on. */
export async function enqueueBulkChange(ctx: Ctx, bulkChangeId: string): Promise<void> {
  try {
    await ctx.env.BULK_QUEUE.send({ bulkChangeId } satisfies BulkMessage)
  } catch (error) {
    console.warn(
      JSON.stringify({ event: 'bulk.not_enqueued', bulkChange: bulkChangeId, message: messageOf(error) }),
    )
  }
}
