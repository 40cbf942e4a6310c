import type { z } from 'zod'
import type { Ctx } from '../context.ts'
import { isUniqueConflict } from '../db/client.ts'
import { idSchema, parse } from '../parse.ts'
import { invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { productSchema, sameFields } from './product.ts'
import { insertProduct, readHolders } from './product-store.ts'

export const createProductSchema = productSchema.extend({
  /** Made by the client: submitting it twice creates one product. */
  id: idSchema,
})
export type CreateProductInput = z.input<typeof createProductSchema>

/**
 * Adds a product, without stock. The same form again answers with the first one. Fails with
 * `invalid`, naming the product that has the SKU already in any case of letters.
 */
export async function createProduct(ctx: Ctx, input: CreateProductInput): Promise<Result<{ id: string }>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  const parsed = parse(createProductSchema, input)
  if (!parsed.ok) return parsed
  const { id, ...fields } = parsed.value
  try {
    await insertProduct(ctx, id, fields)
    return ok({ id })
  } catch (error) {
    if (!isUniqueConflict(error)) throw error
  }
  const holders = await readHolders(ctx, id, fields.sku)
  const made = holders.find((product) => product.id === id)
  if (made && sameFields(made, fields)) return ok({ id })
  // A page that was gone back to, for a correction or another product: saying nothing would lose it.
  if (made) return invalid('', `This form has added ${made.name} already. Open a new form for another one.`)
  return skuTaken(fields.sku, holders[0]?.name)
}

/** The refusal of a SKU that `holder` has. */
export function skuTaken(sku: string, holder = 'Another product') {
  return invalid('sku', `${holder} has the SKU ${sku} already. Enter another one.`)
}
