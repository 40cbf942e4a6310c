import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { Actor } from '../context.ts'
import {
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  PAYMENT_STATUS_WORDS,
  PAYMENT_STATUSES,
} from '../orders/order.ts'
import { NO_FILTER, type OrderFilter } from '../orders/order-filter.ts'
import { aLine, type BulkOrder, insertOrders } from '../testing/bulk-orders.ts'
import { anExport, exportNow, fileOf, finishExport, ownExportQueue, rowsOf } from '../testing/export-runs.ts'
import { aRetailer, newId, owner, testCtx } from '../testing/fixtures.ts'
import { MAX_WRITING } from './export.ts'
import { listExports, openExport, readExport } from './read-exports.ts'
import { startExport } from './start-export.ts'

const ORDERS = 300
const NAMES = [
  'Crème & Fils',
  '=HYPERLINK("x")',
  '+44 Shop',
  '-Minus',
  '@home',
  'Comma, "Quote"',
  'Smörgås 🍞',
]
const GOODS = ['Speckled mug', '=1+1', '+plus', '-dash', '@at', 'Jug, "large"', 'Thé\r\nvert']
const types = ['wholesale', 'consignment'] as const
let all: BulkOrder[] = []

beforeAll(async () => {
  const retailers = await Promise.all(NAMES.map(() => aRetailer()))
  all = Array.from({ length: ORDERS }, (_, index): BulkOrder => {
    const lines = Array.from({ length: 1 + (index % 4) }, (_, line) =>
      aLine({
        name: GOODS[(index + line) % 7]!,
        sku: `${GOODS[(index * 3 + line) % 7]![0]}-${line}`,
        quantity: 1 + line,
      }),
    )
    return {
      ...{ number: 2000 + index, retailerName: NAMES[index % 7]!, retailerId: retailers[index % 7]!, lines },
      ...{ type: types[index % 2]!, status: ORDER_STATUSES[(index * 7) % 6]! },
      paymentStatus: PAYMENT_STATUSES[(index * 5) % 4]!,
      date: `2026-${String(1 + (index % 11)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
      ...{ netTotal: (index % 13) * 101, grossTotal: (index % 17) * 100, poNumber: `PO-${index % 9}` },
      ...{
        trackingNumber: index % 5 ? '' : `TRK${index}`,
        createdAt: Date.UTC(2026, 0, 1) + index * 7_654_321,
      },
    }
  })
  await insertOrders(all)
})

const filters = fc.record({
  statuses: fc.subarray([...ORDER_STATUSES], { maxLength: 3 }),
  paymentStatuses: fc.subarray([...PAYMENT_STATUSES], { maxLength: 2 }),
  type: fc.option(fc.constantFrom(...types), { freq: 1 }),
  retailer: fc.option(fc.nat(6), { freq: 1 }),
  from: fc.constantFrom('', '', '2026-03-02', '2025-12-31'),
  to: fc.constantFrom('', '', '2026-06-30', '2030-01-01'),
  search: fc.constantFrom('', '', '', 'mug', 'creme', 'po-3', 'smor', '2017', 'trk1', '***'),
})

function passes(order: BulkOrder, filter: OrderFilter): boolean {
  const { statuses, paymentStatuses, type, retailerId, from, to, search } = filter
  const words = [order.number, order.poNumber, order.trackingNumber, order.retailerName]
    .concat(order.lines.flatMap(({ name, sku }) => [name, sku]))
    .join(' ')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
  return (
    (statuses.length === 0 || statuses.includes(order.status)) &&
    (paymentStatuses.length === 0 || paymentStatuses.includes(order.paymentStatus)) &&
    (type === null || order.type === type) &&
    (retailerId === null || order.retailerId === retailerId) &&
    (from === '' || order.date >= from) &&
    (to === '' || order.date <= to) &&
    (search === '' || words.split(/[\s"=+@]+/).some((word) => word.startsWith(search)))
  )
}

const shielded = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text)
const decimal = (amount: number) => (amount / 100).toFixed(2)

/** The rows that a file of these orders has, said without the code that writes it. */
function expected(content: 'orders' | 'lines', orders: BulkOrder[]): string[][] {
  return orders.toReversed().flatMap((order) => {
    const { number, retailerName, date, status, paymentStatus, netTotal, grossTotal, createdAt } = order
    const start = [
      String(number),
      shielded(retailerName),
      date,
      ORDER_STATUS_WORDS[status],
      PAYMENT_STATUS_WORDS[paymentStatus],
    ]
    const created = new Date(createdAt).toISOString().replace('T', ' ').slice(0, 19)
    if (content === 'orders') return [[...start, decimal(netTotal), decimal(grossTotal), created]]
    return order.lines.map(({ sku, name, quantity, unitRetail, unitPrice }) => [
      ...[...start, shielded(sku), shielded(name), String(quantity), decimal(unitRetail), decimal(unitPrice)],
      ...[decimal(quantity * unitPrice), decimal(quantity * unitRetail), created],
    ])
  })
}

it('writes exactly the orders that pass, row for row, as orders and as line items, touched meanwhile or not', async () => {
  const contents = fc.constantFrom('orders' as const, 'lines' as const)
  let found = 0
  await fc.assert(
    fc.asyncProperty(filters, contents, fc.boolean(), async (drawn, content, isTouched) => {
      const { retailer, ...others } = drawn
      const retailerId = retailer === null ? null : all[retailer]!.retailerId
      const filter = { ...others, retailerId }
      const id = await anExport(content, filter)
      if (isTouched) await env.DB.prepare('UPDATE orders SET pull = pull').run()
      const { status, rows } = await finishExport(id)
      const passing = all.filter((order) => passes(order, filter))
      const wanted = expected(content, passing)
      expect([status, rows]).toEqual(['ready', wanted.length])
      expect(await rowsOf(id)).toEqual(wanted)
      found += wanted.length
    }),
    { numRuns: 50 },
  )
  expect(found).toBeGreaterThan(1000)
}, 30_000)

it('begins with a byte order mark and ends every line in CRLF', async () => {
  const id = await anExport('orders')
  await finishExport(id)
  const file = await fileOf(id)
  expect(file.startsWith('\uFEFFOrder ID,Retailer,')).toBe(true)
  expect(file.split('\r\n')).toHaveLength(ORDERS + 2)
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

it('writes the heading alone where nothing passes', async () => {
  const id = await anExport('lines', { search: 'no such thing' })
  expect(await finishExport(id)).toMatchObject({ status: 'ready', rows: 0 })
  expect((await fileOf(id)).split('\r\n')).toHaveLength(2)
})

it('starts once however often the form is sent, and puts it on the queue', async () => {
  const { bindings, sent } = ownExportQueue()
  const id = newId()
  const input = { id, content: 'orders' as const, filter: NO_FILTER }
  for (let time = 0; time < 2; time++) {
    expect(await startExport(testCtx({ env: bindings }).ctx, input)).toEqual({ ok: true, value: { id } })
  }
  expect(sent).toContainEqual({ exportId: id })
  const found = await env.DB.prepare('SELECT COUNT(*) AS n FROM exports WHERE id = ?').bind(id).first('n')
  expect(found).toBe(1)
  await finishExport(id)
})

it('starts no other export under an id that has one, and says so', async () => {
  const id = await anExport('orders', { statuses: ['shipped'] })
  const { bindings, sent } = ownExportQueue()
  const start = (content: 'orders' | 'lines', over: Partial<OrderFilter>) =>
    startExport(testCtx({ env: bindings }).ctx, { id, content, filter: { ...NO_FILTER, ...over } })
  const sentBefore = { ok: false, failure: { reason: 'sent_before', order: null } }
  expect(await start('lines', { statuses: ['shipped'] })).toEqual(sentBefore)
  expect(await start('orders', { statuses: ['shipped', 'new'] })).toEqual(sentBefore)
  expect(await start('orders', {})).toEqual(sentBefore)
  expect(sent).toEqual([])
  const { content, filter } = await finishExport(id)
  expect([content, filter]).toEqual(['orders', { ...NO_FILTER, statuses: ['shipped'] }])
  expect(await start('orders', { statuses: ['shipped'] })).toEqual({ ok: true, value: { id } })
})

it('refuses more exports at once than the order desk can bear, and takes them later', async () => {
  const running = await Promise.all(Array.from({ length: MAX_WRITING }, () => anExport('orders')))
  const { ctx } = testCtx({ env: ownExportQueue().bindings })
  const input = { id: newId(), content: 'orders' as const, filter: NO_FILTER }
  expect(await startExport(ctx, input)).toMatchObject({ ok: false, failure: { reason: 'invalid' } })
  await finishExport(running[0]!)
  expect(await startExport(ctx, input)).toMatchObject({ ok: true })
  for (const id of [...running, input.id]) await finishExport(id)
})

it('lets viewers export and download, and nobody who has only a portal link', async () => {
  const viewer: Actor = { kind: 'staff', id: 'v', name: 'Vi', role: 'viewer' }
  const reader: Actor = { kind: 'api_key', id: 'k', name: 'Key', access: 'read' }
  const retailer: Actor = { kind: 'retailer', id: 'r', name: 'Shop' }
  for (const [actor, isAllowed] of [
    [owner, true],
    [viewer, true],
    [reader, true],
    [retailer, false],
  ] as const) {
    const { ctx } = testCtx({ env: ownExportQueue().bindings, actor })
    const id = newId()
    const answer = isAllowed ? { ok: true } : { ok: false, failure: { reason: 'forbidden' } }
    expect(await startExport(ctx, { id, content: 'orders', filter: NO_FILTER })).toMatchObject(answer)
    if (isAllowed) await finishExport(id)
    expect(await listExports(ctx, null)).toMatchObject(answer)
    expect(await readExport(ctx, id)).toMatchObject(answer)
    expect(await openExport(ctx, id)).toMatchObject(answer)
    if (isAllowed) expect((await exportNow(id)).createdBy).toEqual(actor)
  }
})
