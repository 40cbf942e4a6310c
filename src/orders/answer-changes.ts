import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse, textBlock } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { changeKeySchema, changeOrder } from './change-order.ts'
import { readOwnOrder } from './read-own-order.ts'

/** As long as the note of a request. */
const MAX_ANSWER_CHARACTERS = 2_000

export const answerChangesSchema = z.object({
  ...changeKeySchema,
  answer: z.enum(['accepted', 'replied'], 'Choose what to answer.'),
  comment: textBlock(MAX_ANSWER_CHARACTERS),
})
export type AnswerChangesInput = z.input<typeof answerChangesSchema>

/**
 * A retailer accepts what staff changed of its request, or says what it thinks of it. It lands in the history, and the
 * notification addresses are written to; the order stays as it is. Fails as `readOwnOrder` and `changeOrder` do, and
 * with `invalid` where nothing waits for an answer.
 */
export async function answerChanges(
  ctx: Ctx,
  link: SignedLink,
  input: AnswerChangesInput,
): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const parsed = parse(answerChangesSchema, input)
  if (!parsed.ok) return parsed
  const { number, revision, answer, comment } = parsed.value
  if (answer === 'replied' && comment === '')
    return invalid('comment', 'Write what you would like to change.')
  const own = await readOwnOrder(ctx, link, number)
  if (!own.ok) return own
  const { portal, order, toAnswer } = own.value
  const actor = { kind: 'retailer', id: link.id, name: portal.retailer!.name } as const
  return changeOrder({ ...ctx, actor }, parsed.value, [], (current) => {
    // What was read before belongs to one revision, and a change id of before never comes here.
    if (order.revision !== revision) return err({ reason: 'conflict', revision: order.revision })
    if (!toAnswer) return invalid('', 'Nothing waits for your answer any more.')
    return ok({
      ...{ after: current, kind: 'answered', answer, comment },
      ...{ email: true, audience: 'business', allowShortage: false },
    })
  })
}
