import { messageOf } from '../db/client.ts'
import type { Bindings } from '../env.ts'
import { sweepExports } from '../exports/sweep-exports.ts'
import { sweepImports } from '../imports/sweep-imports.ts'
import { sweepMails } from '../mail/sweep-mails.ts'
import { sweepBulkChanges } from '../orders/bulk-sweep.ts'
import { auditNight, auditStock } from '../stock/audit-stock.ts'
import { systemCtx } from './system-ctx.ts'

/** Every minute: queued work that nobody does any more, and the next products of the night's stock check. */
export async function runScheduled(
  env: Bindings,
  execution: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const ctx = systemCtx(env, execution, { id: 'schedule', name: 'Counterfoil' })
  const done = await Promise.allSettled([
    sweepMails(ctx),
    sweepImports(ctx),
    sweepExports(ctx),
    sweepBulkChanges(ctx),
    auditStock(ctx, { before: auditNight(ctx.now), fromStart: false }),
  ])
  for (const result of done) {
    if (result.status === 'rejected') {
      console.error(JSON.stringify({ event: 'schedule.failed', message: messageOf(result.reason) }))
    }
  }
}
