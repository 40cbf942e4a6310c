import type { Ctx } from '../context.ts'
import { type RecordChange, recordChangesQuery, SETTINGS_ID } from '../records/record-change-store.ts'
import { ok, type Result } from '../result.ts'
import { type PortalEvent, portalEventsQuery } from '../retailers/portal-event-store.ts'
import { refuse } from '../staff/permissions.ts'
import { type Frame, readWithFrame } from './frame.ts'
import { portalSettingsQuery, type SavedPortalSettings } from './portal-settings-store.ts'

export interface PortalSettingsView {
  frame: Frame
  portal: SavedPortalSettings
  /** The newest changes of the general link and of the terms, newest first. */
  events: PortalEvent[]
  /** The newest changes of all settings, newest first. */
  changes: RecordChange[]
}

/** How orders come in through the portal, for those who may change it. One round trip. */
export async function readPortalSettings(ctx: Ctx): Promise<Result<PortalSettingsView>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    portalSettingsQuery(ctx.db),
    portalEventsQuery(ctx.db, null),
    recordChangesQuery(ctx.db, 'settings', SETTINGS_ID),
  ])
  return ok({ frame, portal: results[0][0]!, events: results[1], changes: results[2] })
}
