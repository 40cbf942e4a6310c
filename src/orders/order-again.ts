import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { openPortal } from '../retailers/open-portal.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { type Cart, wholeCases } from './cart.ts'
import { againLinesQuery } from './own-order-store.ts'

/**
 * What a retailer once ordered as a cart: the products that are still offered, in whole cases. Fails as `openPortal`
 * does, and with `not_found` where the order is not this retailer's.
 */
export async function orderAgain(ctx: Ctx, link: SignedLink, number: number): Promise<Result<Cart>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const opened = await openPortal(ctx, link, [againLinesQuery(ctx.db, link.id, number)])
  if (!opened.ok) return opened
  const [lines] = opened.value.results
  if (lines.length === 0) return err({ reason: 'not_found', what: 'order' })
  const cart = new Map<number, number>()
  for (const { product, quantity } of lines) {
    if (product.number !== null && product.caseSize !== null) {
      cart.set(product.number, wholeCases(quantity, product.caseSize))
    }
  }
  return ok(cart)
}
