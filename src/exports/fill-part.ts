import type { Ctx } from '../context.ts'
import { linesOf } from './csv-lines.ts'
import { type ExportContent, type ExportedOrder, PART_BYTES } from './export.ts'
import type { Export } from './export-step-store.ts'
import { readPassing, readVersions } from './snapshot-store.ts'

/** About as many as fill a part: finding the orders that pass costs the same for one as for all. */
const NUMBERS_PER_SEARCH: Record<ExportContent, number> = { orders: 50_000, lines: 20_000 }
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
  let { length, rest: carry } = put(bytes, 0, current.carry)
  let { position } = current
  let rows = 0
  if (length < PART_BYTES) {
    for await (const order of ordersBelow(ctx, current, position)) {
      const written = put(bytes, length, encoder.encode(linesOf(order, current)))
      length = written.length
      carry = written.rest
      rows += current.content === 'orders' ? 1 : order.lines.length
      position = order.number
      if (length === PART_BYTES) break
    }
  }
  return { bytes: bytes.subarray(0, length), position: length < PART_BYTES ? 0 : position, carry, rows }
}

/** Writes what fits, and answers what does not. */
function put(bytes: Uint8Array, length: number, added: Uint8Array) {
  const fitting = added.subarray(0, bytes.length - length)
  bytes.set(fitting, length)
  return { length: length + fitting.length, rest: added.slice(fitting.length) }
}

/** The orders of the export that are still to come. */
async function* ordersBelow(ctx: Ctx, current: Export, below: number): AsyncGenerator<ExportedOrder> {
  const limit = NUMBERS_PER_SEARCH[current.content]
  let numbers: number[]
  do {
    numbers = await readPassing(ctx, current, below, limit)
    for (let first = 0; first < numbers.length; first += ORDERS_PER_READ[current.content]) {
      const read = numbers.slice(first, first + ORDERS_PER_READ[current.content])
      for (const order of await readVersions(ctx, current, read)) yield order
    }
    below = numbers.at(-1) ?? 0
  } while (numbers.length === limit)
}
