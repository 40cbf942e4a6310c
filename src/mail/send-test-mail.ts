import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { emailOrNothing, idSchema, parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { settingsQuery } from '../settings/settings-store.ts'
import { refuse } from '../staff/permissions.ts'
import { senderOf } from './brand.ts'
import { keepMessages } from './kept-message.ts'
import { type MailPort, mailPort, type Outcome } from './mail-port.ts'
import { testMessage } from './test-message.ts'

export const sendTestMailSchema = z.object({
  /** Made by the client: asking twice sends once. */
  id: idSchema,
  to: emailOrNothing().refine((address) => address !== '', 'Enter an address like jo@shop.com.'),
})
export type SendTestMailInput = z.input<typeof sendTestMailSchema>

/** What became of a test message: the provider's answer, or that this very one was asked for before. */
export type TestOutcome = Outcome | { kind: 'sent_before' }

/** As the binding counts them. */
const LIMIT_SECONDS = 60

/**
 * Sends a test message at once, and answers what the provider said; it is not tried again. Fails with `invalid`, and
 * with `rate_limited` after five within a minute.
 */
export async function sendTestMail(
  ctx: Ctx,
  input: SendTestMailInput,
  port: MailPort = mailPort(ctx.env),
): Promise<Result<{ to: string; outcome: TestOutcome }>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const parsed = parse(sendTestMailSchema, input)
  if (!parsed.ok) return parsed
  const { id, to } = parsed.value
  const { success } = await ctx.env.TEST_MAIL_LIMIT.limit({ key: 'all' })
  if (!success) return err({ reason: 'rate_limited', retryAfterSeconds: LIMIT_SECONDS })
  const [[settings], unreachable] = await Promise.all([
    ctx.db.batch([settingsQuery(ctx.db)]).then(([rows]) => rows),
    port.unreachable(),
  ])
  if (unreachable) return ok({ to, outcome: { kind: 'retry', reason: unreachable } })
  const message = { ...testMessage(senderOf(ctx.env, settings!, port.from)), to }
  if (!(await keepMessages(ctx, id, { [id]: message }))) return ok({ to, outcome: { kind: 'sent_before' } })
  return ok({ to, outcome: await port.send(message, id) })
}
