import type { Ctx } from '../context.ts'
import { giveWay } from '../give-way.ts'
import { stockOf } from '../stock/reserve.ts'
import { type ImportAdjustment, importReason } from './import.ts'
import { readAdjustments, takeStep } from './import-step-store.ts'
import type { Import } from './import-store.ts'
import { nextPlace } from './take-chunk.ts'

/** Objects that are asked at the same time. */
const CALLS_AT_ONCE = 20

/**
 * Tells the stock objects of the next chunk what its rows say, as the person who applied the import. Each adjustment
 * has an id of its import and row, so that it counts once however often this runs. Answers with the import at its
 * next place, or null when somebody else has moved it there; throws when an object does not answer.
 */
export async function countStock(
  ctx: Ctx,
  imported: Import,
): Promise<{ moved: Import | null; calls: number }> {
  const adjustments = await readAdjustments(ctx, imported.id, imported.position)
  for (let start = 0; start < adjustments.length; start += CALLS_AT_ONCE) {
    const batch = adjustments.slice(start, start + CALLS_AT_ONCE)
    await Promise.all(batch.map((adjustment) => adjust(ctx, imported, adjustment)))
    await giveWay()
  }
  const moved = await takeStep(ctx, {
    from: imported,
    to: nextPlace(imported),
    tally: { created: 0, changed: 0, unchanged: 0, problems: 0, counted: 0 },
    examples: imported.examples,
    ...{ problems: [], adjustments: [], writes: [], disturbances: [] },
  })
  return { moved, calls: adjustments.length }
}

async function adjust(ctx: Ctx, imported: Import, adjustment: ImportAdjustment): Promise<void> {
  const { row, productId, kind, quantity } = adjustment
  await stockOf(ctx, productId).adjust(productId, {
    ...{ id: `${imported.id}-${row}`, kind, quantity, reason: importReason(imported.fileName) },
    ...{ at: ctx.now, actor: imported.appliedBy ?? ctx.actor },
  })
}
