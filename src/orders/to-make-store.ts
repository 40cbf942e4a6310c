import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import type { OrderStatus } from './order.ts'

/** A product that is short. Units; below zero, on hand says that more was shipped than was there. */
export interface ShortProduct {
  productId: string
  name: string
  sku: string
  onHand: number
  reserved: number
}

/** An open order of a product that is short, with sums over all open orders of that product. */
export interface ShortProductOrder extends ShortProduct {
  /** Units of open orders that reserve nothing. */
  waiting: number
  /** How many open orders have the product. */
  orders: number
  number: number
  retailerName: string
  status: OrderStatus
  shipBy: string
  quantity: number
  /** 1 where the order holds its units. */
  reserves: number
}

/**
 * The products of which open orders need more than is on hand, each with its first orders: the earliest promise first,
 * those without one last. Looks at no more than `limits.open` open orders, in the same order. What an order reserves is
 * the table of DOMAIN.md §3, which `demand` says in code; lines of untracked products hold and need nothing. CROSS JOIN
 * keeps the planner from starting at all products or lines.
 */
export function shortProductOrdersQuery(
  db: Db,
  limits: { open: number; ordersPerProduct: number; rows: number },
) {
  const due = sql`iif(ship_by = '', '~', ship_by)`
  return db.statement<ShortProductOrder>(sql`
    WITH open AS MATERIALIZED (
      SELECT id, number, retailer_name, status, ship_by, ${due} AS due,
        iif(type = 'wholesale', pull, status <> 'awaiting_approval') AS reserves
      FROM orders WHERE status IN ('awaiting_approval', 'new', 'in_progress')
      ORDER BY ${due}, number LIMIT ${limits.open}
    ), wanted AS (
      SELECT open.*, product_id, quantity,
        SUM(iif(reserves, 0, quantity)) OVER product AS waiting,
        COUNT(*) OVER product AS orders,
        MIN(due) OVER product AS first_due,
        ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY due, number) AS place
      FROM open CROSS JOIN order_lines ON order_id = open.id
      WHERE stock_tracked = 1
      WINDOW product AS (PARTITION BY product_id)
    )
    SELECT wanted.product_id AS productId, products.name, products.sku, waiting, orders, wanted.number, status,
      retailer_name AS retailerName, ship_by AS shipBy, quantity, reserves,
      COALESCE(on_hand, 0) AS onHand, COALESCE(reserved, 0) AS reserved
    FROM wanted
    CROSS JOIN products ON products.id = wanted.product_id
    LEFT JOIN product_stock ON product_stock.product_id = wanted.product_id
    WHERE place <= ${limits.ordersPerProduct} AND products.stock_tracked = 1
      AND waiting > COALESCE(on_hand - reserved, 0)
    ORDER BY first_due, products.name, products.number, place
    LIMIT ${limits.rows}`)
}

/** Products whose available is below zero: also those that no open order has. */
export function belowZeroQuery(db: Db, limit: number) {
  return db.statement<ShortProduct>(sql`
    SELECT product_id AS productId, name, sku, on_hand AS onHand, reserved
    FROM product_stock CROSS JOIN products ON products.id = product_id
    WHERE on_hand < reserved AND stock_tracked = 1
    ORDER BY name, product_id LIMIT ${limit}`)
}
