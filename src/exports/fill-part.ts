import type { Ctx } from '../context.ts'
import { linesOf } from './csv-lines.ts'
import { type ExportContent, PART_BYTES } from './export.ts'
import type { Export } from './export-step-store.ts'
import { readSnapshot } from './snapshot-store.ts'

/** Of an order in several lines there may be 200: what is read at a time has to stay small. */
const ORDERS_PER_READ: Record<ExportContent, number> = { orders: 2000, lines: 250 }

/** The next bytes of the file, and where it goes on after them. */
export interface Part {
  /** PART_BYTES long, or shorter when the file ends with it. */
  bytes: Uint8Array
  position: number
  /** The bytes of the last order that did not fit any more. */
  carry: Uint8Array
  /** Rows of the file, without the heading. */
  rows: number
}

/** Writes orders until the part is full or there are no more; then `position` is 0. Memory stays within a part. */
export async function fillPart(ctx: Ctx, current: Export): Promise<Part> {
  const encoder = new TextEncoder()
  const bytes = new Uint8Array(PART_BYTES)
  let length = 0
  let carry: Uint8Array = current.carry
  let { position } = current
  let rows = 0
  const put = (next: Uint8Array) => {
    const fitting = next.subarray(0, PART_BYTES - length)
    bytes.set(fitting, length)
    length += fitting.length
    carry = next.slice(fitting.length)
  }
  put(carry)
  while (carry.length === 0 && length < PART_BYTES) {
    const limit = ORDERS_PER_READ[current.content]
    const orders = await readSnapshot(ctx, current, position, limit)
    for (const order of orders) {
      const text = linesOf(order, current)
      put(encoder.encode(text))
      rows += current.content === 'orders' ? 1 : order.lines.length
      position = order.number
      if (carry.length > 0) break
    }
    if (carry.length === 0 && orders.length < limit) {
      position = 0
      break
    }
  }
  return { bytes: bytes.subarray(0, length), position, carry, rows }
}
