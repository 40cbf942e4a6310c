import { and, asc, desc, eq, ne, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { type Db, reusableByShape } from '../db/client.ts'
import { matchExpression } from '../db/full-text.ts'
import { retailers } from '../db/schema.ts'
import type { RetailerType } from '../orders/order.ts'
import type { RetailerFields } from './retailer.ts'

/** So many of the newest matches are sorted by name: a bound on what one search reads. */
export const MAX_CANDIDATES = 100

const { number, name, type, active } = retailers
const { id, contactName, email, phone, street, city, region, postcode, country, rate, notes } = retailers
const { revision, createdAt, updatedAt, portalOpen, portalLinkVersion, minimumOrder } = retailers
const fieldColumns = {
  ...{ name, type, contactName, email, phone, street, city, region, postcode, country, rate, notes },
}
const listedColumns = { number, id, name, type, contactName, email, city, rate }

/** One retailer with everything that is known of it. */
export function retailerQuery(db: Db, retailerId: string) {
  return db.sql
    .select({
      ...{ ...fieldColumns, id, active, revision, createdAt, updatedAt },
      ...{ portalOpen, portalLinkVersion, minimumOrder },
    })
    .from(retailers)
    .where(eq(id, retailerId))
}

/** Inserts an active retailer, unless the id is there, and answers what has the id now. */
export async function insertRetailer(ctx: Ctx, newId: string, fields: RetailerFields) {
  const { now, actor } = ctx
  const [, made] = await ctx.db.batch([
    ctx.db.sql
      .insert(retailers)
      .values({
        ...{ id: newId, ...fields, active: true, revision: 1 },
        ...{ createdAt: now, updatedAt: now, updatedBy: actor },
      })
      .onConflictDoNothing({ target: id }),
    retailerQuery(ctx.db, newId),
  ])
  return made[0]!
}

/** Updates a retailer that still has the revision `seen`, and answers what is there now. */
export async function updateRetailer(ctx: Ctx, retailerId: string, seen: number, fields: RetailerFields) {
  const [updated, current] = await ctx.db.batch([
    ctx.db.sql
      .update(retailers)
      .set({ ...fields, revision: seen + 1, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(and(eq(id, retailerId), eq(revision, seen)))
      .returning({ revision }),
    retailerQuery(ctx.db, retailerId),
  ])
  return { updated: updated.length > 0, current: current[0] ?? null }
}

/** Its revision stays: whoever is editing the fields changes nothing about the activity. */
export async function writeActivity(ctx: Ctx, retailerId: string, isActive: boolean) {
  const [, current] = await ctx.db.batch([
    ctx.db.sql
      .update(retailers)
      .set({ active: isActive, updatedAt: ctx.now, updatedBy: ctx.actor })
      .where(and(eq(id, retailerId), ne(active, isActive))),
    ctx.db.sql.select({ id }).from(retailers).where(eq(id, retailerId)),
  ])
  return { exists: current.length > 0 }
}

export interface RetailerFilter {
  active: boolean
  type?: RetailerType
}

/** Where a page starts: after a retailer's row number, or before it; the first page without either. */
export type RetailerCursor = { after?: number; before?: number }

export type ListedRetailer = Awaited<ReturnType<typeof retailerPageQuery>>[number]

/** At most `limit` retailers by name (backwards before a cursor), each filter along an index of its own. */
export function retailerPageQuery(db: Db, filter: RetailerFilter, cursor: RetailerCursor, limit: number) {
  const place = cursor.before ?? cursor.after
  const shape = {
    ...{ hasType: filter.type !== undefined, backwards: cursor.before !== undefined },
    isContinued: place !== undefined,
  }
  return retailerPage(db, shape, { active: filter.active, type: filter.type, place, limit })
}

interface RetailerPageShape {
  hasType: boolean
  backwards: boolean
  isContinued: boolean
}

const retailerPage = reusableByShape((db, { hasType, backwards, isContinued }: RetailerPageShape) => {
  const value = sql.placeholder
  const there = sql`(SELECT name, number FROM retailers WHERE number = ${value('place')})`
  return db.sql
    .select(listedColumns)
    .from(retailers)
    .where(
      and(
        eq(active, value('active')),
        hasType ? eq(type, value('type')) : undefined,
        isContinued ? sql`(${name}, ${number}) ${sql.raw(backwards ? '<' : '>')} ${there}` : undefined,
      ),
    )
    .orderBy(...(backwards ? [desc(name), desc(number)] : [asc(name), asc(number)]))
    .limit(value('limit'))
})

/** The newest MAX_CANDIDATES retailers that are found by the words of `text`, by name. */
export function foundRetailersQuery(db: Db, filter: RetailerFilter, text: string) {
  const state = `${filter.active ? 'active' : 'inactive'} ${filter.type ?? ''}`
  return db.sql.select(listedColumns).from(retailers).where(foundBy(state, text)).orderBy(name, number)
}

/** Active retailers to pick from; `text` is trimmed. */
export function pickedRetailersQuery(db: Db, text: string, limit: number) {
  return db.sql
    .select({ id, name, type, contactName, email, city, rate })
    .from(retailers)
    .where(text === '' ? eq(active, true) : foundBy('active', text))
    .orderBy(name, number)
    .limit(limit)
}

/** The retailers whose words are searched for, within those that have the words of `state`. */
function foundBy(state: string, text: string) {
  const match = matchExpression(text)
  if (!match) return sql`false`
  const within = `state : (${state}) AND {name contact_name email city} : (${match})`
  return sql`${number} IN (SELECT rowid FROM retailer_search WHERE retailer_search MATCH ${within}
    ORDER BY rowid DESC LIMIT ${MAX_CANDIDATES})`
}
