import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Bindings } from '../env.ts'
import { type EditLinesInput, editLines } from '../orders/edit-lines.ts'
import type { OrderFilter } from '../orders/order-filter.ts'
import { placeOrder } from '../orders/place-order.ts'
import { type UpdateOrderInput, updateOrder } from '../orders/update-order.ts'
import { aLine, insertOrders } from '../testing/bulk-orders.ts'
import { anExport, deliverExport, fileOf, finishExport, ownExportQueue } from '../testing/export-runs.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from '../testing/fixtures.ts'
import { successOf } from '../testing/import-runs.ts'
import type { ExportContent } from './export.ts'

/** Orders that nobody changes, in between those that are: more than two reads of line items. */
const STILL_ORDERS = 600

const products: string[] = []
let retailerId = ''
let early: number[] = []
let late: number[] = []

beforeAll(async () => {
  retailerId = await aRetailer()
  for (const name of ['Mug', 'Jug', 'Bowl']) products.push(await aProduct({ onHand: 1000, name }))
  early = await placeOrders(6)
  const first = Math.max(...early) + 1
  await insertOrders(
    Array.from({ length: STILL_ORDERS }, (_, index) => ({
      ...{ number: first + index, retailerId, retailerName: 'Still', type: 'wholesale', status: 'new' },
      ...{ paymentStatus: 'awaiting_payment', date: '2026-11-23', netTotal: 1000, grossTotal: 2000 },
      ...{ trackingNumber: '', poNumber: '', createdAt: 0, lines: [aLine()] },
    })),
  )
  late = await placeOrders(6)
  for (const orders of [early, late]) await update(orders[5]!, { trackingNumber: 'TRK-1' })
}, 30_000)

async function placeOrders(count: number): Promise<number[]> {
  const numbers: number[] = []
  for (let made = 0; made < count; made++) {
    const lines = products.slice(0, 2).map((productId) => ({ productId, quantity: 2 + made }))
    const { ctx } = testCtx()
    numbers.push(successOf(await placeOrder(ctx, placement(retailerId, lines))).number)
  }
  return numbers
}

async function revisionOf(number: number): Promise<number> {
  const found = await env.DB.prepare('SELECT revision FROM orders WHERE number = ?')
    .bind(number)
    .first('revision')
  return Number(found)
}

async function update(number: number, change: Partial<UpdateOrderInput>) {
  const { ctx } = testCtx()
  const order = await env.DB.prepare(
    'SELECT status, payment_status, tracking_number FROM orders WHERE number = ?',
  )
    .bind(number)
    .first<Record<string, never>>()
  successOf(
    await updateOrder(ctx, {
      ...{ number, changeId: newId(), revision: await revisionOf(number), status: order!.status! },
      ...{ paymentStatus: order!.payment_status!, trackingNumber: order!.tracking_number!, invoiceLink: '' },
      ...{ email: false, comment: 'Changed', confirmed: true, allowShortage: true, goods: 'came_back' },
      ...change,
    }),
  )
}

async function edit(number: number, lines: EditLinesInput['lines']) {
  const { ctx } = testCtx()
  const revision = await revisionOf(number)
  successOf(await editLines(ctx, { number, changeId: newId(), revision, allowShortage: true, lines }))
}

async function renameRetailer(name: string) {
  await env.DB.prepare('UPDATE retailers SET name = ? WHERE id = ?').bind(name, retailerId).run()
}

/** Changes of every kind, each of which would show in one of the files below. */
function changes(): (() => Promise<unknown>)[] {
  const [mug, jug, bowl] = products as [string, string, string]
  return [early, late].flatMap(([a, b, c, d, e, f]) => [
    () => update(a!, { status: 'in_progress', trackingNumber: 'TRK-2' }),
    () => update(f!, { trackingNumber: '' }),
    () => edit(b!, { edit: 'set', productId: mug, quantity: 77, unitPrice: 1 }),
    () => edit(c!, { edit: 'add', productId: bowl, quantity: 3 }),
    () => edit(d!, { edit: 'remove', productId: jug }),
    () => update(e!, { status: 'shipped', paymentStatus: 'paid_in_full' }),
    () => renameRetailer(`Renamed ${newId()}`),
    () => update(a!, { status: 'new', trackingNumber: '' }),
    () => edit(d!, { edit: 'add', productId: bowl, quantity: 1 }),
    () => placeOrders(1),
    () => update(e!, { status: 'canceled' }),
  ])
}

/** What passes at the start and not at the end, and the other way round; the shop is renamed while they are written. */
const VIEWS: [ExportContent, Partial<OrderFilter>][] = [
  ['lines', {}],
  ['orders', { statuses: ['in_progress', 'shipped', 'canceled'] }],
  ['lines', { search: 'jug' }],
  ['lines', { search: 'trk' }],
  ['orders', { search: 'shop' }],
]

/** Bindings of a consumer in which `between` happens before each of its calls to the database. */
function interrupted(between: () => Promise<unknown>): Bindings {
  const { bindings } = ownExportQueue()
  const withSession = (from: string) => {
    const session = env.DB.withSession(from)
    return {
      prepare: session.prepare.bind(session),
      getBookmark: session.getBookmark.bind(session),
      batch: async (statements: D1PreparedStatement[]) => {
        await between()
        return session.batch(statements)
      },
    }
  }
  return { ...bindings, DB: { withSession } as unknown as D1Database }
}

it('says what stood at its start, whatever changes between any two reads', async () => {
  const waiting = changes()
  const all = waiting.length
  const wanted: string[] = []
  const during: string[] = []
  // Each starts at another moment: the same file in one go, and one that is still to be written after a change.
  for (const [content, filter] of VIEWS) {
    const atOnce = await anExport(content, filter)
    await finishExport(atOnce)
    wanted.push(await fileOf(atOnce))
    during.push(await anExport(content, filter))
    await waiting.shift()?.()
  }
  const bindings = interrupted(async () => waiting.shift()?.())
  for (const id of during) await deliverExport(id, bindings)
  expect(all - waiting.length).toBeGreaterThan(15)
  for (const change of waiting) await change()
  for (const id of during) expect((await finishExport(id)).status).toBe('ready')
  expect(await Promise.all(during.map(fileOf))).toEqual(wanted)

  for (const [index, [content, filter]] of VIEWS.entries()) {
    const after = await anExport(content, filter)
    await finishExport(after)
    expect([content, filter, (await fileOf(after)) === wanted[index]]).toEqual([content, filter, false])
  }
  expect(await env.DB.prepare('SELECT COUNT(*) AS n FROM export_kept_orders').first('n')).toBe(0)
}, 60_000)

it('costs a change of an order nothing when no export is being written, and keeps nothing', async () => {
  const cost = async () => {
    const { meta } = await env.DB.prepare('UPDATE orders SET pull = pull WHERE number = ?')
      .bind(early[0])
      .run()
    return [meta.rows_read, meta.rows_written]
  }
  const withoutExport = await cost()
  const ids = [await anExport('lines'), await anExport('orders', { search: 'jug' })]
  expect((await cost())[1]).toBeGreaterThan(withoutExport[1]!)
  for (const id of ids) await finishExport(id)
  expect(await cost()).toEqual(withoutExport)
})
