import { eq } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import { orders } from '../db/schema.ts'
import { err, ok, type Result } from '../result.ts'
import { type Settings, settingsQuery } from '../settings/settings-store.ts'
import { linkFrom } from '../signed-link.ts'
import { linesQuery, orderFrom, orderQuery, retailerFrom } from './order-store.ts'
import { type Statement, statementOf } from './statement.ts'

export interface SharedStatement {
  number: number
  statement: Statement
  settings: Settings
}

/**
 * A statement for whoever holds its link: the token is the permission, and is verified before anything is read. A
 * forged, a broken and a withdrawn one fail alike, with `not_found`; `unavailable` when the database did not answer.
 */
export async function readSharedStatement(ctx: Ctx, token: string): Promise<Result<SharedStatement>> {
  const link = await linkFrom(ctx.env, 'statement', token)
  if (!link) return err({ reason: 'not_found', what: 'link' })
  const isLinked = eq(orders.id, link.id)
  const answer = await ifAnswered(
    ctx.db.batch([settingsQuery(ctx.db), orderQuery(ctx.db, isLinked), linesQuery(ctx.db, isLinked)]),
  )
  if (!answer) return err({ reason: 'unavailable' })
  const [settings, found, lines] = answer
  const row = found[0]
  if (row?.order.linkVersion !== link.version) return err({ reason: 'not_found', what: 'link' })
  const order = orderFrom(row, lines)
  const { currency } = settings[0]!
  return ok({
    number: order.number,
    statement: statementOf(order, retailerFrom(row.retailer), currency),
    settings: settings[0]!,
  })
}
