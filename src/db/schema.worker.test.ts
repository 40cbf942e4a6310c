import { env } from 'cloudflare:workers'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, it } from 'vitest'
import * as schema from './schema.ts'

const tables = Object.values(schema).filter((value) => is(value, SQLiteTable))

it.each(tables.map((table) => getTableConfig(table)))('$name is as the migrations made it', async (table) => {
  const { results } = await env.DB.prepare(
    `SELECT name, type, "notnull" FROM pragma_table_info('${table.name}')`,
  ).all()
  const mirrored = table.columns.map((column) => ({
    name: column.name,
    type: column.getSQLType().toUpperCase(),
    // SQLite itself says of an integer primary key that it may be null.
    notnull: Number(column.notNull && !(column.primary && column.getSQLType() === 'integer')),
  }))
  const made = results.map((row) => ({ ...row }))
  expect(sorted(mirrored)).toEqual(sorted(made))
})

it('mirrors every table', async () => {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%' AND name NOT LIKE 'sqlite_%'
     AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations' ORDER BY name`,
  ).all()
  expect(results.map((row) => row.name)).toEqual(tables.map((table) => getTableConfig(table).name).sort())
})

const sorted = (columns: { name?: unknown }[]) =>
  columns.toSorted((a, b) => String(a.name).localeCompare(String(b.name)))
