import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { bulkChangeOrders, bulkChanges } from '../db/schema.ts'
import { type OrderOutcome, OUTCOMES, type Refusal } from './bulk-change.ts'
import type { Order } from './order.ts'

export type BulkChange = typeof bulkChanges.$inferSelect

/** An order that is to be changed, as it is now. */
export interface PendingOrder
  extends Pick<Order, 'number' | 'revision' | 'status' | 'paymentStatus' | 'trackingNumber' | 'invoiceLink'> {
  /** 1 where this very change was made already, and only its outcome is not noted. */
  isChanged: 0 | 1
}

/**
 * Takes a bulk change to work on it until `leaseUntil`; null when nothing is left or somebody else is at it. The
 * lease only saves work: what makes an order change once is the id of its change.
 */
export async function claimBulkChange(ctx: Ctx, id: string, leaseUntil: number): Promise<BulkChange | null> {
  const [claimed] = await ctx.db.batch([
    ctx.db.sql
      .update(bulkChanges)
      .set({ leaseUntil, attempts: sql`${bulkChanges.attempts} + 1` })
      .where(
        and(
          eq(bulkChanges.id, id),
          sql`${bulkChanges.remaining} > 0`,
          sql`${bulkChanges.leaseUntil} < ${ctx.now}`,
        ),
      )
      .returning(),
  ])
  return claimed[0] ?? null
}

/** Lets others work on it at once; answers how many orders are left. */
export async function releaseBulkChange(ctx: Ctx, id: string): Promise<number> {
  const [released] = await ctx.db.batch([
    ctx.db.sql
      .update(bulkChanges)
      .set({ leaseUntil: 0 })
      .where(eq(bulkChanges.id, id))
      .returning({ remaining: bulkChanges.remaining }),
  ])
  return released[0]?.remaining ?? 0
}

/** How many orders are left; 0 for a bulk change that does not exist. */
export async function readRemaining(ctx: Ctx, id: string): Promise<number> {
  const [rows] = await ctx.db.batch([
    ctx.db.sql.select({ remaining: bulkChanges.remaining }).from(bulkChanges).where(eq(bulkChanges.id, id)),
  ])
  return rows[0]?.remaining ?? 0
}

/** Notes what came of some orders and reads the next ones after the number `after`, in one round trip. */
export async function noteAndRead(
  ctx: Ctx,
  change: BulkChange,
  outcomes: OrderOutcome[],
  after: number,
  limit: number,
): Promise<PendingOrder[]> {
  const { db } = ctx
  const { bulkChange, orderNumber } = bulkChangeOrders
  const noting = outcomes.map(({ number, outcome, refusal }) =>
    db.sql
      .update(bulkChangeOrders)
      .set({ outcome: OUTCOMES.indexOf(outcome), refusal })
      .where(
        and(
          eq(bulkChange, change.number),
          eq(orderNumber, number),
          // Whoever notes it first is right; the counts follow.
          isNull(bulkChangeOrders.outcome),
        ),
      ),
  )
  const [pending] = await db.batch([
    pendingQuery(ctx, change, sql`order_number > ${after} ORDER BY order_number LIMIT ${limit}`),
    db.sql
      .update(bulkChanges)
      .set({ attempts: 0, updatedAt: ctx.now })
      .where(and(eq(bulkChanges.number, change.number), sql`${outcomes.length} > 0`)),
    ...noting,
  ])
  return pending
}

/** An order again, after somebody else changed it; null when its outcome has been noted meanwhile. */
export async function readPending(
  ctx: Ctx,
  change: BulkChange,
  number: number,
): Promise<PendingOrder | null> {
  const [rows] = await ctx.db.batch([pendingQuery(ctx, change, sql`order_number = ${number}`)])
  return rows[0] ?? null
}

/** Ends a bulk change that comes no further: what is left of it was refused, unless it was done and not noted. */
export async function refuseRemaining(ctx: Ctx, change: BulkChange, refusal: Refusal): Promise<void> {
  await ctx.db.batch([
    ctx.db.statement(sql`UPDATE bulk_change_orders SET outcome = ${OUTCOMES.indexOf('changed')}
      WHERE bulk_change = ${change.number} AND outcome IS NULL AND EXISTS (
        SELECT 1 FROM order_events WHERE change_id = ${change.id} || '-' || order_number)`),
    ctx.db.statement(sql`UPDATE bulk_change_orders
      SET outcome = ${OUTCOMES.indexOf('refused')}, refusal = ${JSON.stringify(refusal)}
      WHERE bulk_change = ${change.number} AND outcome IS NULL`),
    ctx.db.sql
      .update(bulkChanges)
      .set({ leaseUntil: 0, updatedAt: ctx.now })
      .where(eq(bulkChanges.number, change.number)),
  ])
}

function pendingQuery(ctx: Ctx, { id, number }: BulkChange, where: SQL) {
  return ctx.db.statement<PendingOrder>(sql`
    SELECT orders.number, revision, status, payment_status AS paymentStatus, tracking_number AS trackingNumber,
      invoice_link AS invoiceLink, EXISTS (
        SELECT 1 FROM order_events WHERE change_id = ${id} || '-' || orders.number AND order_id = orders.id
      ) AS isChanged
    FROM bulk_change_orders JOIN orders ON orders.number = order_number
    WHERE bulk_change = ${number} AND outcome IS NULL AND ${where}`)
}
