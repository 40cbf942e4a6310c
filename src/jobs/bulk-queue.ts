import { z } from 'zod'
import type { Bindings } from '../env.ts'
import { continueBulkChange } from '../orders/bulk-continue.ts'
import type { BulkMessage } from '../orders/bulk-enqueue.ts'
import { systemCtx } from './system-ctx.ts'
import { workThrough } from './work-through.ts'

export const BULK_QUEUE_NAME = 'counterfoil-bulk'

const messageSchema = z.object({ bulkChangeId: z.string().min(1) }) satisfies z.ZodType<BulkMessage>

/** Works on the bulk changes of one queue batch. */
export async function consumeBulkChanges(
  batch: MessageBatch<unknown>,
  env: Bindings,
  execution: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const ctx = systemCtx(env, execution, { id: 'bulk', name: 'Bulk change' })
  await workThrough(batch, 'bulk.failed', async (body) => {
    const message = messageSchema.safeParse(body)
    return message.success ? continueBulkChange(ctx, message.data.bulkChangeId) : 'done'
  })
}
