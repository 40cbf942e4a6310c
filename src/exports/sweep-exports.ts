import type { Ctx } from '../context.ts'
import { giveUp } from './continue-export.ts'
import { enqueueExport } from './enqueue.ts'
import { KEPT_MILLISECONDS } from './export.ts'
import { abortUpload, deleteFiles } from './export-file.ts'
import {
  deleteExports,
  exportsBefore,
  forgetUpload,
  forsakenExports,
  unfinishedUploads,
} from './export-store.ts'

/** What the queue itself takes to bring a message. */
const GRACE_MILLISECONDS = 60_000
/** An export that is still not written then keeps burdening every change of an order. */
const ABANDONED_AFTER_MILLISECONDS = 86_400_000
const EXPORTS_PER_SWEEP = 20

/**
 * Puts exports on the queue again that nobody works on, gives up those that have come to nothing, and lets go of
 * what has been kept for long enough.
 */
export async function sweepExports(ctx: Ctx): Promise<void> {
  for (const forsaken of await forsakenExports(ctx, ctx.now - GRACE_MILLISECONDS, EXPORTS_PER_SWEEP)) {
    if (forsaken.createdAt < ctx.now - ABANDONED_AFTER_MILLISECONDS) await giveUp(ctx, forsaken)
    else await enqueueExport(ctx, forsaken.id)
  }
  for (const { id, uploadId } of await unfinishedUploads(ctx, EXPORTS_PER_SWEEP)) {
    if (await abortUpload(ctx, id, uploadId)) await forgetUpload(ctx, id)
  }
  const old = await exportsBefore(ctx, ctx.now - KEPT_MILLISECONDS, EXPORTS_PER_SWEEP)
  if (old.length > 0) {
    // The files first: a row whose file is gone is found again, a file without a row is not.
    await deleteFiles(ctx, old)
    await deleteExports(ctx, old)
  }
}
