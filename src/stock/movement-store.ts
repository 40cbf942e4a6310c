import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { orders, stockMovements } from '../db/schema.ts'

/** A product's ledger, newest first, at most `limit` entries, with the number of the order that moved it. */
export function movementsQuery(db: Db, productId: string, before: number | null, limit: number) {
  const { sequence, at, kind, onHandChange, reservedChange, onHand, reserved, reason, actor } = stockMovements
  return db.sql
    .select({
      ...{ sequence, at, kind, onHandChange, reservedChange, onHand, reserved, reason, actor },
      orderNumber: orders.number,
    })
    .from(stockMovements)
    .leftJoin(orders, eq(orders.id, stockMovements.orderId))
    .where(and(eq(stockMovements.productId, productId), before === null ? undefined : lt(sequence, before)))
    .orderBy(desc(sequence))
    .limit(limit)
}

export type MovementEntry = Awaited<ReturnType<typeof movementsQuery>>[number]
