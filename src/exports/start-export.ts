import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { orderFilterSchema } from '../orders/order-filter.ts'
import { searchExpression } from '../orders/order-search.ts'
import { idSchema, parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { settingsQuery } from '../settings/settings-store.ts'
import { refuse } from '../staff/permissions.ts'
import { beginningOf } from './csv-lines.ts'
import { enqueueExport } from './enqueue.ts'
import { MAX_WRITING } from './export.ts'
import { insertExport } from './export-store.ts'

export const startExportSchema = z.object({
  /** Made by the client: sending the form twice starts one export. */
  id: idSchema,
  content: z.enum(['orders', 'lines'], 'Choose what a row is.'),
  filter: orderFilterSchema,
})
export type StartExportInput = z.input<typeof startExportSchema>

/**
 * Starts writing the orders that pass a filter now into a CSV file, in the background (DOMAIN.md §6). The same form
 * again answers with the first export. Fails with `invalid` at `content` while MAX_WRITING others are being written,
 * and with `sent_before` when this id started another export.
 */
export async function startExport(ctx: Ctx, input: StartExportInput): Promise<Result<{ id: string }>> {
  const refused = refuse(ctx, 'orders.export')
  if (refused) return refused
  const parsed = parse(startExportSchema, input)
  if (!parsed.ok) return parsed
  const { id, content, filter } = parsed.value
  const [settings] = await ctx.db.batch([settingsQuery(ctx.db)])
  const { currency, timeZone } = settings[0]!
  const beginning = new TextEncoder().encode(beginningOf({ content, currency, timeZone }))
  const there = await insertExport(
    ctx,
    { id, content, filter, expression: searchExpression(filter) },
    { currency, timeZone },
    beginning,
  )
  if (there === 'none') {
    return invalid('content', `${MAX_WRITING} exports are being written. Wait until one of them is ready.`)
  }
  if (there === 'other') return err({ reason: 'sent_before', order: null })
  await enqueueExport(ctx, id)
  return ok({ id })
}
