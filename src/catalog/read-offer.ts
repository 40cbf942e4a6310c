import type { Ctx } from '../context.ts'
import { unitPriceFor } from '../orders/totals.ts'
import { err, ok, type Result } from '../result.ts'
import { openPortal, type Portal } from '../retailers/open-portal.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { offerQuery } from './catalogue-store.ts'
import type { OfferedProduct } from './read-catalogue.ts'

/**
 * One product with its whole description, as one shop sees it. Fails as `openPortal` does, and with `not_found` alike
 * for what is not offered and for what there is not.
 */
export async function readOffer(
  ctx: Ctx,
  link: SignedLink,
  number: number,
): Promise<Result<{ portal: Portal; product: OfferedProduct }>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const opened = await openPortal(ctx, link, [offerQuery(ctx.db, number)])
  if (!opened.ok) return opened
  const { portal, results } = opened.value
  const [product] = results[0]
  if (!product) return err({ reason: 'not_found', what: 'product' })
  return ok({ portal, product: { ...product, unitPrice: unitPriceFor(product, portal) } })
}
