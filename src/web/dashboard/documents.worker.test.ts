import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { placeOrder } from '../../orders/place-order.ts'
import { MAX_DOCUMENTS, readDocuments } from '../../orders/read-documents.ts'
import { routes } from '../../routes.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from '../../testing/fixtures.ts'
import { get, words } from '../../testing/web.ts'

let mug: string
let bowl: string
let retailerId: string
beforeAll(async () => {
  ;[mug, bowl, retailerId] = await Promise.all([
    aProduct({ onHand: 10_000, name: 'Speckled mug' }),
    aProduct({ onHand: 10_000, name: '<i>Supper</i> bowl', retailPrice: 3400 }),
    // Without e-mails, whose counters would be read too while they are sent.
    aRetailer({ email: '' }),
  ])
  await env.DB.prepare(
    `UPDATE retailers SET name = 'Gull & Sons', street = '9 Fern Street', city = 'Richmond', region = 'VA',
      postcode = '23220', country = 'US' WHERE id = ?`,
  )
    .bind(retailerId)
    .run()
})

async function anOrder(over: { id?: string; productId?: string; quantity?: number; poNumber?: string } = {}) {
  const { id = newId(), productId = mug, quantity = 3, poNumber = '' } = over
  const { ctx, settled } = testCtx()
  const lines = [{ productId, quantity }, ...(productId === bowl ? [] : [{ productId: bowl, quantity: 2 }])]
  const placed = await placeOrder(
    ctx,
    placement(retailerId, lines, { id, poNumber, shipBy: '2026-12-04', shipping: 800 }),
  )
  await settled()
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  return placed.value.number!
}

/** The orders whose papers a page holds, from top to bottom. */
async function sheetsOf(response: Response): Promise<number[]> {
  const found = (await response.text()).matchAll(/class="sheet" aria-label="[^"]*order (\d+)"/g)
  return [...found].map(([, number]) => Number(number))
}

it('packs by quantity, SKU and address, without a price', async () => {
  const number = await anOrder({ poNumber: 'PO 5519' })
  const response = await get(routes.packingSlips([number]))
  const html = await response.clone().text()
  const page = await words(response)
  const { sku } = (await env.DB.prepare('SELECT sku FROM products WHERE id = ?')
    .bind(mug)
    .first<{ sku: string }>())!
  for (const text of [
    'Gull & Sons',
    '9 Fern Street',
    'Richmond, VA 23220',
    'PO 5519',
    '4 Dec 2026',
    sku,
    'Notes',
  ]) {
    expect(page).toContain(text)
  }
  expect(page).toMatch(/Pieces in all\s+5/)
  expect(html).toContain('&lt;i&gt;Supper&lt;/i&gt; bowl')
  expect(page.slice(page.indexOf('Packing slip'))).not.toMatch(/\$|\d\.\d\d|total|due/i)
})

it('states lines, prices and totals as the order page does', async () => {
  const page = await words(await get(routes.statements([await anOrder()])))
  for (const text of [
    '$20.00',
    '$10.00',
    '$34.00',
    '$17.00',
    '$128.00',
    '−$64.00',
    '$64.00',
    '$8.00',
    '$72.00',
  ]) {
    expect(page).toContain(text)
  }
})

it('prints several orders in the order asked for, each once, and names those that are not there', async () => {
  const [first, second, third] = [await anOrder(), await anOrder(), await anOrder()]
  for (const url of [routes.packingSlips, routes.statements]) {
    expect(await sheetsOf(await get(url([third, first, third, second])))).toEqual([third, first, second])
    const some = await get(url([second, 987_654, first]))
    expect(some.status).toBe(200)
    expect(await words(some.clone())).toContain('No order has this number: 987654.')
    expect(await sheetsOf(some)).toEqual([second, first])
    expect((await get(url([987_654]))).status).toBe(404)
  }
  const asForm = await get(`${routes.packingSlips()}?orders=${first}&orders=${third}`)
  expect(await sheetsOf(asForm)).toEqual([first, third])
})

it('reads its orders in one round trip, however many others there are, and at most a hundred', async () => {
  const numbers = [await anOrder(), await anOrder()]
  // Behind every other one: the end of an index is a row less to read than a neighbour.
  await anOrder({ id: `z${newId()}` })
  const rowsRead = async () => {
    const { ctx } = testCtx()
    const view = await readDocuments(ctx, { orders: numbers })
    expect(view.ok && view.value.documents.map(({ order }) => order.lines.length)).toEqual([2, 2])
    expect(ctx.db.meter.roundTrips).toBe(1)
    return ctx.db.meter.rowsRead
  }
  const before = await rowsRead()
  for (let others = 0; others < 5; others++) await anOrder()
  expect(await rowsRead()).toBe(before)

  const hundred = [...numbers, ...Array.from({ length: MAX_DOCUMENTS - 2 }, (_, index) => 500_000 + index)]
  expect((await get(routes.statements(hundred))).status).toBe(200)
  const tooMany = await get(routes.statements([...hundred, 600_000]))
  expect(tooMany.status).toBe(422)
  expect(await words(tooMany)).toContain(`Print at most ${MAX_DOCUMENTS} orders at once.`)
})

it.each([
  ...[
    '',
    '?orders=',
    '?orders=%20',
    '?orders=,',
    '?orders=abc',
    '?orders=1042,x',
    '?orders=-1',
    '?orders=1.5',
    '?orders=0',
  ],
  ...['?orders=99999999999999999999', '?orders=1e3', '?orders=%00', '?orders=1042;DROP'],
])('asks for order numbers when the address ends with %j', async (query) => {
  for (const path of [routes.packingSlips(), routes.statements()]) {
    const response = await get(path + query)
    expect(response.status).toBe(422)
    expect(await words(response)).toMatch(/Choose at least one order|Give the numbers of orders/)
  }
})

it('warns on the slip of an order that is not to be packed', async () => {
  const number = await anOrder()
  await env.DB.prepare(`UPDATE orders SET status = 'canceled' WHERE number = ?`).bind(number).run()
  expect(await words(await get(routes.packingSlips([number])))).toContain('nothing is to be sent')
})

it('says whose street is missing, on the screen only', async () => {
  const { ctx, settled } = testCtx()
  const placed = await placeOrder(ctx, placement(await aRetailer(), [{ productId: mug, quantity: 1 }]))
  await settled()
  const page = await words(await get(routes.packingSlips([placed.ok ? placed.value.number! : 0])))
  expect(page).toContain('Nothing is known of the street of')
})

it('takes an order that has no retailer yet', async () => {
  const number = await anOrder()
  await env.DB.prepare('UPDATE orders SET retailer_id = NULL WHERE number = ?').bind(number).run()
  for (const url of [routes.packingSlips, routes.statements])
    expect((await get(url([number]))).status).toBe(200)
  expect(await words(await get(routes.order(number)))).not.toContain('Order again')
})

it('refuses those who may not read orders', async () => {
  const { ctx } = testCtx({ actor: { kind: 'retailer', id: newId(), name: 'Jo' } })
  expect(await readDocuments(ctx, { orders: [1] })).toMatchObject({ failure: { reason: 'forbidden' } })
})
