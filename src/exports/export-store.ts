import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { exports } from '../db/schema.ts'
import type { OrderFilter } from '../orders/order-filter.ts'
import { type ExportContent, type ExportTerms, MAX_WRITING } from './export.ts'

const { carry: _, parts: __, filter: ___, ...plainColumns } = getTableColumns(exports)

/** An export as people see it, with the name of the retailer that it is filtered by. */
export type ListedExport = Awaited<ReturnType<typeof exportQuery>>[number]

export interface NewExport {
  id: string
  content: ExportContent
  filter: OrderFilter
  /** The filter as a search of the orders; '' takes all, null none. */
  expression: string | null
}

/**
 * Starts an export: what this transaction sees is what the file will say. `beginning` makes the first bytes of the
 * file. Answers whether the id has this export now, or another one, or none while too many are being written.
 */
export async function insertExport(
  ctx: Ctx,
  { id, content, filter, expression }: NewExport,
  terms: Omit<ExportTerms, 'content'>,
  beginning: Uint8Array,
): Promise<'this' | 'other' | 'none'> {
  const asked = JSON.stringify(filter)
  const last = expression === null ? sql`0` : sql`COALESCE((SELECT MAX(number) FROM orders), 0)`
  const [, , made] = await ctx.db.batch([
    // Every change of an order will ask for this expression: one that the index does not take must not get in.
    ctx.db.statement(
      sql`SELECT rowid FROM order_search WHERE order_search MATCH ${expression || '"f0"'} LIMIT 1`,
    ),
    ctx.db.statement(sql`
      INSERT INTO exports (id, content, filter, expression, currency, time_zone, status, first_number, last_number,
        position, rows, bytes, parts, carry, claims, attempts, lease_until, created_at, created_by, updated_at)
      SELECT ${id}, ${content}, ${asked}, ${expression ?? ''}, ${terms.currency}, ${terms.timeZone},
        'writing', COALESCE((SELECT MIN(number) FROM orders), 1), ${last}, ${last} + 1, 0, 0, '[]', ${beginning},
        0, 0, 0, ${ctx.now}, ${JSON.stringify(ctx.actor)}, ${ctx.now}
      WHERE (SELECT COUNT(*) FROM exports WHERE status = 'writing') < ${MAX_WRITING}
      ON CONFLICT (id) DO NOTHING`),
    ctx.db.sql
      .select({ content: exports.content, asked: sql<string>`${exports.filter}` })
      .from(exports)
      .where(eq(exports.id, id)),
  ])
  const there = made[0]
  if (!there) return 'none'
  return there.content === content && there.asked === asked ? 'this' : 'other'
}

/** One export, to go into a page's batch. */
export function exportQuery(db: Db, id: string) {
  return listedQuery(db).where(eq(exports.id, id))
}

/** The newest exports of the business, below the number `before` if one is given. */
export function recentExportsQuery(db: Db, before: number | null, limit: number) {
  return listedQuery(db)
    .where(before === null ? undefined : lt(exports.number, before))
    .orderBy(desc(exports.number))
    .limit(limit)
}

function listedQuery(db: Db) {
  return db.sql
    .select({
      ...plainColumns,
      filter: sql<OrderFilter>`${exports.filter}`.mapWith((text: string) => JSON.parse(text)).as('filter'),
      retailerName: sql<
        string | null
      >`(SELECT name FROM retailers WHERE id = ${exports.filter} ->> 'retailerId')`.as('retailerName'),
    })
    .from(exports)
    .$dynamic()
}

/** Exports that are being written, but which nobody has touched since `before`, and how old they are. */
export async function forsakenExports(ctx: Ctx, before: number, limit: number) {
  const { id, uploadId, createdAt } = exports
  const [rows] = await ctx.db.batch([
    ctx.db.sql
      .select({ id, uploadId, createdAt })
      .from(exports)
      // In these words, because that is what the partial index goes by.
      .where(and(sql`status = 'writing'`, lt(exports.updatedAt, before), lt(exports.leaseUntil, ctx.now)))
      .orderBy(asc(exports.updatedAt))
      .limit(limit),
  ])
  return rows
}

/** Failed exports whose unfinished upload still takes room. */
export async function unfinishedUploads(
  ctx: Ctx,
  limit: number,
): Promise<{ id: string; uploadId: string }[]> {
  const { id, uploadId } = exports
  const [rows] = await ctx.db.batch([
    ctx.db.sql
      .select({ id, uploadId })
      .from(exports)
      .where(and(sql`status = 'failed'`, isNotNull(uploadId)))
      .limit(limit),
  ])
  return rows as { id: string; uploadId: string }[]
}

/** Notes that nothing of a failed export's upload is left. */
export async function forgetUpload(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.batch([ctx.db.sql.update(exports).set({ uploadId: null }).where(eq(exports.id, id))])
}

/** Exports that were started before a moment and are not being written. */
export async function exportsBefore(ctx: Ctx, moment: number, limit: number): Promise<string[]> {
  const [rows] = await ctx.db.batch([
    ctx.db.sql
      .select({ id: exports.id })
      .from(exports)
      .where(and(lt(exports.createdAt, moment), ne(exports.status, 'writing')))
      .orderBy(asc(exports.createdAt))
      .limit(limit),
  ])
  return rows.map(({ id }) => id)
}

export async function deleteExports(ctx: Ctx, ids: string[]): Promise<void> {
  await ctx.db.batch([ctx.db.sql.delete(exports).where(inArray(exports.id, ids))])
}
