import Papa from 'papaparse'
import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import type { RowProblem } from './import.ts'
import { importQuery, readProblems } from './import-store.ts'

/** Bounds what is in memory at a time. */
const ROWS_PER_READ = 100
const BYTE_ORDER_MARK = '\uFEFF'
/** A cell that a spreadsheet would run; a negative number is none. */
const FORMULA = /^(?:[=@\t\r\0]|[+-](?!\d+(?:[.,]\d+)?$))/

/**
 * The rows that could not be taken as a CSV file: row number, what is wrong, and the cells as they came, so that it
 * can be corrected and imported again. Cells that start a formula are shielded with an apostrophe, which the import
 * takes off. Fails with `not_found`.
 */
export async function problemsCsv(
  ctx: Ctx,
  id: string,
): Promise<Result<{ fileName: string; body: ReadableStream<Uint8Array> }>> {
  const [[imported]] = await ctx.db.batch([importQuery(ctx.db, id)])
  if (!imported) return err({ reason: 'not_found', what: 'import' })
  const refused = refuse(ctx, `${imported.kind}.read`)
  if (refused) return refused
  const headings = ['Row', 'Problem', ...imported.columns.map(({ heading }) => heading)]
  return ok({
    fileName: `${imported.kind}-with-problems.csv`,
    body: streamOf(linesOf(ctx, id, headings)),
  })
}

async function* linesOf(ctx: Ctx, id: string, headings: string[]): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLines([headings])
  let problems: RowProblem[]
  let afterRow = 0
  do {
    problems = await readProblems(ctx, id, afterRow, ROWS_PER_READ)
    afterRow = problems.at(-1)?.row ?? afterRow
    if (problems.length > 0)
      yield csvLines(problems.map(({ row, message, cells }) => [row, message, ...cells]))
  } while (problems.length === ROWS_PER_READ)
}

function csvLines(rows: (string | number)[][]): string {
  return `${Papa.unparse(rows, { newline: '\r\n', escapeFormulae: FORMULA })}\r\n`
}

function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
}
