import type { Ctx } from '../context.ts'
import { enqueueImport } from './enqueue.ts'
import { discardFiles } from './import-files.ts'
import { closeLeftImports, deleteImport, forsakenImports } from './import-store.ts'

/** What the queue itself takes to bring a message. */
const GRACE_MILLISECONDS = 60_000
const IMPORTS_PER_SWEEP = 20
/** A preview that nobody applied is of a catalogue that was; one that failed has nothing more to say. */
const KEPT_MILLISECONDS = 30 * 86_400_000
/** Each may have as many problems as its file had rows. */
const DELETED_PER_SWEEP = 2

/** Puts imports on the queue again that nobody works on, and lets go of those that came to nothing long ago. */
export async function sweepImports(ctx: Ctx): Promise<{ enqueued: number }> {
  const forsaken = await forsakenImports(ctx, ctx.now - GRACE_MILLISECONDS, IMPORTS_PER_SWEEP)
  for (const id of forsaken) await enqueueImport(ctx, id)
  for (const { id, chunks } of await closeLeftImports(ctx, ctx.now - KEPT_MILLISECONDS, DELETED_PER_SWEEP)) {
    // The files first: a row whose files are gone is found again, files without a row are not.
    await discardFiles(ctx, id, chunks)
    await deleteImport(ctx, id)
  }
  return { enqueued: forsaken.length }
}
