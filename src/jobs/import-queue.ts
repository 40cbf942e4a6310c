import { z } from 'zod'
import { messageOf } from '../db/client.ts'
import type { Bindings } from '../env.ts'
import { continueImport } from '../imports/continue-import.ts'
import type { ImportMessage } from '../imports/enqueue.ts'
import { systemCtx } from './system-ctx.ts'

export const IMPORT_QUEUE_NAME = 'counterfoil-imports'

/** Until a part that did not answer may be back, or whoever else is at the import has finished. */
const RETRY_DELAY_SECONDS = 10

const messageSchema = z.object({ importId: z.string().min(1) }) satisfies z.ZodType<ImportMessage>

/**
 * Works on the imports of one queue batch. A message that is dropped after too many tries loses nothing: the sweep
 * finds imports that nobody works on.
 */
export async function consumeImports(
  batch: MessageBatch<unknown>,
  env: Bindings,
  execution: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const ctx = systemCtx(env, execution, { id: 'imports', name: 'Import' })
  for (const message of batch.messages) {
    const parsed = messageSchema.safeParse(message.body)
    try {
      if (parsed.success && (await continueImport(ctx, parsed.data.importId)) === 'busy') {
        message.retry({ delaySeconds: RETRY_DELAY_SECONDS })
      } else message.ack()
    } catch (error) {
      console.error(JSON.stringify({ event: 'import.failed', message: messageOf(error) }))
      message.retry({ delaySeconds: RETRY_DELAY_SECONDS })
    }
  }
}
