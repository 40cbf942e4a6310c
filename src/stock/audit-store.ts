import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { products, stockAudits } from '../db/schema.ts'
import type { AuditedOrder, AuditedProjection, LedgerEntry } from './audit-rules.ts'

const auditedColumns = {
  ...{ id: products.id, name: products.name, sku: products.sku },
  ...{ at: stockAudits.at, differences: stockAudits.differences },
}

/** What one audit of a product came to. */
export interface AuditRow {
  productId: string
  sequence: number
  onHand: number
  reserved: number
  /** Empty where everything agrees. */
  differences: string[]
}

interface ProjectionRow {
  sequence: number
  onHand: number
  reserved: number
  entryOnHand: number | null
  entryReserved: number | null
}

type OrderRow = Omit<AuditedOrder, 'pull' | 'voided' | 'line'> & {
  pull: number
  voided: number
  quantity: number | null
  stockTracked: number | null
}

/** What the last audit of a product saw of its ledger, and whether everything agreed with it. */
export interface DueAudit extends Pick<AuditRow, 'productId' | 'sequence' | 'onHand' | 'reserved'> {
  wasSound: 0 | 1
}

/** The products whose last audit was before `before`, the oldest first. Reads as many rows as it answers. */
export async function readDueAudits(db: Db, before: number, limit: number): Promise<DueAudit[]> {
  const [rows] = await db.batch([
    db.statement<DueAudit>(sql`SELECT product_id AS productId, sequence, on_hand AS onHand, reserved,
        differences = '[]' AS wasSound
      FROM stock_audits WHERE at < ${before} ORDER BY at, product_id LIMIT ${limit}`),
  ])
  return rows
}

/**
 * Reads what D1 knows of a product: what lists show, and every order that holds it, should, or is among `held`.
 * Finished orders that hold nothing any more are left out.
 */
export async function readDemand(db: Db, productId: string, held: string[]) {
  const ids = JSON.stringify(held)
  const [projections, orders] = await db.batch([
    db.statement<ProjectionRow>(sql`SELECT sequence, product_stock.on_hand AS onHand, product_stock.reserved,
        stock_movements.on_hand AS entryOnHand, stock_movements.reserved AS entryReserved
      FROM product_stock LEFT JOIN stock_movements USING (product_id, sequence)
      WHERE product_id = ${productId}`),
    db.statement<OrderRow>(sql`SELECT orders.id, number, revision, attempt, status, type, pull, voided, quantity,
        stock_tracked AS stockTracked
      FROM orders LEFT JOIN order_lines ON order_id = orders.id AND product_id = ${productId}
      WHERE orders.id IN (SELECT value FROM json_each(${ids})
          UNION SELECT order_id FROM order_lines WHERE product_id = ${productId})
        AND (status NOT IN ('delivered', 'canceled') OR orders.id IN (SELECT value FROM json_each(${ids})))`),
  ])
  return { projection: projections.map(projectionFrom)[0] ?? null, orders: orders.map(orderFrom) }
}

function projectionFrom({ entryOnHand, entryReserved, ...shown }: ProjectionRow): AuditedProjection {
  const isEntry = entryOnHand !== null && entryReserved !== null
  return { ...shown, entry: isEntry ? { onHand: entryOnHand, reserved: entryReserved } : null }
}

function orderFrom({ quantity, stockTracked, pull, voided, ...order }: OrderRow): AuditedOrder {
  const line = quantity === null ? null : { quantity, stockTracked: stockTracked === 1 }
  return { ...order, pull: pull === 1, voided: voided === 1, line }
}

/** The next entries of a ledger after `sequence`, up to `last`, at most `limit`. */
export async function readLedger(
  db: Db,
  productId: string,
  { after, last, limit }: { after: number; last: number; limit: number },
): Promise<LedgerEntry[]> {
  const [entries] = await db.batch([
    db.statement<LedgerEntry>(sql`SELECT sequence, on_hand_change AS onHandChange,
        reserved_change AS reservedChange, on_hand AS onHand, reserved
      FROM stock_movements WHERE product_id = ${productId} AND sequence > ${after} AND sequence <= ${last}
      ORDER BY sequence LIMIT ${limit}`),
  ])
  return entries
}

/** Writes down what audits came to, in place of the last one of each product. */
export async function writeAudits(db: Db, audits: AuditRow[], now: number): Promise<void> {
  await db.batch([
    db.statement(sql`INSERT OR REPLACE INTO stock_audits (product_id, at, sequence, on_hand, reserved, differences)
      SELECT value->>'productId', ${now}, value->>'sequence', value->>'onHand', value->>'reserved',
        value->'differences'
      FROM json_each(${JSON.stringify(audits)})`),
  ])
}

/** A product with what its last audit found; `at` is 0 where it was never audited. */
export interface AuditedProduct {
  id: string
  name: string
  sku: string
  at: number
  differences: string[]
}

/** Products whose last audit found a difference, at most `limit`. */
export function differingAuditsQuery(db: Db, limit: number) {
  return db.sql
    .select(auditedColumns)
    .from(stockAudits)
    .innerJoin(products, eq(products.id, stockAudits.productId))
    .where(sql`${stockAudits.differences} <> '[]'`)
    .limit(limit)
}

/** Products by their last audit, the oldest first, at most `limit`. */
export function oldestAuditsQuery(db: Db, limit: number) {
  return db.sql
    .select(auditedColumns)
    .from(stockAudits)
    .innerJoin(products, eq(products.id, stockAudits.productId))
    .orderBy(stockAudits.at, stockAudits.productId)
    .limit(limit)
}
