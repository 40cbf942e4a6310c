import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { refusalsQuery } from './delivery-event-store.ts'
import {
  type MailCursor,
  type MailFilter,
  type MailRow,
  type MailStatus,
  mailCountsQuery,
  mailPageQuery,
} from './mail-store.ts'

export const MAILS_PER_PAGE = 50

export interface MailList {
  frame: Frame
  rows: MailRow[]
  /** How many e-mails each state has. */
  counts: Partial<Record<MailStatus, number>>
  /** Calls of the mail provider that were not taken, the newest days first. */
  refusals: { day: string; reason: string; calls: number }[]
  hasNewer: boolean
  hasOlder: boolean
}

/** One page of e-mails, newest first, in one round trip. */
export async function listMails(ctx: Ctx, filter: MailFilter, cursor: MailCursor): Promise<Result<MailList>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    mailPageQuery(ctx.db, filter, cursor, MAILS_PER_PAGE),
    mailCountsQuery(ctx.db),
    refusalsQuery(ctx.db),
  ])
  const [found, counted, refusals] = results
  const hasMore = found.length > MAILS_PER_PAGE
  const backwards = cursor.newerThan !== undefined
  const rows = found.slice(0, MAILS_PER_PAGE)
  if (backwards) rows.reverse()
  return ok({
    ...{ frame, rows, refusals, counts: countsIn(counted) },
    hasNewer: backwards ? hasMore : cursor.olderThan !== undefined,
    hasOlder: backwards || hasMore,
  })
}

function countsIn(counted: { status: string; mails: number }[]): MailList['counts'] {
  const counts: Record<string, number> = {}
  for (const { status, mails } of counted) counts[status] = (counts[status] ?? 0) + mails
  return counts
}
