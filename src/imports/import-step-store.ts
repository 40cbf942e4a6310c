import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { isRefusedByDatabase, type Statement } from '../db/client.ts'
import { importAdjustments, imports } from '../db/schema.ts'
import type { Example, ImportAdjustment, ImportStatus, RowProblem, Tally } from './import.ts'
import { type Import, importFrom } from './import-store.ts'

/**
 * Takes an import to work on it until `leaseUntil`; null when there is nothing to do or somebody else is at it. The
 * lease only saves work: what makes a step happen once is its position.
 */
export async function claimImport(ctx: Ctx, id: string, leaseUntil: number): Promise<Import | null> {
  const [claimed] = await ctx.db.batch([
    ctx.db.sql
      .update(imports)
      .set({ leaseUntil, attempts: sql`${imports.attempts} + 1` })
      .where(
        and(
          eq(imports.id, id),
          sql`${imports.status} IN ('reading', 'comparing', 'applying', 'counting')`,
          sql`${imports.leaseUntil} < ${ctx.now}`,
        ),
      )
      .returning(),
  ])
  return claimed[0] ? importFrom(claimed[0]) : null
}

/** Lets others work on it at once. */
export async function releaseImport(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.batch([ctx.db.sql.update(imports).set({ leaseUntil: 0 }).where(eq(imports.id, id))])
}

/** Notes how far reading has come, with the problems found since. Reading again leaves the same. */
export async function saveReading(
  ctx: Ctx,
  id: string,
  { rows, problems }: { rows: number; problems: RowProblem[] },
): Promise<void> {
  await ctx.db.batch([
    problemsStatement(ctx, id, 'reading', problems),
    ctx.db.sql
      .update(imports)
      .set({ rows, updatedAt: ctx.now })
      .where(and(eq(imports.id, id), eq(imports.status, 'reading'))),
  ])
}

/** Ends the reading: the chunks wait to be compared, or there is nothing but problems. */
export async function finishReading(
  ctx: Ctx,
  id: string,
  { chunks, rows, skipped, problems }: { chunks: number; rows: number; skipped: number; problems: number },
): Promise<Import | null> {
  const status = chunks === 0 ? 'ready' : 'comparing'
  const [finished] = await ctx.db.batch([
    ctx.db.sql
      .update(imports)
      .set({ status, chunks, rows, skipped, problems, attempts: 0, updatedAt: ctx.now })
      .where(and(eq(imports.id, id), eq(imports.status, 'reading')))
      .returning(),
  ])
  return finished[0] ? importFrom(finished[0]) : null
}

/** Ends an import that cannot go on. `failure` tells staff why and what to do. */
export async function failImport(ctx: Ctx, id: string, failure: string): Promise<void> {
  await ctx.db.batch([
    ctx.db.sql
      .update(imports)
      .set({ status: 'failed', failure, leaseUntil: 0, updatedAt: ctx.now })
      .where(and(eq(imports.id, id), sql`${imports.status} NOT IN ('ready', 'applied')`)),
  ])
}

/** One step: what it found and writes, from the place that it expects to the next one. */
export interface Step {
  from: Import
  to: { status: ImportStatus; position: number }
  tally: Tally
  examples: Example[]
  problems: RowProblem[]
  /** What the stock objects are to be told, when the chunk's products are written. */
  adjustments: ImportAdjustment[]
  writes: Statement<never>[]
  /** Expressions that are 0 as long as nobody has changed what the step was decided by. */
  disturbances: SQL<number>[]
}

/**
 * Does a step in one transaction, and only where the import is still at `from` and nothing was disturbed: a step
 * that is delivered twice happens once. Null when it did not happen, and then nothing of it did.
 */
export async function takeStep(ctx: Ctx, step: Step): Promise<Import | null> {
  const { from, to, tally, adjustments } = step
  const isInPlace = and(
    eq(imports.status, from.status),
    eq(imports.position, from.position),
    ...step.disturbances.map((disturbance) => sql`${disturbance} = 0`),
  )
  const add = (column: keyof Tally) => sql`${imports[column]} + ${tally[column]}`
  try {
    const [moved] = await ctx.db.batch([
      ctx.db.sql
        .update(imports)
        .set({
          // Below zero the table refuses it, and with it the whole batch.
          position: sql`CASE WHEN ${isInPlace} THEN ${to.position} ELSE -1 END`,
          status: to.status,
          ...{ created: add('created'), changed: add('changed'), unchanged: add('unchanged') },
          ...{ problems: add('problems'), counted: add('counted'), examples: step.examples },
          ...{ attempts: 0, updatedAt: ctx.now },
        })
        .where(eq(imports.id, from.id))
        .returning(),
      problemsStatement(ctx, from.id, 'comparing', step.problems),
      ...step.writes,
      ...(adjustments.length > 0
        ? [
            ctx.db.sql
              .insert(importAdjustments)
              .values({ importId: from.id, chunk: from.position, adjustments }),
          ]
        : []),
    ])
    return moved[0] ? importFrom(moved[0]) : null
  } catch (error) {
    if (isRefusedByDatabase(error)) return null
    throw error
  }
}

/** Where an import stands now; null when it does not exist. */
export async function readPlace(ctx: Ctx, id: string) {
  const { status, position } = imports
  const [rows] = await ctx.db.batch([
    ctx.db.sql.select({ status, position }).from(imports).where(eq(imports.id, id)),
  ])
  return rows[0] ?? null
}

/** What the stock objects are to be told of a chunk. */
export async function readAdjustments(
  ctx: Ctx,
  importId: string,
  chunk: number,
): Promise<ImportAdjustment[]> {
  const [rows] = await ctx.db.batch([
    ctx.db.sql
      .select({ adjustments: importAdjustments.adjustments })
      .from(importAdjustments)
      .where(and(eq(importAdjustments.importId, importId), eq(importAdjustments.chunk, chunk))),
  ])
  return (rows[0]?.adjustments ?? []) as ImportAdjustment[]
}

function problemsStatement(ctx: Ctx, id: string, found: 'reading' | 'comparing', problems: RowProblem[]) {
  return ctx.db.statement<never>(sql`INSERT INTO import_problems (import_id, row, found, message, cells)
    SELECT ${id}, value->>'row', ${found}, value->>'message', value->'cells'
    FROM json_each(${JSON.stringify(problems)}) WHERE true
    ON CONFLICT DO UPDATE SET message = excluded.message, cells = excluded.cells`)
}
