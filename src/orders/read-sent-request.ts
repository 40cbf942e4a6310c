import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { openPortal, type Portal } from '../retailers/open-portal.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { contactOf, type Order } from './order.ts'
import { orderFrom } from './order-store.ts'
import { sentLinesQuery, sentOrderQuery } from './own-order-store.ts'
import { type Statement, statementOf } from './statement.ts'

export interface SentRequest {
  portal: Portal
  order: Order
  statement: Statement
  /** Where the shop's copy goes; '' where nobody knows an address. */
  email: string
}

/**
 * A request as its shop sees it right after sending it, by the id that the form made. Fails as `openPortal` does, and
 * with `not_found` for everything that was not sent through this link.
 */
export async function readSentRequest(ctx: Ctx, link: SignedLink, id: string): Promise<Result<SentRequest>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const opened = await openPortal(ctx, link, [
    sentOrderQuery(ctx.db, link.id, id),
    sentLinesQuery(ctx.db, link.id, id),
  ])
  if (!opened.ok) return opened
  const { portal, results } = opened.value
  const [found, lines] = results
  if (!found[0]) return err({ reason: 'not_found', what: 'order' })
  const order = orderFrom(found[0], lines)
  const { retailer, settings } = portal
  return ok({
    ...{ portal, order, statement: statementOf(order, retailer, settings.currency) },
    email: contactOf(order, retailer).email,
  })
}
