import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { type BulkOrder, insertOrders } from '../testing/bulk-orders.ts'
import { aBulkChange, bulkInput, bulkNow, ownBulkQueue } from '../testing/bulk-runs.ts'
import { aRetailer, testCtx } from '../testing/fixtures.ts'
import { continueBulkChange } from './bulk-continue.ts'
import { startBulkChange } from './bulk-start.ts'
import { NO_FILTER } from './order-filter.ts'

const MOST = 10_000
const FIRST = 5_001

let retailerId: string
beforeAll(async () => {
  retailerId = await aRetailer()
  const order = (_: unknown, index: number): BulkOrder => ({
    ...{ number: FIRST + index, retailerName: 'Shop', date: '2026-11-23', type: 'wholesale', retailerId },
    ...{ status: 'new', paymentStatus: index < MOST ? 'awaiting_payment' : 'deposit_50', lines: [] },
    ...{ netTotal: 100, grossTotal: 200, createdAt: 0, poNumber: '', trackingNumber: '' },
  })
  await insertOrders(Array.from({ length: MOST + 1 }, order))
}, 120_000)

const matching = (over: Partial<typeof NO_FILTER> = {}) => ({
  kind: 'filter' as const,
  filter: { ...NO_FILTER, retailerId, ...over },
})

it('changes no more than 10,000 orders at once', async () => {
  const { ctx } = testCtx({ env: ownBulkQueue().bindings })
  const input = bulkInput([], { orders: matching(), expected: MOST + 1 })
  expect(await startBulkChange(ctx, input)).toMatchObject({
    failure: { problems: [{ field: 'orders', message: expect.stringContaining('At most 10,000 orders') }] },
  })
  expect(await env.DB.prepare('SELECT COUNT(*) FROM bulk_changes').first('COUNT(*)')).toBe(0)
})

it('reads as many rows for an order of 10,000 as for one of a few', async () => {
  const orders = matching({ paymentStatuses: ['awaiting_payment'] })
  const id = await aBulkChange([], { orders, expected: MOST, status: null, paymentStatus: 'paid_in_full' })
  const rows: number[] = []
  for (let message = 0; message < 2; message++) {
    const { ctx } = testCtx({ env: ownBulkQueue().bindings })
    const before = (await bulkNow(id)).change.remaining
    expect(await continueBulkChange(ctx, id)).toBe('more')
    expect(ctx.db.meter.roundTrips).toBeLessThan(600)
    rows.push(ctx.db.meter.rowsRead / (before - (await bulkNow(id)).change.remaining))
  }
  expect(Math.max(...rows)).toBeLessThan(40)
}, 60_000)
