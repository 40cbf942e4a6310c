import { fillPlaceholders, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import { type SQLiteColumn, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'

/** What a request cost: D1 round trips and rows, and calls to stock objects. The benchmark reads it. */
export interface Meter {
  roundTrips: number
  objectCalls: number
  rowsRead: number
  rowsWritten: number
}

type Queries = readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]

/** A statement written as SQL, for a batch. */
export type Statement<Row> = BatchItem<'sqlite'> & { _: { result: Row[] } }

const dialect = new SQLiteSyncDialect()

/**
 * One D1 session. Everything goes through `batch`, so a use case's round trips can be counted by reading it, and
 * several statements are one transaction.
 */
export class Db {
  readonly meter: Meter = { roundTrips: 0, objectCalls: 0, rowsRead: 0, rowsWritten: 0 }
  readonly sql: DrizzleD1Database
  readonly #session: D1DatabaseSession

  /** `from` is a bookmark, 'first-primary' for decisions or 'first-unconstrained' for reads. */
  constructor(database: D1Database, from: string) {
    this.#session = database.withSession(from)
    this.sql = drizzle(metered(this.#session, this.meter) as unknown as D1Database)
  }

  /** Runs the statements as one transaction in one round trip; a failing one rolls all back and throws. */
  batch<const Q extends Queries>(queries: Q): Promise<BatchResponse<Q>> {
    return this.sql.batch(queries)
  }

  /** A statement that the query builder cannot say; `db.run(sql)` itself loses its parameters in a batch. */
  statement<Row = never>(query: SQL): Statement<Row> {
    const item = this.#item(dialect.sqlToQuery(query), (result) => (result as D1Result<Row>).results)
    return item as unknown as Statement<Row>
  }

  /** A query of `reusable`, with its values. */
  filled(built: BuiltQuery, values: Record<string, unknown>) {
    const { sql, params } = built.getQuery()
    return this.#item({ sql, params: fillPlaceholders(params, values) }, (result, isFromBatch) =>
      built.mapResult(result, isFromBatch),
    )
  }

  /** What drizzle takes for one of its own queries in a batch. */
  #item(query: { sql: string; params: unknown[] }, mapResult: BuiltQuery['mapResult']) {
    const item = {
      getQuery: () => query,
      stmt: this.#session.prepare(query.sql),
      mapResult,
      _prepare: () => item,
    }
    return item
  }

  /** Where this session has read or written up to, for the next request of the same person. */
  bookmark(): string | null {
    return this.#session.getBookmark()
  }
}

interface BuiltQuery {
  getQuery: () => { sql: string; params: unknown[] }
  mapResult: (result: unknown, isFromBatch: boolean) => unknown
}

/** Only builds queries: it has no database. */
const builder = new Db({ withSession: () => ({ prepare: () => null }) } as unknown as D1Database, '')

/**
 * A query that is built once, with `sql.placeholder(name)` where values go, and from then on is only given its
 * values: building one takes about as long as D1 takes to answer it.
 */
export function reusable<Query extends BatchItem<'sqlite'>>(build: (db: Db) => Query) {
  let built: BuiltQuery | undefined
  return (db: Db, values: Record<string, unknown> = {}): Query => {
    built ??= (build(builder) as unknown as { _prepare: () => BuiltQuery })._prepare()
    return db.filled(built, values) as unknown as Query
  }
}

/**
 * Queries that are written in a few ways, by what they filter and sort by: each way is built when it is first asked
 * for. A shape holds only what decides how a query is written, never a value that people type.
 */
export function reusableByShape<Shape, Query extends BatchItem<'sqlite'>>(
  build: (db: Db, shape: Shape) => Query,
) {
  const byShape = new Map<string, ReturnType<typeof reusable<Query>>>()
  return (db: Db, shape: Shape, values: Record<string, unknown>): Query => {
    const name = JSON.stringify(shape)
    let query = byShape.get(name)
    if (!query) {
      query = reusable((db) => build(db, shape))
      byShape.set(name, query)
    }
    return query(db, values)
  }
}

/** A placeholder for each column of a table, under the column's own name: for an insert that is built once. */
export function placeholders<Columns extends Record<string, SQLiteColumn>>(columns: Columns) {
  const named = Object.keys(columns).map((name) => [name, sql.placeholder(name)])
  return Object.fromEntries(named) as { [Key in keyof Columns]: Placeholder }
}

/**
 * A joined table's columns under names of their own. D1 answers a batch with objects, in which the equal names of
 * two tables would overwrite each other.
 */
export function prefixed<Columns extends Record<string, SQLiteColumn>>(prefix: string, columns: Columns) {
  const aliased = Object.entries(columns).map(([key, column]) => [
    key,
    sql`${column}`.mapWith(column).as(`${prefix}.${key}`),
  ])
  return Object.fromEntries(aliased) as {
    [Key in keyof Columns]: SQL.Aliased<Columns[Key]['_']['data'] | null>
  }
}

function metered(session: D1DatabaseSession, meter: Meter): Pick<D1DatabaseSession, 'prepare' | 'batch'> {
  return {
    prepare: (query) => session.prepare(query),
    batch: async <T>(statements: D1PreparedStatement[]) => {
      meter.roundTrips++
      const results = await session.batch<T>(statements).catch((error: unknown) => {
        throw isRefusedByDatabase(error)
          ? error
          : new NoAnswer('The database gave no answer.', { cause: error })
      })
      for (const { meta } of results) {
        meter.rowsRead += meta.rows_read
        meter.rowsWritten += meta.rows_written
      }
      return results
    },
  }
}

/** True for a primary key or unique conflict: somebody else was first. */
export function isUniqueConflict(error: unknown): boolean {
  return /(UNIQUE|PRIMARY KEY) constraint failed/i.test(messageOf(error))
}

/** True where a check refused a row that was fine when it was read: somebody else changed it first. */
export function isCheckConflict(error: unknown): boolean {
  return /CHECK constraint failed/i.test(messageOf(error))
}

/** True where the database refused the statements: they were rolled back and certainly did not happen. */
export function isRefusedByDatabase(error: unknown): boolean {
  return /SQLITE_|constraint failed/i.test(messageOf(error))
}

/** Thrown where the database gave no answer: what a batch would have read is unknown, and whether it wrote. */
export class NoAnswer extends Error {}

/** What a read answered, or null where the database did not answer. A statement that it refused is a bug and throws. */
export async function ifAnswered<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    console.warn(JSON.stringify({ event: 'database.no_answer', message: messageOf(error) }))
    return null
  }
}

/** The innermost message: drizzle's own repeats the parameters, which may be personal data. */
export function messageOf(error: unknown): string {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  return inner instanceof Error ? inner.message : String(inner)
}
