import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import type { ExportedLine, ExportedOrder } from './export.ts'
import type { Export } from './export-step-store.ts'

/** An order in a version: as the trigger that keeps old ones writes it (migrations/0004_exports.sql). */
type Version = [
  retailerName: string,
  date: string,
  status: ExportedOrder['status'],
  paymentStatus: ExportedOrder['paymentStatus'],
  netTotal: number,
  grossTotal: number,
  createdAt: number,
  lines: [sku: string, name: string, quantity: number, unitRetail: number, unitPrice: number][],
]

/**
 * The numbers of the next orders of an export below `below`, from the newest down, at most `limit`: those that passed
 * the filter when the export started, whatever they are now.
 */
export async function readPassing(
  ctx: Ctx,
  { number, expression }: Export,
  below: number,
  limit: number,
): Promise<number[]> {
  const passing =
    expression === ''
      ? sql`SELECT number FROM orders WHERE number < ${below} ORDER BY number DESC LIMIT ${limit}`
      : found(number, expression, below, limit)
  const [rows] = await ctx.db.batch([
    ctx.db.statement<{ numbers: string }>(sql`SELECT json_group_array(number) AS numbers FROM (${passing})`),
  ])
  return JSON.parse(rows[0].numbers)
}

/**
 * Two lists from the newest down: of the orders that are as they were, those that the search finds, and of the kept
 * ones those that it would have found. Numbers arrive as REAL, with which the index would not seek.
 */
function found(number: number, expression: string, below: number, limit: number): SQL {
  return sql`
    SELECT number FROM (
      SELECT rowid AS number FROM order_search
      WHERE order_search MATCH ${expression} AND rowid < CAST(${below} AS INTEGER) AND NOT EXISTS (
        SELECT 1 FROM export_kept_orders WHERE export = ${number} AND order_number = order_search.rowid
      )
      ORDER BY rowid DESC LIMIT ${limit}
    )
    UNION ALL
    SELECT number FROM (
      SELECT order_number AS number FROM export_kept_orders
      WHERE export = ${number} AND order_number < ${below}
        AND id IN (SELECT rowid FROM export_kept_search WHERE export_kept_search MATCH ${expression})
      ORDER BY order_number DESC LIMIT ${limit}
    )
    ORDER BY number DESC LIMIT ${limit}`
}

type Row = { number: number; version: string }

/**
 * Orders as they were when the export started, from the newest down. One that has changed since stands among the kept
 * ones, put there by the very transaction that changed it first.
 */
export async function readVersions(
  ctx: Ctx,
  { number, content }: Export,
  numbers: number[],
): Promise<ExportedOrder[]> {
  const lines =
    content === 'lines'
      ? sql`(SELECT json_group_array(json_array(sku, name, quantity, unit_retail, unit_price) ORDER BY position)
          FROM order_lines WHERE order_id = orders.id)`
      : sql`'[]'`
  const [rows] = await ctx.db.batch([
    ctx.db.statement<Row>(sql`
      SELECT orders.number, COALESCE(version, json_array(retailer_name, date, status, payment_status, net_total,
        gross_total, created_at, json(${lines}))) AS version
      FROM json_each(${JSON.stringify(numbers)}) AS asked JOIN orders ON orders.number = asked.value
      LEFT JOIN export_kept_orders ON export = ${number} AND order_number = orders.number
      ORDER BY orders.number DESC`),
  ])
  return rows.map(({ number, version }: Row) => orderFrom(number, JSON.parse(version)))
}

function orderFrom(number: number, version: Version): ExportedOrder {
  const [retailerName, date, status, paymentStatus, netTotal, grossTotal, createdAt, lines] = version
  return {
    ...{ number, retailerName, date, status, paymentStatus, netTotal, grossTotal, createdAt },
    lines: lines.map(
      ([sku, name, quantity, unitRetail, unitPrice]): ExportedLine => ({
        ...{ sku, name, quantity, unitRetail, unitPrice },
      }),
    ),
  }
}
