import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import type { ImportKind, RowProblem } from './import.ts'
import { type Import, importFrom, importQuery, problemsQuery, recentImportsQuery } from './import-store.ts'

/** Of each list, for a page; the whole list of problems is a file. */
const PROBLEMS_SHOWN = 50
const IMPORTS_SHOWN = 10

/** An import with its first problems. Fails with `not_found`, or `forbidden` for those who may not see its kind. */
export async function readImport(
  ctx: Ctx,
  id: string,
): Promise<Result<{ frame: Frame; imported: Import; problems: RowProblem[] }>> {
  const { frame, results } = await readWithFrame(ctx, [
    importQuery(ctx.db, id),
    problemsQuery(ctx.db, id, 0, PROBLEMS_SHOWN),
  ] as const)
  const [[row], problems] = results
  if (!row) return err({ reason: 'not_found', what: 'import' })
  const refused = refuse(ctx, `${row.kind}.read`)
  return refused ?? ok({ frame, imported: importFrom(row), problems })
}

export type RecentImport = Awaited<ReturnType<typeof recentImportsQuery>>[number]

/** The newest imports of a kind. */
export async function listImports(
  ctx: Ctx,
  kind: ImportKind,
): Promise<Result<{ frame: Frame; recent: RecentImport[] }>> {
  const refused = refuse(ctx, `${kind}.write`)
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    recentImportsQuery(ctx.db, kind, IMPORTS_SHOWN),
  ] as const)
  return ok({ frame, recent: results[0] })
}
