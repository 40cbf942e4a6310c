import type { Ctx } from '../context.ts'
import { enqueueImport } from './enqueue.ts'
import { forsakenImports } from './import-store.ts'

/** What the queue itself takes to bring a message. */
const GRACE_MILLISECONDS = 60_000
const IMPORTS_PER_SWEEP = 20

/** Puts imports on the queue again that nobody works on, so that none waits for a message that got lost. */
export async function sweepImports(ctx: Ctx): Promise<{ enqueued: number }> {
  const forsaken = await forsakenImports(ctx, ctx.now - GRACE_MILLISECONDS, IMPORTS_PER_SWEEP)
  for (const id of forsaken) await enqueueImport(ctx, id)
  return { enqueued: forsaken.length }
}
