import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import type { BulkChange } from './bulk-step-store.ts'
import {
  bulkChangeQuery,
  type OutcomeCursor,
  type OutcomeRow,
  outcomeFrom,
  outcomesQuery,
} from './bulk-store.ts'

export const OUTCOMES_PER_PAGE = 50

/** A bulk change with what came of its orders so far, the refused ones first. Fails with `not_found`. */
export async function readBulkChange(
  ctx: Ctx,
  id: string,
  after: OutcomeCursor | null = null,
): Promise<Result<{ frame: Frame; change: BulkChange; rows: OutcomeRow[]; hasNext: boolean }>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    bulkChangeQuery(ctx.db, id),
    outcomesQuery(ctx.db, id, after, OUTCOMES_PER_PAGE + 1),
  ] as const)
  const [[change], rows] = results
  if (!change) return err({ reason: 'not_found', what: 'change' })
  return ok({
    ...{ frame, change, rows: rows.slice(0, OUTCOMES_PER_PAGE).map(outcomeFrom) },
    hasNext: rows.length > OUTCOMES_PER_PAGE,
  })
}
