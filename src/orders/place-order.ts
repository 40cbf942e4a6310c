import { z } from 'zod'
import { dayOf } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import { formatMoney, MAX_AMOUNT } from '../money.ts'
import { idSchema, lineOfText, parse, wholeNumber } from '../parse.ts'
import { err, invalid, ok, type Problem, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { commitChange } from './commit-change.ts'
import { type Charges, type Line, MAX_LINES, MAX_QUANTITY, type Order } from './order.ts'
import { isSearchable } from './order-search.ts'
import { type OrderProduct, type OrderRetailer, readPlacementBasis } from './order-store.ts'
import { digestOf } from './request-digest.ts'
import { totalsOf, unitPriceFor } from './totals.ts'

/** A year of two digits would be one of antiquity. */
export const dateSchema = z.iso
  .date({ error: 'Enter a date like 2026-11-23.', abort: true })
  .refine(isSearchable, 'Enter a date from 2000 to 2099.')
/** The promised ship date, or ''. */
export const shipBySchema = lineOfText(10).refine(
  (value) => value === '' || dateSchema.safeParse(value).success,
  'Enter a date like 2026-11-23, from 2000 to 2099, or leave it empty.',
)
const amount = wholeNumber(0, MAX_AMOUNT)

export const placeOrderSchema = z.object({
  /** Made by the client: submitting it twice creates one order. */
  id: idSchema,
  retailerId: z.string('Choose a retailer.').min(1, 'Choose a retailer.').max(64, 'Choose a retailer.'),
  lines: z
    .array(z.object({ productId: z.string().min(1).max(64), quantity: wholeNumber(1, MAX_QUANTITY) }))
    .min(1, 'Add at least one product.')
    .max(MAX_LINES, `An order has at most ${MAX_LINES} lines. Split it into several orders.`),
  pull: z.boolean(),
  discount: amount,
  shipping: amount,
  otherCharges: amount,
  tax: amount,
  poNumber: lineOfText(60),
  /** The business's today when left out. */
  date: dateSchema.optional(),
  shipBy: shipBySchema.default(''),
  allowShortage: z.boolean(),
  /** What was reviewed before, in minor units: at other prices nothing is placed. */
  reviewed: z.object({ grossTotal: z.int(), netTotal: z.int(), amountDue: z.int() }).optional(),
})
export type PlaceOrderInput = z.input<typeof placeOrderSchema>

/** How often placing starts over when its attempt was abandoned by somebody who found it standing. */
const TRIES = 3

/**
 * Places an order for a retailer as staff (DOMAIN.md §4): it starts as New, is priced here, reserves its stock and
 * writes to the retailer and the notification addresses. The same id again answers with the first order. Fails with
 * `invalid`, `shortage` (naming every short product), `sent_before` when this id placed another order, `conflict` or
 * `unavailable`; then nothing was placed.
 */
export async function placeOrder(ctx: Ctx, input: PlaceOrderInput): Promise<Result<{ number: number }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(placeOrderSchema, input)
  if (!parsed.ok) return parsed
  const placement = parsed.value
  const { id, allowShortage, reviewed, ...asked } = placement
  const digest = await digestOf(asked)
  const productIds = placement.lines.map((line) => line.productId)

  for (let tries = 1; ; tries++) {
    const basis = await ifAnswered(readPlacementBasis(ctx, id, placement.retailerId, productIds))
    if (!basis) return err({ reason: 'unavailable' })
    const { settings, placed, retailer, products } = basis
    if (placed) {
      return (placed.digest ?? digest) === digest
        ? ok({ number: placed.number })
        : err({ reason: 'sent_before', order: placed.number })
    }
    const order = newOrder(placement, retailer, products, dayOf(ctx.now, settings.timeZone))
    if (!order.ok) return order
    const repriced = reviewed && repricedSince(reviewed, order.value, settings.currency)
    if (repriced) return repriced
    const committed = await commitChange(ctx, {
      ...{
        changeId: id,
        digest,
        before: null,
        after: order.value,
        kind: 'placed',
        comment: '',
        email: true,
      },
      ...{ allowShortage, settings, retailer },
    })
    if (committed.ok && committed.value.number !== null) return ok({ number: committed.value.number })
    if (!committed.ok && (committed.failure.reason !== 'conflict' || tries === TRIES)) return committed
  }
}

