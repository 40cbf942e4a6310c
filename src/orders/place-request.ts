import { z } from 'zod'
import { dayOf } from '../calendar.ts'
import { chosenProductsQuery, type ListedProduct } from '../catalog/catalogue-store.ts'
import type { Ctx } from '../context.ts'
import { formatMoney, MAX_AMOUNT } from '../money.ts'
import { idSchema, lineOfText, parse, textBlock, wholeNumber } from '../parse.ts'
import { err, invalid, ok, type Problem, type Result } from '../result.ts'
import { openPortal, type Portal } from '../retailers/open-portal.ts'
import { retailerFields } from '../retailers/retailer.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import { missingToMinimum, quantityProblem } from './cart.ts'
import { commitChange } from './commit-change.ts'
import { type Line, MAX_LINES, MAX_QUANTITY, type Order } from './order.ts'
import { type PlacedBy, placedByQuery } from './own-order-store.ts'
import { lineFor } from './place-order.ts'
import { NO_CHARGES } from './read-review.ts'
import { digestOf } from './request-digest.ts'
import { totalsOf } from './totals.ts'

/** A page of what a shop wants; with every field full a request stays below 10 kB. */
const MAX_NOTE_CHARACTERS = 2_000

const amount = wholeNumber(0, MAX_AMOUNT)

/** What a shop writes beside its lines. */
const { contactName, email, phone, street, city, region, postcode, country } = retailerFields
const requestFields = {
  ...{ contactName, email, phone, street, city, region, postcode, country },
  businessName: lineOfText(120),
  wantedDate: lineOfText(10).refine(
    (value) => value === '' || z.iso.date().safeParse(value).success,
    'Enter a date like 2026-11-23, or leave it empty.',
  ),
  note: textBlock(MAX_NOTE_CHARACTERS),
}

export const placeRequestSchema = z.object({
  /** Made once for the form: sending it twice places one order. */
  id: idSchema,
  lines: z
    .array(
      z.object({
        /** The product's number. */
        product: z.int(),
        quantity: wholeNumber(1, MAX_QUANTITY),
        /** What the shop saw when it decided, in minor units. A price is never taken from here. */
        seen: z.object({ name: z.string().max(200), unitPrice: amount, unitRetail: amount }),
      }),
    )
    .min(1, 'Choose at least one product.')
    .max(MAX_LINES, `An order has at most ${MAX_LINES} products. Send it in several parts.`)
    .refine(
      (lines) => new Set(lines.map(({ product }) => product)).size === lines.length,
      'A product is there twice. Open the review again.',
    ),
  poNumber: lineOfText(60),
  ...requestFields,
})
export type PlaceRequestInput = z.input<typeof placeRequestSchema>
type Request = z.output<typeof placeRequestSchema>

/** How often placing starts over when its attempt was abandoned by somebody who found it standing. */
const TRIES = 3

/**
 * Places a shop's order request (DOMAIN.md §4): it awaits approval, reserves nothing, and is priced here at today's
 * prices. The same id again answers with the first order, through the same link only. Fails as `openPortal` does, with
 * `sent_before` when this id placed another order, and with `invalid`, naming what has changed since the shop looked;
 * then nothing was placed.
 */
export async function placeRequest(
  ctx: Ctx,
  link: SignedLink,
  input: PlaceRequestInput,
): Promise<Result<{ number: number }>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const parsed = parse(placeRequestSchema, input)
  if (!parsed.ok) return parsed
  const request = parsed.value
  const numbers = request.lines.map(({ product }) => product)
  const digest = await digestOf(askedFor(request))

  for (let tries = 1; ; tries++) {
    const opened = await openPortal(ctx, link, [
      placedByQuery(ctx.db, request.id),
      chosenProductsQuery(ctx.db, numbers),
    ])
    if (!opened.ok) return opened
    const { portal, results } = opened.value
    const [[placed], products] = results
    if (placed) return placedBefore(placed, link, digest)
    const order = requestedOrder(ctx, request, portal, products)
    if (!order.ok) return order
    const { settings, retailer } = portal
    const name = retailer?.name ?? request.businessName
    const committed = await commitChange(
      { ...ctx, actor: { kind: 'retailer', id: link.id, name } },
      {
        ...{ changeId: request.id, digest, before: null, after: order.value, kind: 'requested', comment: '' },
        ...{ email: true, allowShortage: false, settings, retailer },
      },
    )
    if (committed.ok && committed.value.number !== null) return ok({ number: committed.value.number })
    if (!committed.ok && (committed.failure.reason !== 'conflict' || tries === TRIES)) return committed
  }
}

