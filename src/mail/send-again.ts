import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { emailOrNothing, parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { insertAgain } from './asked-mail-store.ts'
import { enqueueMails } from './enqueue.ts'

const schema = z.object({
  mailId: z.string(),
  /** A corrected address; without it, the message goes to the same one. */
  recipient: emailOrNothing().min(1, 'Enter an address like jo@shop.com.').optional(),
})

/**
 * Sends a message once more that failed or bounced, or whose fate is unknown, because somebody chose to (DOMAIN.md
 * §7): as a new message that refers to it. Asking twice sends once, and answers with the same new id. Fails with
 * `not_found`, and with `final` where the message is on its way or went out, or was sent again to somebody else.
 */
export async function sendAgain(ctx: Ctx, input: z.input<typeof schema>): Promise<Result<{ id: string }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(schema, input)
  if (!parsed.ok) return parsed
  const { mailId, recipient } = parsed.value
  const { again, old } = await insertAgain(ctx, mailId, recipient ?? null)
  if (!old) return err({ reason: 'not_found', what: 'e-mail' })
  if (!again) {
    const why = 'Only an e-mail that failed or bounced, or whose fate is unknown, can be sent again.'
    return err({ reason: 'final', why })
  }
  if ((recipient ?? old.recipient).toLowerCase() !== again.recipient.toLowerCase()) {
    return err({ reason: 'final', why: `It was sent again already, to ${again.recipient}.` })
  }
  ctx.later(enqueueMails(ctx, [again.id]))
  return ok({ id: again.id })
}
