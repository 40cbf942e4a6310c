import type { Ctx } from '../context.ts'
import { orderCountsQuery } from '../orders/order-list-store.ts'
import { type RecordChange, recordChangesQuery, SETTINGS_ID } from '../records/record-change-store.ts'
import { ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { type Frame, readWithFrame } from './frame.ts'

export interface SettingsView {
  frame: Frame
  /** From the counters. Once there are orders, another currency changes what their amounts say. */
  hasOrders: boolean
  /** The newest changes, newest first. */
  changes: RecordChange[]
}

/** The settings for those who may change them, in one round trip. */
export async function readSettings(ctx: Ctx): Promise<Result<SettingsView>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    orderCountsQuery(ctx.db),
    recordChangesQuery(ctx.db, 'settings', SETTINGS_ID),
  ])
  const [counts, changes] = results
  return ok({ frame, hasOrders: counts.some(({ orders }) => orders > 0), changes })
}
