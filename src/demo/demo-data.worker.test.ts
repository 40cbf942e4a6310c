import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { app } from '../app.ts'
import { ORDER_STATUSES } from '../orders/order.ts'
import { readToMake } from '../orders/read-to-make.ts'
import { MAX_BYTES, PICTURE_SIZES } from '../pictures/picture.ts'
import { routes } from '../routes.ts'
import { testCtx } from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { bringToRest } from '../testing/objects.ts'
import { demoProducts } from './demo-products.ts'
import { type DemoFill, fillDemoData } from './fill-demo-data.ts'

const nothing: DemoFill = { filled: false, products: 0, retailers: 0, orders: 0 }

const all = async <Row = Record<string, unknown>>(query: string) =>
  (await env.DB.prepare(query).all<Row>()).results

const tables = ['settings', 'products', 'retailers', 'orders', 'order_events', 'stock_movements', 'mails']
const everything = async () =>
  JSON.stringify(await Promise.all(tables.map((table) => all(`SELECT * FROM ${table}`))))

const NOW = Date.now()
let filled: DemoFill

beforeAll(async () => {
  const empty = await everything()
  const { ctx } = testCtx({ env: { ...env, MAILCHANNELS_API_KEY: 'a-real-key' }, now: NOW })
  expect(await fillDemoData(ctx)).toEqual(nothing)
  expect(await everything()).toBe(empty)

  const { ctx: local, settled } = testCtx({ now: NOW })
  filled = await fillDemoData(local)
  await settled()
  await bringToRest(demoProducts.map(({ id }) => id))
}, 120_000)

it('fills an empty database with a business, 24 products, 12 retailers and 60 orders', async () => {
  expect(filled).toEqual({ filled: true, products: 24, retailers: 12, orders: 60 })
  const [counts] = await all(`SELECT
    (SELECT COUNT(*) FROM products) AS products, (SELECT COUNT(DISTINCT collection) FROM products) AS collections,
    (SELECT COUNT(*) FROM retailers) AS retailers, (SELECT COUNT(DISTINCT type) FROM retailers) AS types,
    (SELECT COUNT(*) FROM orders) AS orders`)
  expect(counts).toEqual({ products: 24, collections: 4, retailers: 12, types: 2, orders: 60 })
  const statuses = await all<{ status: string }>('SELECT DISTINCT status FROM orders')
  expect(statuses.map(({ status }) => status).sort()).toEqual([...ORDER_STATUSES].sort())
})

it('leaves one product low and one without stock', async () => {
  const low = await all('SELECT sku FROM products WHERE low_stock = 1')
  expect(low).toEqual([{ sku: 'BWL-SEA' }])
  expect(await all('SELECT sku FROM products WHERE stock_tracked = 0')).toEqual([{ sku: 'VCH-DAY' }])
  expect(await all('SELECT product_id FROM product_stock WHERE on_hand - reserved < 0')).toEqual([])
})

it('agrees in stock, history and e-mails', async () => {
  expect(await brokenInvariants(demoProducts.map(({ id }) => id))).toEqual([])
  const deliveries = await all(`SELECT orders.number FROM orders
    LEFT JOIN transactions ON order_id = orders.id AND kind <> 'void' WHERE status = 'delivered' AND kind IS NULL`)
  expect(deliveries).toEqual([])
})

it('happens in the past, step by step', async () => {
  const [span] = await all<{ first: number; last: number }>(
    'SELECT MIN(created_at) AS first, MAX(created_at) AS last FROM orders',
  )
  const day = 86_400_000
  expect(NOW - (span?.first ?? 0)).toBeGreaterThan(170 * day)
  expect(NOW - (span?.last ?? 0)).toBeLessThan(day)
  expect(await all(`SELECT order_id FROM order_events WHERE at > ${NOW}`)).toEqual([])
  expect(
    await all(`SELECT a.order_id FROM order_events AS a JOIN order_events AS b
      ON b.order_id = a.order_id AND b.revision = a.revision + 1 WHERE b.at < a.at`),
  ).toEqual([])
  expect(
    await all(`SELECT a.product_id FROM stock_movements AS a JOIN stock_movements AS b
      ON b.product_id = a.product_id AND b.sequence = a.sequence + 1 WHERE b.at < a.at`),
  ).toEqual([])
})

