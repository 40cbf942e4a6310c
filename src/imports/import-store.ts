import { and, asc, desc, eq, getTableColumns, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db } from '../db/client.ts'
import { importProblems, imports } from '../db/schema.ts'
import type { Encoding } from './decode.ts'
import type { Example, ImportColumn, ImportFormat, ImportKind, RowProblem } from './import.ts'

export type Import = Omit<typeof imports.$inferSelect, 'examples'> & { examples: Example[] }

export interface NewImport {
  id: string
  kind: ImportKind
  fileName: string
  format: ImportFormat
  encoding: Encoding
  delimiter: string
  columns: ImportColumn[]
  currency: string
  /** Equal for the same upload sent twice. */
  requestDigest: string
}

/** Notes that a file is to be read; an id that is there stays as it is. */
export async function insertImport(ctx: Ctx, added: NewImport): Promise<void> {
  await ctx.db.batch([
    ctx.db.sql
      .insert(imports)
      .values({
        ...{ ...added, status: 'reading', position: 0, chunks: 0, rows: 0, skipped: 0 },
        ...{ created: 0, changed: 0, unchanged: 0, problems: 0, counted: 0, examples: [], attempts: 0 },
        ...{ leaseUntil: 0, createdAt: ctx.now, createdBy: ctx.actor, updatedAt: ctx.now },
      })
      .onConflictDoNothing({ target: imports.id }),
  ])
}

/** One import, to go into a page's batch. */
export function importQuery(db: Db, id: string) {
  return db.sql.select().from(imports).where(eq(imports.id, id))
}

export function importFrom(row: typeof imports.$inferSelect): Import {
  return { ...row, examples: row.examples as Example[] }
}

/** The newest imports of a kind. */
export function recentImportsQuery(db: Db, kind: ImportKind, limit: number) {
  const { columns: _, examples: __, ...shown } = getTableColumns(imports)
  return db.sql
    .select(shown)
    .from(imports)
    .where(eq(imports.kind, kind))
    .orderBy(desc(imports.number))
    .limit(limit)
}

/** The rows after `afterRow` that could not be taken, in the order of the file. */
export function problemsQuery(db: Db, importId: string, afterRow: number, limit: number) {
  const { row, message, cells } = importProblems
  return db.sql
    .select({ row, message, cells })
    .from(importProblems)
    .where(and(eq(importProblems.importId, importId), gt(row, afterRow)))
    .orderBy(asc(row))
    .limit(limit)
}

export async function readProblems(
  ctx: Ctx,
  importId: string,
  afterRow: number,
  limit: number,
): Promise<RowProblem[]> {
  const [problems] = await ctx.db.batch([problemsQuery(ctx.db, importId, afterRow, limit)])
  return problems
}

/** Starts applying a preview, and only a preview: the counts begin anew. Answers whether it was one. */
export async function beginApplying(ctx: Ctx, id: string): Promise<boolean> {
  const fromReading = sql<number>`(SELECT COUNT(*) FROM import_problems WHERE import_id = ${id} AND found = 'reading')`
  const [begun] = await ctx.db.batch([
    ctx.db.sql
      .update(imports)
      .set({
        ...{
          status: 'applying',
          position: 0,
          created: 0,
          changed: 0,
          unchanged: 0,
          counted: 0,
          examples: [],
        },
        ...{ problems: fromReading as unknown as number, appliedBy: ctx.actor, updatedAt: ctx.now },
      })
      .where(and(eq(imports.id, id), eq(imports.status, 'ready')))
      .returning({ id: imports.id }),
    ctx.db.statement(sql`DELETE FROM import_problems WHERE import_id = ${id} AND found = 'comparing'
      AND (SELECT status = 'applying' AND position = 0 FROM imports WHERE id = ${id})`),
  ])
  return begun.length > 0
}

/** Imports that have something to do, but which nobody has touched since `before`. */
export async function forsakenImports(ctx: Ctx, before: number, limit: number): Promise<string[]> {
  const [rows] = await ctx.db.batch([
    ctx.db.sql
      .select({ id: imports.id })
      .from(imports)
      .where(
        and(
          // In these words, because that is what the partial index goes by.
          sql`${imports.status} IN ('reading', 'comparing', 'applying', 'counting')`,
          lt(imports.updatedAt, before),
          lt(imports.leaseUntil, ctx.now),
        ),
      )
      .orderBy(asc(imports.updatedAt))
      .limit(limit),
  ])
  return rows.map(({ id }) => id)
}

/** Imports that came to nothing and that nobody has touched since `before`; from here on nobody can apply them. */
export async function closeLeftImports(
  ctx: Ctx,
  before: number,
  limit: number,
): Promise<{ id: string; chunks: number }[]> {
  const left = ctx.db.sql
    .select({ id: imports.id })
    .from(imports)
    // In these words, because that is what the partial index goes by.
    .where(and(sql`${imports.status} IN ('ready', 'failed')`, lt(imports.updatedAt, before)))
    .orderBy(asc(imports.updatedAt))
    .limit(limit)
  const [closed] = await ctx.db.batch([
    ctx.db.sql
      .update(imports)
      .set({ status: 'failed', failure: 'Nobody applied this preview.' })
      .where(inArray(imports.id, left))
      .returning({ id: imports.id, chunks: imports.chunks }),
  ])
  return closed
}

/** Forgets an import with its problems. */
export async function deleteImport(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.batch([
    ctx.db.statement(sql`DELETE FROM import_problems WHERE import_id = ${id}`),
    ctx.db.statement(sql`DELETE FROM import_adjustments WHERE import_id = ${id}`),
    ctx.db.sql.delete(imports).where(eq(imports.id, id)),
  ])
}
