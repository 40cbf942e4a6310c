import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { type PickedRetailer, searchRetailersQuery } from '../retailers/search-retailers.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { productIdsOf } from './document-store.ts'
import { linkedOrder } from './link-request.ts'
import { sameEmailQuery } from './link-store.ts'
import type { Order } from './order.ts'
import {
  linesByNumberQuery,
  type OrderRetailer,
  orderByNumberQuery,
  orderFrom,
  productsOfQuery,
  retailerFrom,
  retailerQuery,
} from './order-store.ts'
import { OFFERED } from './read-draft.ts'
import { totalsOf } from './totals.ts'

export interface LinkingView {
  frame: Frame
  order: Order
  /** Whose it is now; null where it is linked to none. */
  retailer: OrderRetailer | null
  /** Active retailers that were searched for, and those with the e-mail address of the request. */
  offered: PickedRetailer[]
  sameEmail: PickedRetailer[]
  chosen: Choice | null
}

/** A retailer that was chosen, and what the order would come to, in minor units. */
export interface Choice {
  retailer: OrderRetailer
  netKept: number
  netAtOwnPrices: number
}

/** A request with the retailers that it may be of, in one round trip. Fails with `not_found` and `invalid`. */
export async function readLinking(
  ctx: Ctx,
  number: number,
  { search, chosen: chosenId }: { search: string; chosen: string },
): Promise<Result<LinkingView>> {
  const refused = refuse(ctx, 'orders.write') ?? refuse(ctx, 'retailers.read')
  if (refused) return refused
  const { db } = ctx
  const { frame, results } = await readWithFrame(ctx, [
    orderByNumberQuery(db, { number }),
    linesByNumberQuery(db, { number }),
    searchRetailersQuery(db, search, OFFERED),
    sameEmailQuery(db, number),
    retailerQuery(db, chosenId),
    productsOfQuery(db, productIdsOf(number)),
  ])
  const [found, lines, offered, sameEmail, chosen, products] = results
  if (!found[0]) return err({ reason: 'not_found', what: 'order' })
  const order = orderFrom(found[0], lines)
  const choice = chosen[0]
    ? choiceOf(order, chosen[0], new Map(products.map((product) => [product.id, product])))
    : null
  return ok({
    ...{ frame, order, offered, sameEmail, chosen: choice },
    retailer: retailerFrom(found[0].retailer),
  })
}

function choiceOf(
  order: Order,
  retailer: OrderRetailer,
  products: Parameters<typeof linkedOrder>[2],
): Choice {
  const net = (linked: Order) => totalsOf(linked.type, linked.lines, linked).netTotal
  return {
    retailer,
    netKept: net(linkedOrder(order, retailer, null)),
    netAtOwnPrices: net(linkedOrder(order, retailer, products)),
  }
}
