import type { Load, Range } from './load.ts'

/** A route or use case with its figures at one client and at many. */
export interface Result {
  name: string
  one: Load
  many: Load
  /** How many one-query floors one call costs with many clients. */
  floors?: number
}

const COLUMNS = [
  'route or use case',
  ...['1: /s', 'p50 ms', 'p99 ms'],
  ...['32: /s', 'p50 ms', 'p99 ms', 'floors'],
  ...['D1 trips', 'object calls', 'rows read', 'rows written', 'gzip bytes', 'unexpected'],
]

/** The results as a table of text. Counts that differ between requests are shown from the least to the most. */
export function table(results: Result[]): string {
  return columns([COLUMNS, ...results.map(cells)])
}

/** Rows of cells as text, with a line below the first; all but the first column stand at the right. */
export function columns(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd()
  const [heading, ...others] = rows.map(line)
  return [heading, widths.map((width) => '-'.repeat(width)).join('  '), ...others].join('\n')
}

function cells({ name, one, many, floors }: Result): string[] {
  const costs = costsOf({ one, many })
  return [
    name,
    ...[one, many].flatMap(({ perSecond, p50, p99 }) => [
      perSecond.toFixed(0),
      p50.toFixed(1),
      p99.toFixed(1),
    ]),
    floors?.toFixed(1) ?? '',
    ...[costs.roundTrips, costs.objectCalls, costs.rowsRead, costs.rowsWritten].map(said),
    String(one.gzipBytes),
    unexpectedOf([one, many]),
  ]
}

/** What the requests at one client and at many cost together. */
export function costsOf({ one, many }: Pick<Result, 'one' | 'many'>): Load['costs'] {
  const both = (name: keyof Load['costs']) => ({
    min: Math.min(one.costs[name].min, many.costs[name].min),
    max: Math.max(one.costs[name].max, many.costs[name].max),
  })
  return {
    ...{ roundTrips: both('roundTrips'), objectCalls: both('objectCalls') },
    ...{ rowsRead: both('rowsRead'), rowsWritten: both('rowsWritten') },
  }
}

/** "3", or "3–5" where requests differ. */
export function said({ min, max }: Range): string {
  if (min > max) return '–'
  return min === max ? String(min) : `${min}–${max}`
}

function unexpectedOf(loads: Load[]): string {
  const all = new Map<string, number>()
  for (const { unexpected } of loads) {
    for (const [what, times] of unexpected) all.set(what, (all.get(what) ?? 0) + times)
  }
  return [...all].map(([what, times]) => `${times} × ${what}`).join(', ') || '0'
}
