import type { Actor, Ctx } from '../context.ts'
import { type AddressTrouble, troubleIn, verdictOfOrderQuery } from '../mail/address-verdict-store.ts'
import { type MailOfOrder, mailsOfOrderQuery } from '../mail/mail-store.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { eventFrom, eventsQuery } from './event-store.ts'
import type { OrderEvent } from './history.ts'
import type { Order } from './order.ts'
import {
  linesByNumberQuery,
  type OrderRetailer,
  orderByNumberQuery,
  orderFrom,
  retailerFrom,
} from './order-store.ts'

/** The newest entries that the order page shows; older ones are on their own pages. */
export const EVENTS_PER_PAGE = 50

export interface OrderView {
  frame: Frame
  order: Order
  retailer: OrderRetailer | null
  createdAt: number
  createdBy: Actor
  /** Newest first. */
  events: OrderEvent[]
  mails: MailOfOrder[]
  /** Where the address of its retailer, or of the shop that requested it, does not take e-mail. */
  trouble: AddressTrouble | null
  hasOlderEvents: boolean
}

/** An order with its lines, the newest part of its history and its e-mails, in one round trip. */
export async function readOrder(
  ctx: Ctx,
  number: number,
  eventsBefore: number | null = null,
): Promise<Result<OrderView>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const { db } = ctx
  const { frame, results } = await readWithFrame(ctx, [
    orderByNumberQuery(db, { number }),
    linesByNumberQuery(db, { number }),
    eventsQuery(db, number, EVENTS_PER_PAGE + 1, eventsBefore),
    mailsOfOrderQuery(db, number, eventsBefore),
    verdictOfOrderQuery(db, number),
  ])
  const [found, lines, events, mails, verdict] = results
  if (!found[0]) return err({ reason: 'not_found', what: 'order' })
  const { createdAt, createdBy } = found[0].order
  return ok({
    ...{ frame, createdAt, createdBy, mails, trouble: troubleIn(verdict) },
    order: orderFrom(found[0], lines),
    retailer: retailerFrom(found[0].retailer),
    events: events.slice(0, EVENTS_PER_PAGE).map(eventFrom),
    hasOlderEvents: events.length > EVENTS_PER_PAGE,
  })
}
