import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { numberWords } from '../number-words.ts'
import { idSchema, parse } from '../parse.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { type BulkSelection, MAX_BULK_ORDERS, type StatusCounts } from './bulk-change.ts'
import type { BulkChange } from './bulk-step-store.ts'
import {
  bulkChangeQuery,
  pickedRowsQuery,
  recentBulkChangesQuery,
  shortageQuery,
  statusCountsQuery,
} from './bulk-store.ts'
import { ORDER_STATUSES, type OrderStatus } from './order.ts'
import { orderFilterSchema } from './order-filter.ts'
import { filteredRetailerQuery, type OrderRow } from './order-list-store.ts'
import { MAX_DOCUMENTS } from './read-documents.ts'

/** The earlier changes below the selected orders. */
const RECENT_SHOWN = 10

const tooMany = `At most ${numberWords(MAX_BULK_ORDERS)} orders can be changed at once. Select fewer.`

export const selectionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('numbers'),
    numbers: z
      .array(z.int('This is not the number of an order.').min(1, 'This is not the number of an order.'))
      .min(1, 'Select at least one order.')
      .max(MAX_BULK_ORDERS, tooMany)
      .transform((numbers) => [...new Set(numbers)]),
  }),
  z.object({ kind: z.literal('filter'), filter: orderFilterSchema }),
  z.object({ kind: z.literal('refused'), of: idSchema }),
])

export interface BulkPreview {
  frame: Frame
  counts: StatusCounts
  total: number
  /** The newest of them, as many as can be printed together. */
  rows: OrderRow[]
  retailerName: string | null
  /** The bulk change of which these orders were left, and whether any was for want of stock. */
  before: BulkChange | null
  isShort: boolean
  recent: BulkChange[]
}

/** The orders that a change would be made to, as they are now, in one round trip. */
export async function previewBulkChange(ctx: Ctx, input: BulkSelection): Promise<Result<BulkPreview>> {
  const refused = refuse(ctx, 'orders.write')
  if (refused) return refused
  const parsed = parse(z.object({ orders: selectionSchema }), { orders: input })
  if (!parsed.ok) return parsed
  const selection = parsed.value.orders
  const { db } = ctx
  const earlier = selection.kind === 'refused' ? selection.of : ''
  const retailerId = selection.kind === 'filter' ? selection.filter.retailerId : null
  const { frame, results } = await readWithFrame(ctx, [
    statusCountsQuery(db, selection),
    pickedRowsQuery(db, selection, MAX_DOCUMENTS),
    filteredRetailerQuery(db, retailerId ?? ''),
    bulkChangeQuery(db, earlier),
    shortageQuery(db, earlier),
    recentBulkChangesQuery(db, RECENT_SHOWN),
  ] as const)
  const [counted, rows, retailer, before, short, recent] = results
  const counts = countsFrom(counted)
  return ok({
    ...{ frame, counts, rows, recent, total: sumOf(counts), before: before[0] ?? null },
    ...{ retailerName: retailer[0]?.name ?? null, isShort: short[0]?.isShort === 1 },
  })
}

/** What is wrong with selecting these orders, in words; null when nothing is. */
export function selectionProblem(selection: BulkSelection, total: number): string | null {
  if (selection.kind === 'numbers' && total < selection.numbers.length) {
    const missing = selection.numbers.length - total
    return `${missing === 1 ? 'One' : missing} of these orders does not exist. Select the orders again.`
  }
  if (total === 0) return 'No order is selected. Go back to the orders and select some.'
  return total > MAX_BULK_ORDERS ? tooMany : null
}

export function countsFrom(rows: { status: OrderStatus; orders: number }[]): StatusCounts {
  const counts = Object.fromEntries(ORDER_STATUSES.map((status) => [status, 0])) as StatusCounts
  for (const { status, orders } of rows) counts[status] = orders
  return counts
}

export function sumOf(counts: StatusCounts): number {
  return Object.values(counts).reduce((sum, orders) => sum + orders, 0)
}
