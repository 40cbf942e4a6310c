import type { Ctx } from '../context.ts'
import { giveWay } from '../give-way.ts'
import { numberWords } from '../number-words.ts'
import { type CsvRecord, EndlessRow, isEmpty, recordsOf } from './csv-records.ts'
import { textOf } from './decode.ts'
import { type ImportRow, MAX_ROWS, type RowProblem, type RowReader } from './import.ts'
import { keepChunk, openUpload } from './import-files.ts'
import { failImport, finishReading, saveReading } from './import-step-store.ts'
import type { Import } from './import-store.ts'
import { productRowReader } from './product-rows.ts'
import { retailerRowReader } from './retailer-rows.ts'
import { shopifyRowReader } from './shopify-rows.ts'

/** A chunk is what one step compares or writes: one statement's JSON, and within the calls of one message. */
const ROWS_PER_CHUNK = 200
/** Well below the 2 MB of one D1 parameter, three bytes for a character. */
const CHARACTERS_PER_CHUNK = 400_000
/** What of a row's cells is kept for the list of problems. */
const KEPT_CELL_CHARACTERS = 10_000
const KEPT_ROW_CHARACTERS = 100_000
/** Two calls each, of the 1,000 that one message may make. */
const MAX_CHUNKS = 400

/**
 * Reads the whole file of an import, row by row, into chunks of understood rows and a list of problems. Doing it
 * again leaves the same. Answers with the import as it goes on, or null when it ended here: what cannot be read as a
 * table at all fails the import in words.
 */
export async function readRows(ctx: Ctx, imported: Import): Promise<Import | null> {
  const read = readerOf(imported)
  const counts = { chunks: 0, rows: 0, skipped: 0, problems: 0 }
  let rows: ImportRow<unknown>[] = []
  let problems: RowProblem[] = []
  let characters = 0
  const flush = async () => {
    if (rows.length > 0) await keepChunk(ctx, imported.id, counts.chunks++, rows)
    await saveReading(ctx, imported.id, { rows: counts.rows, problems })
    rows = []
    problems = []
    characters = 0
    await giveWay()
  }
  try {
    const text = textOf(await openUpload(ctx, imported.id), imported.encoding)
    let hasHeadings = false
    for await (const record of recordsOf(text, imported.delimiter)) {
      if (isEmpty(record.cells)) continue
      if (!hasHeadings) {
        hasHeadings = true
        continue
      }
      counts.rows++
      const reading = checkShape(record, imported.columns.length) ?? read(record.cells, record.row)
      if (reading === null) {
        counts.skipped++
        continue
      }
      const kept = { ...reading, cells: keptCells(reading.cells) }
      if ('message' in kept) {
        problems.push(kept)
        counts.problems++
      } else rows.push(kept)
      characters += JSON.stringify(kept).length
      if (rows.length + problems.length >= ROWS_PER_CHUNK || characters >= CHARACTERS_PER_CHUNK) await flush()
      if (counts.rows > MAX_ROWS || counts.chunks > MAX_CHUNKS) {
        return end(
          ctx,
          imported,
          `The file has too many rows. Split it into files of at most ${maxRows} rows.`,
        )
      }
    }
  } catch (error) {
    if (!(error instanceof EndlessRow)) throw error
    const where = `Row ${error.row} does not end: it probably has a quotation mark (") that is opened and never closed.`
    return end(ctx, imported, `${where} Correct it in the file, then upload it again.`)
  }
  if (counts.rows === 0) return end(ctx, imported, 'The file has headings, but no rows below them.')
  await flush()
  return finishReading(ctx, imported.id, counts)
}

const maxRows = numberWords(MAX_ROWS)

function readerOf({ format, columns, currency }: Import): RowReader<unknown> {
  switch (format) {
    case 'shopify':
      return shopifyRowReader(columns, currency)
    case 'products':
      return productRowReader(columns, currency)
    case 'retailers':
      return retailerRowReader(columns)
  }
}

/** What makes a record doubtful whatever it says: its cells may be in the wrong columns. */
function checkShape({ row, cells, isWellQuoted }: CsvRecord, columns: number): RowProblem | null {
  if (!isWellQuoted) {
    const message =
      'A quotation mark (") is not closed, or closes in the middle of a cell. The rows after it may be part of it.'
    return { row, cells, message }
  }
  if (cells.length <= columns || isEmpty(cells.slice(columns))) return null
  const message =
    `There are ${cells.length} cells, but ${columns} headings. ` +
    'A cell with a separator in it has to be in quotation marks.'
  return { row, cells, message }
}

function keptCells(cells: string[]): string[] {
  let room = KEPT_ROW_CHARACTERS
  return cells.map((cell) => {
    const kept = cell.slice(0, Math.min(KEPT_CELL_CHARACTERS, room))
    room -= kept.length
    return kept
  })
}

async function end(ctx: Ctx, { id }: Import, failure: string): Promise<null> {
  await failImport(ctx, id, failure)
  return null
}
