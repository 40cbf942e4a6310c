import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { enqueueMails } from './enqueue.ts'
import { insertAgain } from './outbox-store.ts'

/**
 * Sends a message once more that failed or whose fate is unknown, because somebody chose to (DOMAIN.md §7): as a new
 * message that refers to it. Asking twice sends once, and answers with the same new id. Fails with `not_found`, and
 * with `final` where the message is on its way or went out.
 */
export async function sendAgain(ctx: Ctx, mailId: string): Promise<Result<{ id: string }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const { again, status } = await insertAgain(ctx, mailId, null)
  if (status === null) return err({ reason: 'not_found', what: 'e-mail' })
  if (!again) {
    const why = 'Only an e-mail that failed or whose fate is unknown can be sent again.'
    return err({ reason: 'final', why })
  }
  ctx.later(enqueueMails(ctx, [again.id]))
  return ok(again)
}