/** What placing would refuse by what is known of retailer and products, stock apart. */
export function placementProblems(
  input: PlaceOrderInput,
  retailer: OrderRetailer | null,
  products: readonly OrderProduct[],
  today: string,
): Problem[] {
  const parsed = parse(placeOrderSchema, input)
  const byId = new Map(products.map((product) => [product.id, product]))
  const order = parsed.ok ? newOrder(parsed.value, retailer, byId, today) : parsed
  return !order.ok && order.failure.reason === 'invalid' ? order.failure.problems : []
}

function newOrder(
  placement: z.output<typeof placeOrderSchema>,
  retailer: OrderRetailer | null,
  products: ReadonlyMap<string, OrderProduct>,
  today: string,
): Result<Omit<Order, 'number' | 'revision' | 'attempt'>> {
  if (!retailer) return invalid('retailerId', 'This retailer does not exist. Choose another one.')
  if (!retailer.active) return invalid('retailerId', `${retailer.name} is inactive. Make it active first.`)
  const lines: Line[] = []
  const problems: Problem[] = []
  for (const [index, { productId, quantity }] of placement.lines.entries()) {
    const product = products.get(productId)
    const field = `lines.${index}.quantity`
    if (!product || product.archived) {
      problems.push({ field, message: `${product?.name ?? 'This product'} is not sold any more. Remove it.` })
    } else if (lines.some((line) => line.productId === productId)) {
      problems.push({ field, message: `${product.name} is there twice. Put it on one line.` })
    } else {
      lines.push(lineFor(product, retailer, quantity))
    }
  }
  const { id, poNumber, shipBy, discount, shipping, otherCharges, tax } = placement
  if (totalsOf(retailer.type, lines, placement).netTotal < 0) {
    problems.push({ field: 'discount', message: 'The discount is more than the goods come to. Lower it.' })
  }
  if (problems.length > 0) return err({ reason: 'invalid', problems })
  const wholesale = retailer.type === 'wholesale'
  return ok({
    ...{ id, retailerId: retailer.id, type: retailer.type, status: 'new', rate: retailer.rate, lines },
    ...{ poNumber, discount, shipping, otherCharges, tax, trackingNumber: '', invoiceLink: '' },
    paymentStatus: wholesale ? 'awaiting_payment' : 'none_expected',
    pull: wholesale && placement.pull,
    voided: false,
    ...{ date: placement.date ?? today, shipBy, linkVersion: 1, request: null },
  })
}

const REVIEWED_WORDS = { grossTotal: 'gross total', netTotal: 'net total', amountDue: 'amount due' } as const
type Reviewed = Record<keyof typeof REVIEWED_WORDS, number>

/** The refusal of an order that comes to something else than was reviewed; null where it does not. */
function repricedSince(reviewed: Reviewed, order: Pick<Order, 'type' | 'lines'> & Charges, currency: string) {
  const totals = totalsOf(order.type, order.lines, order)
  const names = Object.keys(REVIEWED_WORDS) as (keyof Reviewed)[]
  const changes = names
    .filter((name) => reviewed[name] !== totals[name])
    .map((name) => {
      const [was, is] = [reviewed[name], totals[name]].map((amount) => formatMoney(amount, currency))
      return `${REVIEWED_WORDS[name]} ${was} → ${is}`
    })
  if (changes.length === 0) return null
  return invalid(
    '',
    `Prices have changed since you reviewed this order: ${changes.join(', ')}. Review it again.`,
  )
}

/** A line at today's prices. */
export function lineFor(
  product: Omit<OrderProduct, 'archived'>,
  terms: { type: Order['type']; rate: number },
  quantity: number,
): Line {
  const { id, name, sku, retailPrice, stockTracked } = product
  const unitPrice = unitPriceFor(product, terms)
  return { productId: id, name, sku, unitRetail: retailPrice, unitPrice, quantity, stockTracked }
}
