import { dayOf } from '../calendar.ts'
import { type PickedProduct, pickedProductsQuery, searchProductsQuery } from '../catalog/search-products.ts'
import type { Ctx } from '../context.ts'
import { recipientsOf } from '../mail/recipients.ts'
import { ok, type Problem, type Result, type Shortage } from '../result.ts'
import { type PickedRetailer, searchRetailersQuery } from '../retailers/search-retailers.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import type { Charges, Line } from './order.ts'
import { type OrderRetailer, retailerQuery } from './order-store.ts'
import { type PlaceOrderInput, placementProblems } from './place-order.ts'
import { type Statement, statementOf } from './statement.ts'
import { unitPriceFor } from './totals.ts'

/** Products and retailers that are offered at once. */
export const OFFERED = 20

/** An order that is being put together; nothing of it is stored. */
export interface Draft extends Charges {
  retailerId: string
  /** Quantities as numbers; NaN where something else was typed. */
  lines: { productId: string; quantity: number }[]
  pull: boolean
  poNumber: string
  date: string
  shipBy: string
}

export interface DraftLine {
  product: PickedProduct
  /** Minor units, at the retailer's terms. */
  unitPrice: number
  quantity: number
}

export interface DraftView {
  frame: Frame
  retailer: OrderRetailer | null
  lines: DraftLine[]
  offered: PickedProduct[]
  statement: Statement | null
  /** Who is written to when it is submitted. */
  recipients: string[]
  today: string
}

/** Prices a draft and offers products to add to it, in one round trip. An unreadable quantity counts as 0. */
export async function readDraft(ctx: Ctx, draft: Draft, search: string): Promise<Result<DraftView>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const { db } = ctx
  const { frame, results } = await readWithFrame(ctx, [
    retailerQuery(db, draft.retailerId),
    pickedProductsQuery(
      db,
      draft.lines.map((line) => line.productId),
    ),
    searchProductsQuery(db, search, OFFERED),
  ])
  const [retailers, products, offered] = results
  return ok(draftView(ctx, draft, { frame, retailer: retailers[0] ?? null, products, offered }))
}

/** A draft that is to be reviewed, with everything for which placing it would be refused, a shortage apart. */
export async function reviewDraft(
  ctx: Ctx,
  draft: Draft,
  { id, allowShortage }: Pick<PlaceOrderInput, 'id' | 'allowShortage'>,
): Promise<Result<{ view: DraftView; problems: Problem[] }>> {
  const read = await readDraft(ctx, draft, '')
  if (!read.ok) return read
  const { retailer, lines, today } = read.value
  const input = { ...draft, id, allowShortage, date: draft.date || undefined }
  const products = lines.map(({ product }) => product)
  return ok({ view: read.value, problems: placementProblems(input, retailer, products, today) })
}

/** What a draft would reserve beyond what is available now, in units. */
export function missingOf(draft: Pick<Draft, 'pull'>, { retailer, lines }: DraftView): Shortage[] {
  if (retailer?.type === 'wholesale' && !draft.pull) return []
  return lines.flatMap(({ product: { id, available, stockTracked }, quantity }) =>
    stockTracked && quantity > available
      ? [{ productId: id, available, wanted: quantity, missing: quantity - Math.max(available, 0) }]
      : [],
  )
}

interface DraftBasis extends Pick<DraftView, 'frame' | 'retailer' | 'offered'> {
  /** Those on the draft, in no order. */
  products: PickedProduct[]
}

/** Prices a draft by what was read for it. */
export function draftView(ctx: Ctx, draft: Draft, basis: DraftBasis): DraftView {
  const { frame, retailer, products, offered } = basis
  const picked = new Map(products.map((product) => [product.id, product]))
  const lines = retailer
    ? draft.lines.flatMap(({ productId, quantity }) => {
        const product = picked.get(productId)
        return product ? [{ product, quantity, unitPrice: unitPriceFor(product, retailer) }] : []
      })
    : []
  const { settings } = frame
  return {
    ...{ frame, retailer, lines, today: dayOf(ctx.now, settings.timeZone) },
    offered: offered.filter(({ id }) => !draft.lines.some((line) => line.productId === id)),
    statement: retailer && draftStatement(draft, retailer, lines, settings.currency),
    recipients: recipientsOf(retailer, settings.notificationEmails, 'placed').map(
      ({ recipient }) => recipient,
    ),
  }
}

function draftStatement(draft: Draft, retailer: OrderRetailer, lines: DraftLine[], currency: string) {
  const { discount, shipping, otherCharges, tax, pull, poNumber, date, shipBy } = draft
  return statementOf(
    {
      ...{
        id: '',
        revision: 0,
        attempt: '',
        retailerId: retailer.id,
        type: retailer.type,
        rate: retailer.rate,
      },
      ...{ status: 'new', pull, voided: false, date, poNumber, discount, shipping, otherCharges, tax },
      paymentStatus: retailer.type === 'wholesale' ? 'awaiting_payment' : 'none_expected',
      ...{ shipBy, linkVersion: 1, trackingNumber: '', invoiceLink: '', request: null },
      lines: lines.map(({ product, quantity, unitPrice }): Line => {
        const { id, name, sku, retailPrice, stockTracked } = product
        const units = quantity >= 1 ? quantity : 0
        return { productId: id, name, sku, unitRetail: retailPrice, unitPrice, quantity: units, stockTracked }
      }),
    },
    retailer,
    currency,
  )
}

/** The first step: retailers to choose from. Inactive ones are not offered. */
export async function offerRetailers(
  ctx: Ctx,
  search: string,
): Promise<Result<{ frame: Frame; retailers: PickedRetailer[] }>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [searchRetailersQuery(ctx.db, search, OFFERED)])
  return ok({ frame, retailers: results[0] })
}
