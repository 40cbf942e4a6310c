import { dayOf } from '../calendar.ts'
import { chosenProductsQuery } from '../catalog/catalogue-store.ts'
import { type CartLine, cartLines } from '../catalog/read-catalogue.ts'
import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { openPortal, type Portal } from '../retailers/open-portal.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { type Cart, missingToMinimum } from './cart.ts'
import type { OrderRequest } from './order.ts'
import { lastRequestQuery } from './own-order-store.ts'
import { type Totals, totalsOf } from './totals.ts'

/** What a shop looks at before it sends its request. */
export interface Review {
  portal: Portal
  lines: CartLine[]
  /** How many chosen products are not offered any more. */
  gone: number
  totals: Totals
  /** What is still missing to the least that is taken, in minor units. */
  missing: number
  /** What the contact fields start with: the last request's words, or the retailer's own record. */
  contact: OrderRequest
  /** The business's own day, 'YYYY-MM-DD'. */
  today: string
}

export const NO_CHARGES = { discount: 0, shipping: 0, otherCharges: 0, tax: 0 } as const

/** Prices a cart at the shop's terms of today, in one round trip. Fails as `openPortal` does. */
export async function readReview(ctx: Ctx, link: SignedLink, cart: Cart): Promise<Result<Review>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const { db } = ctx
  const opened = await openPortal(ctx, link, [
    chosenProductsQuery(db, [...cart.keys()]),
    lastRequestQuery(db, link.id),
  ])
  if (!opened.ok) return opened
  const { portal, results } = opened.value
  const [chosen, requests] = results
  const lines = cartLines(cart, chosen, portal)
  const priced = lines.map(({ product, quantity }) => {
    return { quantity, unitRetail: product.retailPrice, unitPrice: product.unitPrice }
  })
  const totals = totalsOf(portal.type, priced, NO_CHARGES)
  return ok({
    ...{ portal, lines, totals, gone: cart.size - lines.length },
    missing: missingToMinimum(totals.netTotal, portal.minimumOrder),
    contact: contactFor(portal, requests[0] ?? null),
    today: dayOf(ctx.now, portal.settings.timeZone),
  })
}

function contactFor({ retailer }: Portal, last: OrderRequest | null): OrderRequest {
  const asked = { wantedDate: '', note: '' }
  if (last) return { ...last, ...asked }
  const { name = '', contactName = '', email = '', phone = '' } = retailer ?? {}
  const { street = '', city = '', region = '', postcode = '', country = '' } = retailer ?? {}
  return {
    businessName: name,
    ...{ contactName, email, phone, street, city, region, postcode, country, ...asked },
  }
}
