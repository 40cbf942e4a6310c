import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { Ctx } from '../context.ts'
import { frameQuery } from './frame-store.ts'
import type { Settings } from './settings-store.ts'

/** What the frame around every staff page shows. */
export interface Frame {
  settings: Settings
  /** Orders that await approval. */
  awaiting: number
  /** E-mails that did not arrive, or may not have, and that nobody has decided about. */
  mailsToDecide: number
}

/** Runs a page's queries and the frame's in one round trip. */
export async function readWithFrame<const Q extends readonly BatchItem<'sqlite'>[]>(
  ctx: Ctx,
  queries: Q,
): Promise<{ frame: Frame; results: BatchResponse<Q> }> {
  const [found, ...results] = (await ctx.db.batch([frameQuery(ctx.db), ...queries] as const)) as unknown as [
    FrameRow[],
    ...unknown[],
  ]
  const { awaiting, mailsToDecide, ...settings } = found[0]!
  return { frame: { settings, awaiting, mailsToDecide }, results: results as unknown as BatchResponse<Q> }
}

type FrameRow = Awaited<ReturnType<typeof frameQuery>>[number]
