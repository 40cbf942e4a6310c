import type { Bindings } from './bindings.ts'
import { ORIGINALS } from './history.ts'

/** Over which copies are spread. */
const FOUR_YEARS = 4 * 365 * 86_400_000
/** Bounds one transaction. */
const COPIES_AT_ONCE = 20

const again = (column: string) => `${column} || '-' || copy`
const earlier = (column: string) => `${column} - (?2 - copy) * ?6`
const day = (column: string) => `date((${earlier(column)}) / 1000, 'unixepoch')`

/** What a copy has instead of the original's own, by table; `copy` counts the copies from 1. */
const TABLES: Record<string, { of: string; columns: Record<string, string> }> = {
  orders: {
    of: 'number BETWEEN ?3 AND ?4',
    columns: {
      ...{ number: `number + ?5 + (copy - 1) * ${ORIGINALS}`, id: again('id'), attempt: again('attempt') },
      ...{ created_at: earlier('created_at'), updated_at: earlier('updated_at'), date: day('created_at') },
    },
  },
  order_lines: { of: ofOriginals('order_id', 'id'), columns: { order_id: again('order_id') } },
  order_events: {
    of: ofOriginals('order_id', 'id'),
    columns: { order_id: again('order_id'), change_id: again('change_id'), at: earlier('at') },
  },
  mails: {
    of: ofOriginals('order_id', 'id'),
    columns: {
      ...{ number: 'NULL', id: again('id'), order_id: again('order_id'), sent_at: earlier('sent_at') },
      ...{ queued_at: earlier('queued_at'), status_at: earlier('status_at'), due_at: earlier('due_at') },
    },
  },
  transactions: {
    of: ofOriginals('order_id', 'id'),
    columns: {
      ...{ number: 'NULL', id: again('id'), order_id: again('order_id') },
      ...{ at: earlier('at'), date: day('at') },
    },
  },
  stock_decisions: {
    of: ofOriginals('attempt', 'attempt'),
    columns: { attempt: again('attempt'), at: earlier('at') },
  },
}

/**
 * Adds copies of the originals, those after the copy `after` up to the copy `upTo`, with everything that hangs on them:
 * lines, history, e-mails, transactions, decisions. Triggers keep the counters. Stock stays as it is, as if it had been
 * made up for since. Answers with the number of the first order of the last copy.
 */
export async function copyOriginals(
  { DB }: Bindings,
  oldest: number,
  { after, upTo }: { after: number; upTo: number },
): Promise<number> {
  const last = await DB.prepare('SELECT MAX(number) AS number FROM orders').first<{ number: number }>()
  const above = last!.number + 1 - oldest - after * ORIGINALS
  const between = Math.floor(FOUR_YEARS / (upTo - after))
  const queries = await Promise.all(Object.keys(TABLES).map((table) => copying(DB, table)))
  for (let from = after + 1; from <= upTo; from += COPIES_AT_ONCE) {
    const to = Math.min(upTo, from + COPIES_AT_ONCE - 1)
    const values = [from, upTo, oldest, oldest + ORIGINALS - 1, above, between, to]
    await DB.batch(queries.map((query) => DB.prepare(query).bind(...values)))
  }
  return oldest + above + (upTo - 1) * ORIGINALS
}

async function copying(db: Bindings['DB'], table: string): Promise<string> {
  const { of, columns } = TABLES[table]!
  const { results } = await db
    .prepare(`SELECT name FROM pragma_table_info('${table}')`)
    .all<{ name: string }>()
  const names = results.map(({ name }) => name)
  const values = names.map((name) => columns[name] ?? name)
  return `WITH RECURSIVE copies (copy) AS (SELECT ?1 UNION ALL SELECT copy + 1 FROM copies WHERE copy < ?7)
    INSERT INTO ${table} (${names}) SELECT ${values} FROM copies CROSS JOIN ${table}
    WHERE ${of} AND ?1 + ?2 + ?3 + ?4 + ?5 + ?6 + ?7 IS NOT NULL`
}

function ofOriginals(column: string, key: string) {
  return `${column} IN (SELECT ${key} FROM orders WHERE number BETWEEN ?3 AND ?4)`
}
