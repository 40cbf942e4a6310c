import { z } from 'zod'
import { MAX_AMOUNT } from '../money.ts'
import { lineOfText, textBlock, wholeNumber } from '../parse.ts'

export const MAX_SKU_CHARACTERS = 60
export const MAX_NAME_CHARACTERS = 200
export const MAX_COLLECTION_CHARACTERS = 100
export const MAX_DESCRIPTION_CHARACTERS = 5_000
/** A case is carried by people. */
const MAX_CASE_SIZE = 10_000
/** More units of one product than a maker has; far below what a sum could not hold. */
export const MAX_UNITS = 1_000_000

const readablePrice = 'Enter a price like 12.50.'
const price = z.int(readablePrice).min(0, readablePrice).max(MAX_AMOUNT, readablePrice)

/** What staff say about a product (DOMAIN.md §1). Prices are in minor units; null is "not set". */
export const productSchema = z.object({
  sku: lineOfText(MAX_SKU_CHARACTERS).min(1, 'Enter a SKU.'),
  name: lineOfText(MAX_NAME_CHARACTERS).min(1, 'Enter a name.'),
  collection: lineOfText(MAX_COLLECTION_CHARACTERS),
  description: textBlock(MAX_DESCRIPTION_CHARACTERS),
  retailPrice: price,
  /** Replaces the rate for wholesale orders. */
  wholesalePrice: price.nullable(),
  caseSize: wholeNumber(1, MAX_CASE_SIZE),
  stockTracked: z.boolean(),
  /** Low at this many available units or fewer. */
  lowStockThreshold: wholeNumber(0, MAX_UNITS).nullable(),
  /** Shown to retailers. */
  listed: z.boolean(),
})

export type ProductFields = z.output<typeof productSchema>

/** True when nothing that staff say about a product differs. */
export function sameFields(one: ProductFields, other: ProductFields): boolean {
  const names = Object.keys(productSchema.shape) as (keyof ProductFields)[]
  return names.every((name) => one[name] === other[name])
}
