import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import { idSchema } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { commitChange, type Proposal } from './commit-change.ts'
import type { Order } from './order.ts'
import { type OrderBasis, readBasis } from './order-store.ts'
import { digestOf } from './request-digest.ts'

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
  'after' | 'kind' | 'comment' | 'email' | 'audience' | 'allowShortage' | 'writeOff' | 'answer' | 'parties'
>

/** Everything that a change asks for. What only confirms it is no part of that: it may be given in a second try. */
type ChangeRequest = ChangeKey & { confirmed?: boolean; allowShortage?: boolean }

/**
 * Changes an order: reads it from the primary, asks `propose` what it is to become, and commits that. The same
 * change id with the same request again answers with what it did, with another request it fails with `sent_before`.
 * Fails with `not_found`, with `conflict` (and the newest revision) when the order has moved on since
 * `request.revision`, with `unavailable`, and with whatever `propose` or the stock refuses.
 */
export async function changeOrder(
  ctx: Ctx,
  request: ChangeRequest,
  productIds: string[],
  propose: (order: Order, basis: OrderBasis) => Result<ProposedChange>,
): Promise<Result<{ revision: number }>> {
  const { number, changeId, revision, confirmed: _, allowShortage: __, ...asked } = request
  const digest = await digestOf(asked)
  for (let tries = 1; ; tries++) {
    const basis = await ifAnswered(readBasis(ctx, number, changeId, productIds))
    if (!basis) return err({ reason: 'unavailable' })
    const { order, settings, retailer, alreadyDone } = basis
    if (!order) return err({ reason: 'not_found', what: 'order' })
    if (alreadyDone) {
      return (alreadyDone.digest ?? digest) === digest
        ? ok({ revision: alreadyDone.revision })
        : err({ reason: 'sent_before', order: number })
    }
    if (order.revision !== revision) return err({ reason: 'conflict', revision: order.revision })
    const proposed = propose(order, basis)
    if (!proposed.ok) return proposed
    const committed = await commitChange(ctx, {
      ...{ ...proposed.value, changeId, digest, before: order, settings, retailer },
    })
    if (committed.ok) return ok({ revision: order.revision + 1 })
    if (committed.failure.reason !== 'conflict' || tries === TRIES) return committed
  }
}
