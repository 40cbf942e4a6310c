import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { isUniqueConflict } from '../db/client.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { skuTaken } from './create-product.ts'
import { productSchema, sameFields } from './product.ts'
import { readHolders, updateProduct } from './product-store.ts'

export const editProductSchema = productSchema.extend({
  id: z.string(),
  /** The revision that the form showed. */
  revision: z.int('Something is missing here. Reload the page and try again.'),
})
export type EditProductInput = z.input<typeof editProductSchema>

/**
 * Changes what is said about a product; the same form again changes nothing. Orders keep the names and prices they were placed with. Fails with `invalid`
 * (a taken SKU names its product), `conflict` when somebody saved in the meantime, or `not_found`.
 */
export async function editProduct(ctx: Ctx, input: EditProductInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  const parsed = parse(editProductSchema, input)
  if (!parsed.ok) return parsed
  const { id, revision, ...fields } = parsed.value
  let isSkuTaken = false
  try {
    if (await updateProduct(ctx, { id, revision }, fields)) return ok(undefined)
  } catch (error) {
    if (!isUniqueConflict(error)) throw error
    isSkuTaken = true
  }
  const holders = await readHolders(ctx, id, fields.sku)
  const current = holders.find((product) => product.id === id)
  if (!current) return err({ reason: 'not_found', what: 'product' })
  if (!isSkuTaken && sameFields(current, fields)) return ok(undefined)
  if (!isSkuTaken) return err({ reason: 'conflict', revision: current.revision })
  return skuTaken(fields.sku, holders.find((product) => product.id !== id)?.name)
}
