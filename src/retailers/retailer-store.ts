import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { matchExpression } from '../db/full-text.ts'
import { retailers } from '../db/schema.ts'

/** So many of the newest matches are sorted by name: a bound on what one search reads. */
const MAX_CANDIDATES = 100

/** Active retailers to pick from; `text` is trimmed. */
export function pickedRetailersQuery(db: Db, text: string, limit: number) {
  const { number, id, name, type, contactName, email, city, rate, active } = retailers
  return db.sql
    .select({ id, name, type, contactName, email, city, rate })
    .from(retailers)
    .where(text === '' ? eq(active, true) : foundBy('active', text))
    .orderBy(name, number)
    .limit(limit)
}

/** The retailers whose words are searched for, within those of that state. */
function foundBy(state: string, text: string) {
  const match = matchExpression(text)
  if (!match) return sql`false`
  const within = `state : (${state}) AND {name contact_name email city} : (${match})`
  return sql`${retailers.number} IN (SELECT rowid FROM retailer_search WHERE retailer_search MATCH ${within}
    ORDER BY rowid DESC LIMIT ${MAX_CANDIDATES})`
}
