import { env } from 'cloudflare:workers'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aLine, insertOrders } from '../../testing/bulk-orders.ts'
import { anExport, deliverExport, exportNow, finishExport } from '../../testing/export-runs.ts'
import { aRetailer, newId } from '../../testing/fixtures.ts'
import { get, post, words } from '../../testing/web.ts'

beforeAll(async () => {
  const retailerId = await aRetailer()
  await insertOrders(
    (['new', 'shipped', 'shipped'] as const).map((status, index) => ({
      ...{ number: 2000 + index, retailerId, retailerName: 'Crème & Fils', type: 'wholesale', status },
      ...{ paymentStatus: 'awaiting_payment', date: '2026-11-23', netTotal: 1000, grossTotal: 2000 },
      ...{ trackingNumber: '', poNumber: '', createdAt: 0, lines: [aLine()] },
    })),
  )
})

it('takes the filter of the list along, and through the queue to a file', async () => {
  const list = await (await get(routes.orders({ status: 'shipped', sort: 'net' }))).text()
  expect(list).toContain(
    routes
      .newExport([
        ['status', 'shipped'],
        ['sort', 'net'],
      ])
      .replace('&', '&amp;'),
  )
  expect(await words(await get(routes.newExport({ status: 'shipped' })))).toContain('Orders Shipped')

  const id = newId()
  const started = await post(routes.exports({ status: 'shipped' }), { id, content: 'orders' })
  expect([started.status, started.headers.get('location')]).toEqual([303, routes.export(id)])
  await expect.poll(async () => words(await get(routes.export(id)))).toContain('The file is ready')

  const file = await get(routes.exportFile(id))
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$/),
    'cache-control': 'no-store',
  })
  const rows = parse(await file.arrayBuffer().then(Buffer.from), { bom: true, from_line: 2 })
  expect(rows.map(([number, retailer]) => [number, retailer])).toEqual([
    ['2002', 'Crème & Fils'],
    ['2001', 'Crème & Fils'],
  ])
  const past = await get(routes.exports())
  expect(await words(past)).toMatch(/Orders Shipped Ready 2 1 kB Demo owner just now Download/)
})

it('shows how far an export is, without a script as well, and no file before it is ready', async () => {
  const id = await anExport('lines', { search: 'mug' })
  const page = await (await get(routes.export(id))).text()
  expect(page).toContain('<progress')
  expect(page).toMatch(new RegExp(`<noscript><a [^>]*href="${routes.export(id)}"`))
  expect((await get(routes.exportFile(id))).status).toBe(404)
  await finishExport(id)
  expect(await (await get(routes.export(id))).text()).not.toContain('hx-trigger')
  expect((await get(routes.exportFile(id))).status).toBe(200)
})

it('asks again for what is missing, keeps what was chosen, and starts nothing', async () => {
  const id = newId()
  const refused = await post(routes.exports({ q: 'mug' }), { id, content: 'everything' })
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain('Choose what a row is.')
  expect(page).toContain(`value="${id}"`)
  expect(page).toContain('“mug”')
  expect((await get(routes.export(id))).status).toBe(404)
  const odd: Record<string, string>[] = [{}, { id: '../x', content: 'orders' }, { id: newId() }]
  for (const fields of odd) expect((await post(routes.exports(), fields)).status).toBe(422)
  for (const path of ['/exports/unknown-export', '/exports/unknown-export/file', '/exports?before=x']) {
    expect((await get(path)).status).toBeLessThan(500)
  }
})

it('keeps what was chosen of a form that was used before, under a new id', async () => {
  const id = await anExport('orders')
  const refused = await post(routes.exports({ status: 'shipped' }), { id, content: 'lines' })
  expect(refused.status).toBe(409)
  const page = await refused.text()
  expect(page).toContain('This form was sent before, with other contents.')
  expect(page).toMatch(/value="lines" checked/)
  const [, other = ''] = /name="id" value="([^"]+)"/.exec(page) ?? []
  expect(other).not.toBe(id)
  const again = await post(routes.exports({ status: 'shipped' }), { id: other, content: 'lines' })
  expect(again.headers.get('location')).toBe(routes.export(other))
  await Promise.all([finishExport(id), finishExport(other)])
  expect(await words(await get(routes.export(other)))).toContain('Orders Shipped One row per Line item')
})

it('offers a failed export again under the same filter', async () => {
  const id = await anExport('orders', { statuses: ['shipped'], from: '2026-01-01' })
  await env.DB.prepare('UPDATE exports SET attempts = 100 WHERE id = ?').bind(id).run()
  await deliverExport(id)
  expect((await exportNow(id)).status).toBe('failed')
  const page = await (await get(routes.export(id))).text()
  expect(page).toContain('The file could not be written')
  expect(page).toContain(
    routes
      .newExport([
        ['status', 'shipped'],
        ['from', '2026-01-01'],
      ])
      .replace('&', '&amp;'),
  )
})
