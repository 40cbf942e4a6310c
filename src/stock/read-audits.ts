import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { type AuditedProduct, differingAuditsQuery, oldestAuditsQuery } from './audit-store.ts'

const PRODUCTS_SHOWN = 50

export interface Audits {
  frame: Frame
  /** Where something did not agree. */
  differing: AuditedProduct[]
  /** Those whose last check is the longest ago. */
  oldest: AuditedProduct[]
}

/** What the last stock checks found, in one round trip. */
export async function readAudits(ctx: Ctx): Promise<Result<Audits>> {
  const refused = refuse(ctx, 'products.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    differingAuditsQuery(ctx.db, PRODUCTS_SHOWN),
    oldestAuditsQuery(ctx.db, PRODUCTS_SHOWN),
  ])
  const [differing, oldest] = results
  return ok({ frame, differing, oldest })
}
