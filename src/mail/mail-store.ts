import { and, asc, desc, eq, getTableColumns, gt, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { type Db, reusable, reusableByShape } from '../db/client.ts'
import { mailCounts, mails, orders, retailers } from '../db/schema.ts'

export type MailStatus = (typeof mails.$inferSelect)['status']

/** More than a page of a history ever has: 50 changes with 21 recipients each, and what was sent again. */
const MAX_MAILS_OF_ORDER = 1_200

const ofOrderColumns = {
  id: mails.id,
  revision: mails.revision,
  recipient: mails.recipient,
  audience: mails.audience,
  status: mails.status,
  statusAt: mails.statusAt,
  attempts: mails.attempts,
  dueAt: mails.dueAt,
  providerId: mails.providerId,
  reason: mails.reason,
  decided: mails.decided,
  decidedBy: mails.decidedBy,
  againOf: mails.againOf,
  askedBy: mails.askedBy,
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

/** What did not arrive, or may not have: somebody has to decide what to do about it. */
export const TO_DECIDE = ['failed', 'unknown', 'bounced', 'complained'] as const satisfies MailStatus[]

/** At most one of them at a time: each has an index of its own. */
export interface MailFilter {
  status?: MailStatus
  /** Only what waits for a decision. */
  toDecide?: boolean
  /** A whole address. */
  recipient?: string
}

/** Where a page starts: below a row number (older) or above it (newer); the newest page without either. */
export type MailCursor = { olderThan?: number; newerThan?: number }

/** One page of e-mails, and one row more that tells whether there is a next page. */
export function mailPageQuery(db: Db, filter: MailFilter, cursor: MailCursor, limit: number) {
  const { status, recipient, toDecide } = filter
  const shape = {
    ...{ forwards: cursor.newerThan !== undefined, toDecide: toDecide === true },
    ...{ hasStatus: status !== undefined, hasRecipient: recipient !== undefined },
  }
  const place = cursor.newerThan ?? cursor.olderThan ?? Number.MAX_SAFE_INTEGER
  return mailPage(db, shape, { place, status, recipient, limit: limit + 1 })
}

interface MailPageShape {
  forwards: boolean
  hasStatus: boolean
  hasRecipient: boolean
  toDecide: boolean
}

const mailPage = reusableByShape((db, { forwards, hasStatus, hasRecipient, toDecide }: MailPageShape) => {
  const value = sql.placeholder
  const place = (forwards ? gt : lt)(mails.number, value('place'))
  const conditions: SQL[] = [place]
  if (hasStatus) conditions.push(eq(mails.status, value('status')))
  if (hasRecipient) conditions.push(eq(mails.recipient, value('recipient')))
  if (toDecide) {
    // Left to itself, SQLite reads all e-mails of these states instead of the index that holds only the undecided.
    conditions.push(sql`${mails.number} IN (SELECT number FROM mails INDEXED BY mails_undecided
      WHERE decided = 0 AND status IN ('failed', 'unknown', 'bounced', 'complained') AND ${place}
      ORDER BY number ${sql.raw(forwards ? 'ASC' : 'DESC')} LIMIT ${value('limit')})`)
  }
  return listedMails(db)
    .where(and(...conditions))
    .orderBy(forwards ? asc(mails.number) : desc(mails.number))
    .limit(value('limit'))
})

const mailById = reusable((db) => shownMails(db).where(eq(mails.id, sql.placeholder('id'))))
/** One e-mail. */
export const mailByIdQuery = (db: Db, id: string) => mailById(db, { id })

const again = alias(mails, 'again')

const { number, id, recipient, status, statusAt, retailerId, event, decided, decidedBy, reason, attempts } =
  mails
const listedColumns = {
  ...{ number, id, recipient, status, statusAt, retailerId, event, decided, decidedBy, reason, attempts },
  // Named apart: D1 answers a batch with objects, in which equal names overwrite each other.
  orderNumber: sql<number | null>`${orders.number}`.as('order_number'),
  retailerName: sql<string | null>`${retailers.name}`.as('retailer_name'),
  /** Where the message went that staff had sent in its place. */
  againRecipient: sql<string | null>`${again.recipient}`.as('again_recipient'),
}

const shownColumns = {
  ...getTableColumns(mails),
  ...listedColumns,
  /** Whose page has the recipient's address, for what went to a retailer. */
  concernedId: sql<string | null>`COALESCE(${mails.retailerId}, ${orders.retailerId})`.as('concerned_id'),
  againId: sql<string | null>`${again.id}`.as('again_id'),
}

function listedMails(db: Db) {
  return db.sql
    .select(listedColumns)
    .from(mails)
    .leftJoin(orders, eq(orders.id, mails.orderId))
    .leftJoin(retailers, eq(retailers.id, mails.retailerId))
    .leftJoin(again, eq(again.againOf, mails.id))
}

function shownMails(db: Db) {
  return db.sql
    .select(shownColumns)
    .from(mails)
    .leftJoin(orders, eq(orders.id, mails.orderId))
    .leftJoin(retailers, eq(retailers.id, mails.retailerId))
    .leftJoin(again, eq(again.againOf, mails.id))
}

/** An e-mail in the list of them. Times are epoch milliseconds. */
export type MailRow = Awaited<ReturnType<typeof mailPage>>[number]
/** An e-mail on its own page. */
export type ShownMail = Awaited<ReturnType<typeof mailById>>[number]

/** How many e-mails there are in each state, decided about or not: kept by triggers, at most 18 rows. */
export const mailCountsQuery = reusable((db) => db.sql.select().from(mailCounts))

/** How many e-mails wait for a decision, from at most four rows. */
export const mailsToDecide = sql<number>`(SELECT COALESCE(SUM(${mailCounts.mails}), 0) FROM ${mailCounts}
  WHERE ${inArray(mailCounts.status, TO_DECIDE)} AND ${mailCounts.decided} = 0)`