it('has captured every e-mail at the moment of its change', async () => {
  const mails = await all<{ status: string; late: number; rows: number }>(
    'SELECT status, status_at <> queued_at AS late, COUNT(*) AS rows FROM mails GROUP BY 1, 2',
  )
  expect(mails).toEqual([{ status: 'captured', late: 0, rows: expect.any(Number) }])
  expect(mails[0]?.rows).toBeGreaterThan(200)
})

it('shows what orders can have', async () => {
  const [rows] = await all<Record<string, number>>(`SELECT
    SUM(discount > 0) AS discounts, SUM(shipping > 0) AS shipping, SUM(other_charges > 0) AS charges,
    SUM(po_number <> '') AS purchaseOrders, SUM(tracking_number <> '') AS trackingNumbers,
    SUM(ship_by <> '') AS promises, SUM(invoice_link LIKE 'https://%') AS invoices, SUM(pull = 0 AND type = 'wholesale') AS notPulled,
    SUM(type = 'consignment') AS consignment, SUM(voided) AS voided,
    (SELECT COUNT(DISTINCT payment_status) FROM orders) - 3 AS paymentStatuses,
    (SELECT COUNT(*) FROM order_events WHERE comment <> '' AND NOT emailed) AS notes,
    (SELECT COUNT(*) FROM order_events WHERE kind = 'lines') AS lineEdits,
    (SELECT COUNT(*) FROM consigned_stock WHERE quantity > 0) AS consigned,
    (SELECT COUNT(*) FROM retailers WHERE active = 0) AS inactive,
    (SELECT COUNT(*) FROM retailers WHERE email = '') AS withoutEmail FROM orders`)
  for (const [what, count] of Object.entries(rows ?? {})) expect(count, what).toBeGreaterThan(0)
})

it('leaves something to make by a promised date, for a request that awaits approval', async () => {
  const { ctx } = testCtx()
  const read = await readToMake(ctx)
  expect(read.ok && read.value.products).toMatchObject([
    {
      sku: 'BWL-SEA',
      promised: 0,
      toMake: expect.any(Number),
      orders: [{ shipBy: expect.stringMatching(/^20/) }],
    },
  ])
})

it('has a photo of every product, a logo, and requests of shops, one of them new', async () => {
  const pictures = await all<{ id: string }>(
    'SELECT photo AS id FROM products UNION SELECT logo FROM settings',
  )
  expect(pictures).toHaveLength(25)
  for (const { id } of pictures) {
    for (const size of PICTURE_SIZES) {
      const file = await env.FILES.head(`pictures/${id}/${size}.webp`)
      expect(file?.size, `${id} ${size}`).toBeLessThanOrEqual(MAX_BYTES[size])
    }
  }
  const requests = await all(`SELECT status, retailer_name, retailer_id IS NULL AS isNew,
    json_extract(created_by, '$.kind') AS by FROM orders JOIN order_requests ON order_id = id ORDER BY number`)
  expect(requests).toEqual([
    { status: 'new', retailer_name: 'Marlowe & Daughters', isNew: 0, by: 'retailer' },
    { status: 'awaiting_approval', retailer_name: 'Salt & Pine Provisions', isNew: 1, by: 'retailer' },
    { status: 'awaiting_approval', retailer_name: 'North Loop Mercantile', isNew: 0, by: 'retailer' },
  ])
})

it('does nothing the second time', async () => {
  const before = await everything()
  const { ctx, settled } = testCtx()
  expect(await fillDemoData(ctx)).toEqual(nothing)
  await settled()
  expect(await everything()).toBe(before)
})

it('is there for the local owner only', async () => {
  const ask = (LOCAL_OWNER: string) => {
    const headers = { origin: 'http://localhost' }
    const request = new Request(`${headers.origin}${routes.demoData()}`, { method: 'POST', headers })
    return app.fetch(request, { ...env, LOCAL_OWNER })
  }
  expect((await ask('')).status).toBe(404)
  const answer = await ask('true')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual(nothing)
})
