import { z } from 'zod'
import { messageOf } from '../db/client.ts'
import type { Bindings } from '../env.ts'
import { deliverMails } from '../mail/deliver-mails.ts'
import type { MailMessage } from '../mail/enqueue.ts'
import { systemCtx } from './system-ctx.ts'

export const MAIL_QUEUE_NAME = 'counterfoil-mail'

/** Until D1 may be back. A message that comes too often is dropped, which loses nothing: the sweep finds its row. */
const RETRY_DELAY_SECONDS = 30

const messageSchema = z.object({ mailId: z.string().min(1) }) satisfies z.ZodType<MailMessage>

/**
 * Delivers the e-mails of one queue batch. Their rows decide what becomes of each, so every message is acknowledged
 * once they say it; only when the database does not answer does the queue bring the batch again.
 */
export async function consumeMail(
  batch: MessageBatch<unknown>,
  env: Bindings,
  execution: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const ctx = systemCtx(env, execution, { id: 'mail', name: 'Mail' })
  const mailIds = batch.messages.flatMap(({ body }) => messageSchema.safeParse(body).data?.mailId ?? [])
  if (mailIds.length < batch.messages.length) {
    console.error(
      JSON.stringify({ event: 'mail.unreadable_message', count: batch.messages.length - mailIds.length }),
    )
  }
  try {
    if (mailIds.length > 0) await deliverMails(ctx, mailIds)
    batch.ackAll()
  } catch (error) {
    console.error(JSON.stringify({ event: 'mail.batch_failed', message: messageOf(error) }))
    batch.retryAll({ delaySeconds: RETRY_DELAY_SECONDS })
  }
}
