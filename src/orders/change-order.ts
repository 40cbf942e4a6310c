import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import { idSchema } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { commitChange, type Proposal } from './commit-change.ts'
import type { Order } from './order.ts'
import { type OrderBasis, readBasis } from './order-store.ts'

/** The fields of `ChangeKey`, for the schema of every change. */
export const changeKeySchema = {
  number: z.int('This order does not exist.'),
  /** Made by the client: the same change twice is made once. */
  changeId: idSchema,
  /** The revision that the form showed. */
  revision: z.int('The form is not whole. Reload the page and fill it in again.'),
}

/** How often a change starts over when its attempt was abandoned although nobody changed the order. */
const TRIES = 3

/** What identifies one change: the order, the id its client gave it, and the revision its maker had seen. */
export interface ChangeKey {
  number: number
  changeId: string
  revision: number
}

export type ProposedChange = Pick<
  Proposal,
  'after' | 'kind' | 'comment' | 'email' | 'allowShortage' | 'writeOff'
>

/**
 * Changes an order: reads it from the primary, asks `propose` what it is to become, and commits that. The same
 * change id again answers with what it did. Fails with `not_found`, with `conflict` (and the newest revision) when
 * the order has moved on since `key.revision`, with `unavailable`, and with whatever `propose` or the stock refuses.
 */
export async function changeOrder(
  ctx: Ctx,
  key: ChangeKey,
  productIds: string[],
  propose: (order: Order, basis: OrderBasis) => Result<ProposedChange>,
): Promise<Result<{ revision: number }>> {
  for (let tries = 1; ; tries++) {
    const basis = await ifAnswered(readBasis(ctx, key.number, key.changeId, productIds))
    if (!basis) return err({ reason: 'unavailable' })
    const { order, settings, retailer } = basis
    if (!order) return err({ reason: 'not_found', what: 'order' })
    if (basis.alreadyDone !== null) return ok({ revision: basis.alreadyDone })
    if (order.revision !== key.revision) return err({ reason: 'conflict', revision: order.revision })
    const proposed = propose(order, basis)
    if (!proposed.ok) return proposed
    const committed = await commitChange(ctx, {
      ...{ ...proposed.value, changeId: key.changeId, before: order, settings, retailer },
    })
    if (committed.ok) return ok({ revision: order.revision + 1 })
    if (committed.failure.reason !== 'conflict' || tries === TRIES) return committed
  }
}
