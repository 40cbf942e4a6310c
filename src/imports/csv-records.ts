import Papa from 'papaparse'
import { MAX_ROW_CHARACTERS } from './import.ts'

const DELIMITERS = [',', ';', '\t', '|']

/** One record of the file. `row` counts as spreadsheets do: the headings are row 1, empty lines count. */
export interface CsvRecord {
  row: number
  cells: string[]
  /** False where a quotation mark is not closed, or closes inside a cell. */
  isWellQuoted: boolean
}

/** A row without an end: everything after an open quotation mark would be part of it. */
export class EndlessRow extends Error {
  readonly row: number
  constructor(row: number) {
    super(`Row ${row} has no end.`)
    this.row = row
  }
}

/**
 * The records of a text that arrives in pieces; only a record that is not complete yet is held. Throws EndlessRow
 * for one above MAX_ROW_CHARACTERS.
 */
export async function* recordsOf(
  pieces: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  let row = 0
  let pending = ''
  const take = (isLast: boolean) => {
    const { data, errors, meta } = parseRecords(pending, delimiter, !isLast)
    pending = pending.slice(meta.cursor)
    const broken = new Set(errors.map((error) => error.row))
    return data.map((cells, index) => ({ row: ++row, cells, isWellQuoted: !broken.has(index) }))
  }
  for await (const piece of pieces) {
    pending += piece
    yield* take(false)
    if (pending.length > MAX_ROW_CHARACTERS) throw new EndlessRow(row + 1)
  }
  if (pending !== '') yield* take(true)
}

/** The first record that is not empty, separated by the delimiter that `score` likes best. */
export function headingsOf(
  beginning: string,
  score: (headings: string[]) => number,
): { delimiter: string; headings: string[] } {
  const candidates = DELIMITERS.map((delimiter) => {
    const headings = parseRecords(beginning, delimiter, false).data.find((cells) => !isEmpty(cells)) ?? []
    return { delimiter, headings, score: score(headings) }
  })
  return candidates.reduce((best, next) => (next.score > best.score ? next : best))
}

export function isEmpty(cells: string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

interface Parsed {
  data: string[][]
  errors: { row: number }[]
  /** Where the last complete record ends. */
  meta: { cursor: number }
}

function parseRecords(text: string, delimiter: string, isLastIncomplete: boolean): Parsed {
  return new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, isLastIncomplete)
}
