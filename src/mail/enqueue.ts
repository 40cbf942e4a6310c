import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'

/** What travels on the mail queue: the row decides everything else. */
export interface MailMessage {
  mailId: string
}

/** The platform's limit for one call. */
const MESSAGES_PER_BATCH = 100

/** Puts outbox rows on the queue. A failure loses nothing: the sweep finds rows that nobody took. */
export async function enqueueMails(ctx: Ctx, mailIds: string[]): Promise<void> {
  try {
    for (let start = 0; start < mailIds.length; start += MESSAGES_PER_BATCH) {
      const messages = mailIds.slice(start, start + MESSAGES_PER_BATCH)
      await ctx.env.MAIL_QUEUE.sendBatch(
        messages.map((mailId) => ({ body: { mailId } satisfies MailMessage })),
      )
    }
  } catch (error) {
    console.warn(
      JSON.stringify({ event: 'mail.not_enqueued', mails: mailIds.length, message: messageOf(error) }),
    )
  }
}
