import { z } from 'zod'
import type { Bindings } from '../env.ts'
import { continueImport } from '../imports/continue-import.ts'
import type { ImportMessage } from '../imports/enqueue.ts'
import { systemCtx } from './system-ctx.ts'
import { workThrough } from './work-through.ts'

export const IMPORT_QUEUE_NAME = 'counterfoil-imports'

const messageSchema = z.object({ importId: z.string().min(1) }) satisfies z.ZodType<ImportMessage>

/** Works on the imports of one queue batch. */
export async function consumeImports(
  batch: MessageBatch<unknown>,
  env: Bindings,
  execution: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const ctx = systemCtx(env, execution, { id: 'imports', name: 'Import' })
  await workThrough(batch, 'import.failed', async (body) => {
    const message = messageSchema.safeParse(body)
    return message.success ? continueImport(ctx, message.data.importId) : 'done'
  })
}
