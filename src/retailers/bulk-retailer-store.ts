import { sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { Db, Statement } from '../db/client.ts'
import { retailers } from '../db/schema.ts'
import type { RetailerFields } from './retailer.ts'

// Retailers by the hundred, as an import writes them: one JSON parameter per statement (PLATFORM.md: D1).

/**
 * The retailers that have one of these names. The database takes only A–Z and a–z for the same letter: callers who
 * mean any letters pass a name in several spellings and compare again.
 */
export function retailersByNameQuery(db: Db, names: string[]) {
  const { id, name, type, contactName, email, phone, street, city, region, postcode, country } = retailers
  const { rate, notes, revision } = retailers
  return db.sql
    .select({
      ...{ id, name, type, contactName, email, phone, street, city, region, postcode, country, rate, notes },
      revision,
    })
    .from(retailers)
    .where(
      // Naming both states lets the index on (active, name) find them.
      sql`${retailers.active} IN (0, 1) AND ${name} IN (SELECT value FROM json_each(${JSON.stringify(names)}))`,
    )
}

export type StoredRetailer = Awaited<ReturnType<typeof retailersByNameQuery>>[number]

/** Adds active retailers. Its batch throws a unique conflict when an id is taken. */
export function insertRetailersStatement(
  ctx: Ctx,
  added: (RetailerFields & { id: string })[],
): Statement<never> {
  return ctx.db.statement(sql`INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region,
      postcode, country, rate, notes, active, revision, created_at, updated_at, updated_by)
    SELECT value->>'id', value->>'name', value->>'type', value->>'contactName', value->>'email', value->>'phone',
      value->>'street', value->>'city', value->>'region', value->>'postcode', value->>'country', value->>'rate',
      value->>'notes', 1, 1, ${ctx.now}, ${ctx.now}, ${JSON.stringify(ctx.actor)}
    FROM json_each(${JSON.stringify(added)})`)
}

/** Writes over retailers that still have the revision that is named; others stay as they are. */
export function updateRetailersStatement(
  ctx: Ctx,
  changed: (RetailerFields & { id: string; revision: number })[],
): Statement<never> {
  return ctx.db.statement(sql`UPDATE retailers SET name = value->>'name', type = value->>'type',
      contact_name = value->>'contactName', email = value->>'email', phone = value->>'phone',
      street = value->>'street', city = value->>'city', region = value->>'region', postcode = value->>'postcode',
      country = value->>'country', rate = value->>'rate', notes = value->>'notes',
      revision = retailers.revision + 1, updated_at = ${ctx.now}, updated_by = ${JSON.stringify(ctx.actor)}
    FROM json_each(${JSON.stringify(changed)})
    WHERE retailers.id = value->>'id' AND retailers.revision = value->>'revision'`)
}

/** How many of these retailers somebody else has changed since they were read: an expression for a guard. */
export function changedRetailersCount(read: { id: string; revision: number }[]) {
  const list = JSON.stringify(read.map(({ id, revision }) => ({ id, revision })))
  return sql<number>`(SELECT COUNT(*) FROM json_each(${list}) AS seen
    WHERE (SELECT revision FROM retailers WHERE id = seen.value->>'id') IS NOT seen.value->>'revision')`
}

/** How many retailers have the name of one of these that are to be added: an expression for a guard. */
export function takenNamesCount(added: { name: string }[]) {
  return sql<number>`(SELECT COUNT(*) FROM retailers WHERE active IN (0, 1)
    AND name IN (SELECT value FROM json_each(${JSON.stringify(added.map(({ name }) => name))})))`
}
