import { sql } from 'drizzle-orm'
import type { Actor } from '../context.ts'
import type { Db } from '../db/client.ts'
import { stockDecisions } from '../db/schema.ts'
import type { Movement } from './ledger.ts'

/** One ledger entry as it is written down: the movement, the balance after it, and what caused it. */
export interface MovementRow extends Movement {
  productId: string
  sequence: number
  at: number
  onHand: number
  reserved: number
  orderId: string | null
  revision: number | null
  reason: string | null
  actor: Actor
}

export type Fate = 'commit' | 'abandon'

/**
 * Asks for the fate of attempts, and makes it definite: what was not decided is abandoned in the same transaction,
 * so that a late commit can no longer happen. Throws when D1 does not answer; then nothing may be concluded.
 */
export async function decideAttempts(db: Db, attempts: string[], now: number): Promise<Map<string, Fate>> {
  const list = JSON.stringify(attempts)
  const [, rows] = await db.batch([
    db.statement(sql`INSERT INTO stock_decisions (attempt, decision, at)
      SELECT value, 'abandon', ${now} FROM json_each(${list}) WHERE true ON CONFLICT DO NOTHING`),
    db.sql
      .select({ attempt: stockDecisions.attempt, decision: stockDecisions.decision })
      .from(stockDecisions)
      .where(sql`${stockDecisions.attempt} IN (SELECT value FROM json_each(${list}))`),
  ])
  return new Map(rows.map((row) => [row.attempt, row.decision]))
}

/** Which of these attempts are committed by now; what becomes of the others stays open. Throws when D1 does not answer. */
export async function committedAttempts(db: Db, attempts: string[]): Promise<Set<string>> {
  const [rows] = await db.batch([
    db.sql
      .select({ attempt: stockDecisions.attempt })
      .from(stockDecisions)
      .where(
        sql`${stockDecisions.attempt} IN (SELECT value FROM json_each(${JSON.stringify(attempts)}))
          AND ${stockDecisions.decision} = 'commit'`,
      ),
  ])
  return new Set(rows.map(({ attempt }) => attempt))
}

/** Writes ledger entries of one product, in order, and the balance after the last. Safe to repeat. */
export async function projectStock(db: Db, movements: MovementRow[], now: number): Promise<void> {
  const last = movements.at(-1)
  if (!last) return
  const list = JSON.stringify(movements)
  await db.batch([
    db.statement(sql`INSERT INTO stock_movements
      SELECT value->>'productId', value->>'sequence', value->>'at', value->>'kind', value->>'onHandChange',
        value->>'reservedChange', value->>'onHand', value->>'reserved', value->>'orderId', value->>'revision',
        value->>'reason', value->'actor'
      FROM json_each(${list}) WHERE true ON CONFLICT DO NOTHING`),
    db.statement(sql`INSERT INTO product_stock (product_id, on_hand, reserved, sequence, updated_at)
      VALUES (${last.productId}, ${last.onHand}, ${last.reserved}, ${last.sequence}, ${now})
      ON CONFLICT DO UPDATE SET on_hand = excluded.on_hand, reserved = excluded.reserved,
        sequence = excluded.sequence, updated_at = excluded.updated_at
      WHERE excluded.sequence > product_stock.sequence`),
  ])
}
