import type { Actor, Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { openPortal, type Portal } from '../retailers/open-portal.ts'
import { NEW_SHOPS, type SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { type ChangesToAnswer, changesToAnswer } from './changes-to-answer.ts'
import { eventFrom } from './event-store.ts'
import type { OrderEvent } from './history.ts'
import type { Order } from './order.ts'
import { orderFrom } from './order-store.ts'
import { eventsForShopQuery, ownLinesQuery, ownOrderQuery } from './own-order-store.ts'
import { type Statement, statementOf } from './statement.ts'

/** The newest entries of an order's history that a shop's page looks at. */
export const EVENTS_LOOKED_AT = 100

export interface OwnOrder {
  portal: Portal
  order: Order
  statement: Statement
  /** What was said to the shop and by it, the newest first: never an internal note. */
  messages: OrderEvent[]
  /** What the shop may accept or answer; null where nothing waits for it. */
  toAnswer: ChangesToAnswer | null
}

/**
 * One of a retailer's own orders, as the retailer may see it, in one round trip. Fails as `openPortal` does, and with
 * `not_found` for every other number.
 */
export async function readOwnOrder(ctx: Ctx, link: SignedLink, number: number): Promise<Result<OwnOrder>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const { db } = ctx
  const opened = await openPortal(ctx, link, [
    ownOrderQuery(db, link.id, number),
    ownLinesQuery(db, link.id, number),
    eventsForShopQuery(db, number, EVENTS_LOOKED_AT),
  ])
  if (!opened.ok) return opened
  const { portal, results } = opened.value
  const [found, lines, rows] = results
  if (!portal.retailer || !found[0]) return err({ reason: 'not_found', what: 'order' })
  const order = orderFrom(found[0], lines)
  const events = rows.map(eventFrom)
  const writtenToSince = writtenTo(found[0].order.createdBy, events)
  return ok({
    ...{ portal, order, statement: statementOf(order, portal.retailer, portal.settings.currency) },
    messages: events.filter(
      ({ kind, emailed, actor, revision }) =>
        kind === 'requested' || actor.id === link.id || (emailed && revision >= writtenToSince),
    ),
    toAnswer: changesToAnswer(order, events),
  })
}

/**
 * From which revision on this retailer was the one written to: since the order was last linked, where it came through
 * the link of another one or was another one's in between.
 */
function writtenTo(sender: Actor, events: readonly OrderEvent[]): number {
  const links = events.filter(isHandedOver).map(({ revision }) => revision)
  const isFirst = sender.id === NEW_SHOPS && links.length === 1
  return links.length === 0 || isFirst ? 1 : Math.max(...links)
}

/** True where an order went to another retailer; linking it again can also price it anew. */
function isHandedOver({ kind, changes: { retailer } }: OrderEvent): boolean {
  return kind === 'linked' && (retailer?.from.id === undefined || retailer.from.id !== retailer.to.id)
}
