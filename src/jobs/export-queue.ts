import { z } from 'zod'
import type { Bindings } from '../env.ts'
import { continueExport } from '../exports/continue-export.ts'
import type { ExportMessage } from '../exports/enqueue.ts'
import { systemCtx } from './system-ctx.ts'
import { workThrough } from './work-through.ts'

export const EXPORT_QUEUE_NAME = 'counterfoil-exports'

const messageSchema = z.object({ exportId: z.string().min(1) }) satisfies z.ZodType<ExportMessage>

/** Works on the exports of one queue batch. */
export async function consumeExports(
  batch: MessageBatch<unknown>,
  env: Bindings,
  execution: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const ctx = systemCtx(env, execution, { id: 'exports', name: 'Export' })
  await workThrough(batch, 'export.failed', async (body) => {
    const message = messageSchema.safeParse(body)
    return message.success ? continueExport(ctx, message.data.exportId) : 'done'
  })
}
