import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writeDismissal } from './asked-mail-store.ts'

const schema = z.object({
  mailId: z.string(),
  dismissed: z.boolean('Choose whether something is still to be done.'),
})

/**
 * Notes that nothing is to be done about a message that did not arrive, or may not have; or that something is, after
 * all. Fails with `not_found`, and with `final` where there is nothing to decide.
 */
export async function dismissMail(ctx: Ctx, input: z.input<typeof schema>): Promise<Result<void>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(schema, input)
  if (!parsed.ok) return parsed
  const { mailId, dismissed } = parsed.value
  const now = await writeDismissal(ctx, mailId, dismissed)
  if (!now) return err({ reason: 'not_found', what: 'e-mail' })
  if (now.decided !== dismissed)
    return err({ reason: 'final', why: 'There is nothing to decide about this e-mail.' })
  return ok(undefined)
}
