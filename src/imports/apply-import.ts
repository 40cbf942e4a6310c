import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { settingsQuery } from '../settings/settings-store.ts'
import { refuse } from '../staff/permissions.ts'
import { enqueueImport } from './enqueue.ts'
import { beginApplying, importQuery } from './import-store.ts'

/**
 * Has a preview applied: every row is compared once more, then what is new or changed is written. Asking again
 * changes nothing. Fails with `not_found`, and with `final` when there is no preview to apply: the file is still being
 * compared, the import failed, no row can be taken, or its prices were read in another currency than the business has now.
 */
export async function applyImport(ctx: Ctx, id: string): Promise<Result<void>> {
  const [settings, rows] = await ctx.db.batch([settingsQuery(ctx.db), importQuery(ctx.db, id)])
  const imported = rows[0]
  if (!imported) return err({ reason: 'not_found', what: 'import' })
  const refused = refuse(ctx, `${imported.kind}.write`)
  if (refused) return refused
  switch (imported.status) {
    case 'applying':
    case 'counting':
    case 'applied':
      return ok(undefined)
    case 'reading':
    case 'comparing':
      return err({ reason: 'final', why: 'The file is still being compared. Wait for the preview.' })
    case 'failed':
      return err({ reason: 'final', why: 'This import failed. Upload the file again.' })
    case 'ready':
      if (imported.chunks > 0) break
      return err({
        reason: 'final',
        why: 'No row of the file can be taken. Correct them and upload it again.',
      })
  }
  if (imported.kind === 'products' && imported.currency !== settings[0]!.currency) {
    return err({
      reason: 'final',
      why: `The prices were read as ${imported.currency}, and the currency is ${settings[0]!.currency} now. Upload the file again.`,
    })
  }
  if (await beginApplying(ctx, id)) await enqueueImport(ctx, id)
  return ok(undefined)
}
