import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse, textBlock } from '../parse.ts'
import { invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { changeKeySchema, changeOrder } from './change-order.ts'

export const voidDeliverySchema = z.object({
  ...changeKeySchema,
  reason: textBlock(500).min(1, 'Say why: it stands in the history for good.'),
  goods: z.enum(['came_back', 'written_off'], 'Did the goods come back? Choose one.'),
})
export type VoidDeliveryInput = z.input<typeof voidDeliverySchema>

/**
 * Voids the transaction of a delivered order (DOMAIN.md §3): the order stays Delivered, the reversal is dated today,
 * and the goods return to on hand or are written off. Fails as `changeOrder` does, and with `invalid` when the order
 * is not delivered or voided already.
 */
export async function voidDelivery(
  ctx: Ctx,
  input: VoidDeliveryInput,
): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(voidDeliverySchema, input)
  if (!parsed.ok) return parsed
  const { reason, goods } = parsed.value
  return changeOrder(ctx, parsed.value, [], (order) => {
    if (order.status !== 'delivered') return invalid('reason', 'Only a delivered order can be voided.')
    if (order.voided) return invalid('reason', 'This order is voided already.')
    return ok({
      ...{ after: { ...order, voided: true }, kind: 'voided', comment: reason, email: false },
      ...{ allowShortage: false, writeOff: goods === 'written_off' },
    })
  })
}
