import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { openPortal, type Portal } from '../retailers/open-portal.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { NEWEST_FIRST } from './order-filter.ts'
import { type OrderRow, rangeQuery } from './order-list-store.ts'

export const OWN_ORDERS_PER_PAGE = 30

export interface OwnOrders {
  portal: Portal
  rows: OrderRow[]
  hasOlder: boolean
}

/**
 * A retailer's own orders, the newest first, below the number `before` if one is given. Fails as `openPortal` does;
 * everybody has the link of new shops, so there it is `not_found`.
 */
export async function readOwnOrders(
  ctx: Ctx,
  link: SignedLink,
  before: number | null,
): Promise<Result<OwnOrders>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const cursor = before === null ? null : { value: before, number: before }
  const range = { ordering: NEWEST_FIRST, cursor, retailerId: link.id }
  const opened = await openPortal(ctx, link, [rangeQuery(ctx.db, range, OWN_ORDERS_PER_PAGE + 1)])
  if (!opened.ok) return opened
  const { portal, results } = opened.value
  if (!portal.retailer) return err({ reason: 'not_found', what: 'page' })
  const [rows] = results
  return ok({
    portal,
    rows: rows.slice(0, OWN_ORDERS_PER_PAGE),
    hasOlder: rows.length > OWN_ORDERS_PER_PAGE,
  })
}