/** What a request asks for, whatever its shop saw at the time. */
function askedFor({ id: _, lines, ...typed }: Request) {
  return { ...typed, lines: lines.map(({ product, quantity }) => [product, quantity]) }
}

/** Whoever has another link learns only that this id is taken. */
function placedBefore(
  { number, createdBy, digest: first }: PlacedBy,
  link: SignedLink,
  digest: string,
): Result<{ number: number }> {
  const isOwn = createdBy.kind === 'retailer' && createdBy.id === link.id
  if (!isOwn) return invalid('id', 'This form was used before. Send it once more.')
  return (first ?? digest) === digest ? ok({ number }) : err({ reason: 'sent_before', order: number })
}

function requestedOrder(
  ctx: Ctx,
  request: Request,
  portal: Portal,
  products: ListedProduct[],
): Result<Omit<Order, 'number' | 'revision' | 'attempt'>> {
  const { settings, retailer, type, rate, minimumOrder } = portal
  const today = dayOf(ctx.now, settings.timeZone)
  const { lines, problems } = linesOf(request, portal, products)
  const missing = missingToMinimum(totalsOf(type, lines, NO_CHARGES).netTotal, minimumOrder)
  if (problems.length === 0 && missing > 0) {
    const [least, more] = [minimumOrder, missing].map((amount) => formatMoney(amount, settings.currency))
    problems.push({ field: 'lines', message: `The least order is ${least}: add ${more} more.` })
  }
  problems.push(...contactProblems(request, portal, today))
  if (problems.length > 0) return err({ reason: 'invalid', problems })
  const { id, poNumber, contactName, email, phone, street, city, region, postcode, country } = request
  const { wantedDate, note } = request
  const businessName = retailer?.name ?? request.businessName
  return ok({
    ...{
      id,
      retailerId: retailer?.id ?? null,
      type,
      status: 'awaiting_approval',
      rate,
      lines,
      ...NO_CHARGES,
    },
    ...{ poNumber, trackingNumber: '', invoiceLink: '', pull: false, voided: false, linkVersion: 1 },
    paymentStatus: type === 'wholesale' ? 'awaiting_payment' : 'none_expected',
    ...{ date: today, shipBy: '' },
    request: {
      ...{ businessName, contactName, email, phone, street, city, region, postcode, country },
      ...{ wantedDate, note },
    },
  })
}

/** The lines at today's prices, and whatever is not as the shop saw it. */
function linesOf(request: Request, portal: Portal, products: ListedProduct[]) {
  const offered = new Map(products.map((product) => [product.number, product]))
  const lines: Line[] = []
  const problems: Problem[] = []
  const money = (amount: number) => formatMoney(amount, portal.settings.currency)
  for (const { product: number, quantity, seen } of request.lines) {
    const tell = (message: string) => problems.push({ field: 'lines', message })
    const product = offered.get(number)
    if (!product) {
      tell(`${seen.name || 'A product'} is not offered any more, and was left out.`)
      continue
    }
    const line = lineFor(product, portal, quantity)
    const { name, unitPrice, unitRetail } = line
    const problem = quantityProblem(quantity, product.caseSize)
    if (problem) tell(`${name} is sold by ${product.caseSize} now: look at the quantity again.`)
    if (unitPrice !== seen.unitPrice)
      tell(`${name}: your price ${money(seen.unitPrice)} → ${money(unitPrice)}.`)
    if (unitRetail !== seen.unitRetail) {
      tell(`${name}: retail price ${money(seen.unitRetail)} → ${money(unitRetail)}.`)
    }
    lines.push(line)
  }
  return { lines, problems }
}

/** A retailer is known; of a new shop everything is asked that staff need to answer it. */
function contactProblems(request: Request, { retailer }: Portal, today: string): Problem[] {
  const problems: Problem[] = []
  const required = (field: 'businessName' | 'contactName' | 'email' | 'street' | 'city', message: string) => {
    if (!retailer && request[field] === '') problems.push({ field, message })
  }
  required('businessName', 'Enter the name of your shop.')
  required('contactName', 'Enter your name.')
  required('email', 'Enter your e-mail address, so that we can answer you.')
  required('street', 'Enter your street and number.')
  required('city', 'Enter your city.')
  if (request.wantedDate !== '' && request.wantedDate < today) {
    problems.push({ field: 'wantedDate', message: 'This day is over. Enter today or a later day.' })
  }
  return problems
}
