import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import { parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { changeKeySchema, changeOrder, type ProposedChange } from './change-order.ts'
import { readLinkBasis } from './link-store.ts'
import { contactOf, ORDER_STATUS_WORDS, type Order, type PaymentStatus, type RetailerType } from './order.ts'
import type { OrderProduct, OrderRetailer } from './order-store.ts'
import { totalsOf, unitPriceFor } from './totals.ts'

export const linkRequestSchema = z.object({
  ...changeKeySchema,
  retailerId: z.string('Choose a retailer.').min(1, 'Choose a retailer.').max(64, 'Choose a retailer.'),
  /** Whether the lines take the retailer's prices; otherwise they keep those that the shop saw. */
  ownPrices: z.boolean(),
})
export type LinkRequestInput = z.input<typeof linkRequestSchema>

/**
 * Says which retailer a shop's request is from (DOMAIN.md §4): the order takes its type and its rate. While it awaits
 * approval the retailer can be another one. Fails as `changeOrder` does, and with `invalid` where it cannot be linked.
 */
export async function linkRequest(ctx: Ctx, input: LinkRequestInput): Promise<Result<{ revision: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(linkRequestSchema, input)
  if (!parsed.ok) return parsed
  const link = parsed.value
  // The change itself refuses another revision than the form's, so these are the products of its lines.
  const basis = await ifAnswered(readLinkBasis(ctx, link.number, link.retailerId))
  if (!basis) return err({ reason: 'unavailable' })
  return changeOrder(ctx, link, [], (order, { retailer: before }) =>
    proposeLink(order, before, basis, link.ownPrices),
  )
}

function proposeLink(
  order: Order,
  before: OrderRetailer | null,
  { retailer, products }: { retailer: OrderRetailer | null; products: Map<string, OrderProduct> },
  ownPrices: boolean,
): Result<ProposedChange> {
  const refused = refuseLinking(order)
  if (refused) return refused
  if (!retailer) return invalid('retailerId', 'This retailer does not exist. Choose another one.')
  if (!retailer.active) return invalid('retailerId', `${retailer.name} is inactive. Make it active first.`)
  if (before?.id === retailer.id && !ownPrices) {
    return invalid('retailerId', `It is linked to ${retailer.name} already.`)
  }
  const after = linkedOrder(order, retailer, ownPrices ? products : null)
  if (totalsOf(after.type, after.lines, after).netTotal < 0) {
    return invalid('ownPrices', 'At these prices the discount is more than the goods come to.')
  }
  return ok({
    ...{ after, kind: 'linked', comment: '', email: false, allowShortage: false },
    parties: {
      from: {
        id: before?.id ?? null,
        name: contactOf(order, before).name,
        type: order.type,
        rate: order.rate,
      },
      to: { id: retailer.id, name: retailer.name, type: retailer.type, rate: retailer.rate },
    },
  })
}

/** Why an order can be given to no retailer; null where it can. */
export function refuseLinking({ request, status }: Order): ReturnType<typeof invalid> | null {
  if (!request) return invalid('', 'Staff placed this order for its retailer: that stays.')
  if (status === 'awaiting_approval') return null
  const words = ORDER_STATUS_WORDS[status]
  return invalid('', `This order is ${words}. Only while it awaits approval can it be linked.`)
}

/** The order as the retailer's, at its prices where `products` are given. What a line costs in the shop stays. */
export function linkedOrder(
  order: Order,
  retailer: OrderRetailer,
  products: Map<string, OrderProduct> | null,
): Order {
  const { id: retailerId, type, rate } = retailer
  const lines = order.lines.map((line) => {
    const product = products?.get(line.productId)
    if (!product) return line
    return { ...line, unitPrice: unitPriceFor({ ...product, retailPrice: line.unitRetail }, retailer) }
  })
  const isUsual = order.paymentStatus === USUAL_PAYMENT[order.type]
  return {
    ...{ ...order, retailerId, type, rate, lines, pull: type === 'wholesale' && order.pull },
    paymentStatus: isUsual ? USUAL_PAYMENT[type] : order.paymentStatus,
  }
}

/** What an order's payment status is before anybody says otherwise (DOMAIN.md §3). */
const USUAL_PAYMENT: Record<RetailerType, PaymentStatus> = {
  wholesale: 'awaiting_payment',
  consignment: 'none_expected',
}
