import { and, asc, desc, eq, getTableColumns, gt, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { type Db, reusable } from '../db/client.ts'
import { mails, orders, retailers } from '../db/schema.ts'

export type MailStatus = (typeof mails.$inferSelect)['status']

/** More than an order ever has: 50 changes with 10 recipients each. */
const MAX_MAILS_OF_ORDER = 500

const ofOrderColumns = {
  id: mails.id,
  revision: mails.revision,
  recipient: mails.recipient,
  audience: mails.audience,
  status: mails.status,
  attempts: mails.attempts,
  reason: mails.reason,
  sentAt: mails.sentAt,
  againOf: mails.againOf,
}
/** An e-mail as the entry of the order's history that caused it shows it. Times are epoch milliseconds. */
export type MailOfOrder = Pick<typeof mails.$inferSelect, keyof typeof ofOrderColumns>

const mailsOfOrder = reusable((db) =>
  db.sql
    .select(ofOrderColumns)
    .from(mails)
    .innerJoin(orders, eq(orders.id, mails.orderId))
    .where(and(eq(orders.number, sql.placeholder('number')), lt(mails.revision, sql.placeholder('before'))))
    .orderBy(desc(mails.revision), asc(mails.number))
    .limit(MAX_MAILS_OF_ORDER),
)

/** The e-mails of an order, those of the newest change first; below revision `before`, if one is given. */
export function mailsOfOrderQuery(db: Db, number: number, before: number | null = null) {
  return mailsOfOrder(db, { number, before: before ?? Number.MAX_SAFE_INTEGER })
}

export interface MailFilter {
  status?: MailStatus
}

/** Where a page starts: below a row number (older) or above it (newer); the newest page without either. */
export type MailCursor = { olderThan?: number; newerThan?: number }

/** One page of e-mails, and one row more that tells whether there is a next page. */
export function mailPageQuery(db: Db, filter: MailFilter, cursor: MailCursor, limit: number) {
  const conditions: SQL[] = []
  if (filter.status) conditions.push(eq(mails.status, filter.status))
  if (cursor.olderThan !== undefined) conditions.push(lt(mails.number, cursor.olderThan))
  if (cursor.newerThan !== undefined) conditions.push(gt(mails.number, cursor.newerThan))
  return mailQuery(db)
    .where(and(...conditions))
    .orderBy(cursor.newerThan === undefined ? desc(mails.number) : asc(mails.number))
    .limit(limit + 1)
}

/** One e-mail. */
export function mailByIdQuery(db: Db, id: string) {
  return mailQuery(db).where(eq(mails.id, id))
}

const again = alias(mails, 'again')

function mailQuery(db: Db) {
  return db.sql
    .select({
      ...getTableColumns(mails),
      // Named apart: D1 answers a batch with objects, in which equal names overwrite each other.
      orderNumber: sql<number | null>`${orders.number}`.as('order_number'),
      retailerName: sql<string | null>`${retailers.name}`.as('retailer_name'),
      /** The message that staff had sent in its place. */
      againId: sql<string | null>`${again.id}`.as('again_id'),
    })
    .from(mails)
    .leftJoin(orders, eq(orders.id, mails.orderId))
    .leftJoin(retailers, eq(retailers.id, mails.retailerId))
    .leftJoin(again, eq(again.againOf, mails.id))
}

/** An e-mail on the pages about mail. Times are epoch milliseconds. */
export type MailRow = Awaited<ReturnType<typeof mailQuery>>[number]
