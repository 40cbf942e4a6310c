import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { idSchema, parse } from '../parse.ts'
import { ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { changeOrder } from './change-order.ts'

export const replaceOrderLinkSchema = z.object({
  number: z.int(),
  changeId: idSchema,
  revision: z.int('Reload the page and try again.'),
})
export type ReplaceOrderLinkInput = z.input<typeof replaceOrderLinkSchema>

/**
 * Withdraws every link to an order's statement and makes a new one possible. It stands in the history and cannot be
 * undone, so that a withdrawn link stays withdrawn. Fails as `changeOrder` does.
 */
export async function replaceOrderLink(
  ctx: Ctx,
  input: ReplaceOrderLinkInput,
): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(replaceOrderLinkSchema, input)
  if (!parsed.ok) return parsed
  return changeOrder(ctx, parsed.value, [], (order) =>
    ok({
      after: { ...order, linkVersion: order.linkVersion + 1 },
      ...{ kind: 'link', comment: '', email: false, allowShortage: false },
    }),
  )
}
