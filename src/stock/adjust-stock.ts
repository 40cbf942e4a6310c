import { z } from 'zod'
import { MAX_UNITS } from '../catalog/product.ts'
import { productQuery } from '../catalog/product-store.ts'
import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import { idSchema, lineOfText, parse, wholeNumber } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { stockOf } from './reserve.ts'

export const MAX_REASON_CHARACTERS = 200
/** How often an object is asked that did not answer: an adjustment counts once by its id, however often it is sent. */
const TRIES = 3

const base = {
  productId: z.string(),
  /** Made by the client: the same adjustment twice counts once. */
  id: idSchema,
}

export const adjustStockSchema = z.discriminatedUnion(
  'kind',
  [
    z.object({
      ...base,
      kind: z.literal('receive'),
      quantity: wholeNumber(1, MAX_UNITS),
      reason: lineOfText(MAX_REASON_CHARACTERS),
    }),
    z.object({
      ...base,
      kind: z.literal('count'),
      quantity: wholeNumber(0, MAX_UNITS),
      reason: lineOfText(MAX_REASON_CHARACTERS).min(1, 'Say why the count differs, like "2 broken".'),
    }),
  ],
  'Choose whether stock is received or counted.',
)
export type AdjustStockInput = z.input<typeof adjustStockSchema>

/**
 * Receives units, or makes on hand equal to what was counted, which needs a reason and may be less than is reserved.
 * Answers with the units on hand and by how many this changed them: 0 for a repetition. Fails with `invalid`,
 * `not_found`, `sent_before` when this id made another adjustment, or `unavailable` when the product's object did not
 * answer; sending the same again is then safe.
 */
export async function adjustStock(
  ctx: Ctx,
  input: AdjustStockInput,
): Promise<Result<{ onHand: number; change: number }>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  const parsed = parse(adjustStockSchema, input)
  if (!parsed.ok) return parsed
  const { productId, ...adjustment } = parsed.value
  const [[product]] = await ctx.db.batch([productQuery(ctx.db, productId)])
  if (!product) return err({ reason: 'not_found', what: 'product' })
  if (!product.stockTracked) {
    return invalid('quantity', `The stock of ${product.name} is not tracked. Edit the product to track it.`)
  }
  for (let tries = 1; ; tries++) {
    try {
      const { now: at, actor } = ctx
      const answer = await stockOf(ctx, productId).adjust(productId, { ...adjustment, at, actor })
      return answer.kind === 'adjusted'
        ? ok({ onHand: answer.onHand, change: answer.change })
        : err({ reason: 'sent_before', order: null })
    } catch (error) {
      console.warn(JSON.stringify({ event: 'stock.failed', step: 'adjust', message: messageOf(error) }))
      if (tries === TRIES) return err({ reason: 'unavailable' })
    }
  }
}
