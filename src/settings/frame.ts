import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { Ctx } from '../context.ts'
import { mailsToDecideQuery } from '../mail/mail-store.ts'
import { awaitingCountQuery } from '../orders/order-list-store.ts'
import { type Settings, settingsQuery } from './settings-store.ts'

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
  const [settings, awaiting, mails, ...results] = (await ctx.db.batch([
    settingsQuery(ctx.db),
    awaitingCountQuery(ctx.db),
    mailsToDecideQuery(ctx.db),
    ...queries,
  ] as const)) as unknown as [Settings[], { orders: number }[], { mails: number }[], ...unknown[]]
  return {
    frame: {
      settings: settings[0]!,
      awaiting: awaiting.reduce((sum, row) => sum + row.orders, 0),
      mailsToDecide: mails.reduce((sum, row) => sum + row.mails, 0),
    },
    results: results as unknown as BatchResponse<Q>,
  }
}
