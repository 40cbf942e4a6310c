import { z } from 'zod'
import { pickedProductsQuery, searchProductsQuery } from '../catalog/search-products.ts'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { productIdsOf } from './document-store.ts'
import { linesByNumberQuery, orderByNumberQuery, retailerFrom } from './order-store.ts'
import { type Draft, type DraftView, draftView, OFFERED } from './read-draft.ts'

const WORDS = 'Give the number of an order.'

export const duplicateOrderSchema = z.object({ number: z.int(WORDS).positive(WORDS) })
export type DuplicateOrderInput = z.input<typeof duplicateOrderSchema>

/** An order that is put together once more; nothing of it is stored. */
export interface Duplicate {
  /** The order it was made from. */
  number: number
  draft: Draft
  view: DraftView
  /** Names of products that are not sold any more, and are left out. */
  leftOut: string[]
  /** Unit prices that are others today, in minor units. */
  repriced: { name: string; from: number; to: number }[]
}

/**
 * Fills a draft with the retailer and the products of an order, at today's prices and terms, in one round trip. Its
 * discount, charges, PO number and dates belonged to that order and stay there. Fails with `not_found`, and with
 * `invalid` where the order has no retailer yet.
 */
export async function duplicateOrder(ctx: Ctx, input: DuplicateOrderInput): Promise<Result<Duplicate>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(duplicateOrderSchema, input)
  if (!parsed.ok) return parsed
  const { number } = parsed.value
  const { db } = ctx
  const { frame, results } = await readWithFrame(ctx, [
    orderByNumberQuery(db, { number }),
    linesByNumberQuery(db, { number }),
    pickedProductsQuery(db, productIdsOf(number)),
    searchProductsQuery(db, '', OFFERED),
  ])
  const [found, lines, products, offered] = results
  if (!found[0]) return err({ reason: 'not_found', what: 'order' })
  const retailer = retailerFrom(found[0].retailer)
  if (!retailer) return invalid('again', `Order ${number} has no retailer yet. Link it to one first.`)

  const sold = new Set(products.filter(({ archived }) => !archived).map(({ id }) => id))
  const kept = lines.filter(({ productId }) => sold.has(productId))
  const draft: Draft = {
    retailerId: retailer.id,
    lines: kept.map(({ productId, quantity }) => ({ productId, quantity })),
    ...{ pull: true, poNumber: '', date: '', shipBy: '', discount: 0, shipping: 0, otherCharges: 0, tax: 0 },
  }
  const view = draftView(ctx, draft, { frame, retailer, products, offered })
  const pricesNow = new Map(view.lines.map(({ product, unitPrice }) => [product.id, unitPrice]))
  return ok({
    ...{ number, draft, view },
    leftOut: lines.filter(({ productId }) => !sold.has(productId)).map(({ name }) => name),
    repriced: kept.flatMap(({ productId, name, unitPrice: from }) => {
      const to = pricesNow.get(productId) ?? from
      return to === from ? [] : [{ name, from, to }]
    }),
  })
}
