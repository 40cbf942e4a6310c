import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { type MailCursor, type MailFilter, type MailRow, mailPageQuery } from './mail-store.ts'

export const MAILS_PER_PAGE = 50

export interface MailList {
  frame: Frame
  rows: MailRow[]
  hasNewer: boolean
  hasOlder: boolean
}

/** One page of e-mails, newest first, in one round trip. */
export async function listMails(ctx: Ctx, filter: MailFilter, cursor: MailCursor): Promise<Result<MailList>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [mailPageQuery(ctx.db, filter, cursor, MAILS_PER_PAGE)])
  const [found] = results
  const hasMore = found.length > MAILS_PER_PAGE
  const backwards = cursor.newerThan !== undefined
  const rows = found.slice(0, MAILS_PER_PAGE)
  if (backwards) rows.reverse()
  return ok({
    ...{ frame, rows },
    hasNewer: backwards ? hasMore : cursor.olderThan !== undefined,
    hasOlder: backwards || hasMore,
  })
}
