import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { duplicateOrder } from '../../../orders/duplicate-order.ts'
import { placeOrder } from '../../../orders/place-order.ts'
import { routes } from '../../../routes.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from '../../../testing/fixtures.ts'
import { get, post, words } from '../../../testing/web.ts'

async function anOrder() {
  const [mug, bowl, vase, retailerId] = await Promise.all([
    aProduct({ onHand: 100, name: 'Mug & saucer' }),
    aProduct({ onHand: 100, name: 'Bowl' }),
    aProduct({ onHand: 100, name: 'Vase' }),
    aRetailer(),
  ])
  const lines = [
    { productId: mug, quantity: 12 },
    { productId: bowl, quantity: 5 },
    { productId: vase, quantity: 7 },
  ]
  const { ctx, settled } = testCtx()
  const terms = {
    discount: 100,
    shipping: 900,
    poNumber: 'PO 5519',
    shipBy: '2026-12-04',
    date: '2020-02-02',
  }
  const placed = await placeOrder(ctx, placement(retailerId, lines, terms))
  await settled()
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  return { mug, bowl, vase, retailerId, number: placed.value.number! }
}

const setProduct = (id: string, assignment: string) =>
  env.DB.prepare(`UPDATE products SET ${assignment} WHERE id = ?`).bind(id).run()

const again = (number: number | string) => get(routes.newOrder({ again: String(number) }))

const valuesOf = (html: string, name: string) =>
  [...html.matchAll(/<input[^>]*>/g)]
    .map(([input]) => input)
    .filter((input) => input.includes(`name="${name}"`))
    .map((input) => /value="([^"]*)"/.exec(input)?.[1] ?? '')

it('fills the cart with the retailer and the products, and nothing else of the order', async () => {
  const { mug, bowl, vase, retailerId, number } = await anOrder()
  const html = await (await again(number)).text()
  expect(valuesOf(html, 'retailer')).toEqual([retailerId])
  expect(valuesOf(html, 'product')).toEqual([mug, bowl, vase])
  expect(valuesOf(html, 'quantity')).toEqual(['12', '5', '7'])
  for (const name of ['discount', 'shipping', 'otherCharges', 'tax', 'poNumber', 'shipBy']) {
    expect([name, ...valuesOf(html, name)]).toEqual([name, ''])
  }
  expect(valuesOf(html, 'date')).not.toEqual(['2020-02-02'])
})

it('leaves out what is not sold any more, and names it', async () => {
  const { mug, bowl, vase, number } = await anOrder()
  await setProduct(mug, 'archived = 1')
  const response = await again(number)
  const html = await response.clone().text()
  expect(valuesOf(html, 'product')).toEqual([bowl, vase])
  expect(await words(response)).toContain('Left out, since they are not sold any more: Mug & saucer.')
})

it("takes today's prices, says which are others, and places at them", async () => {
  const { mug, number, retailerId } = await anOrder()
  await setProduct(mug, 'retail_price = 2600')
  const page = await words(await again(number))
  expect(page).toContain('Mug & saucer: $10.00 → $13.00')
  expect(page).not.toContain('Bowl: $10.00')
  const cart = { orderId: newId(), retailer: retailerId, currency: 'USD', product: mug, quantity: '12' }
  const response = await post(routes.orders(), { ...cart, date: '', price: '10.00' })
  const net = await env.DB.prepare('SELECT net_total FROM orders WHERE id = ?')
    .bind(cart.orderId)
    .first('net_total')
  expect([response.status, net]).toEqual([303, 12 * 1300])
})

it('places nothing by being opened, reads once, and makes an order of its own each time', async () => {
  const { number } = await anOrder()
  const orders = () => env.DB.prepare('SELECT COUNT(*) AS orders FROM orders').first('orders')
  const before = await orders()
  const ids = [await again(number), await again(number)].map(
    async (page) => valuesOf(await page.text(), 'orderId')[0],
  )
  expect(new Set(await Promise.all(ids)).size).toBe(2)
  expect(await orders()).toBe(before)

  const { ctx } = testCtx()
  expect((await duplicateOrder(ctx, { number })).ok).toBe(true)
  expect(ctx.db.meter.roundTrips).toBe(1)
})

it('opens an empty cart where nothing of the order is sold any more', async () => {
  const { mug, bowl, vase, number } = await anOrder()
  for (const id of [mug, bowl, vase]) await setProduct(id, 'archived = 1')
  const page = await words(await again(number))
  expect(page).toContain('Nothing in the cart yet')
  expect(page).toContain('Mug & saucer, Bowl, Vase')
})

it('says that an inactive retailer has to be made active first', async () => {
  const { number, retailerId } = await anOrder()
  await env.DB.prepare('UPDATE retailers SET active = 0 WHERE id = ?').bind(retailerId).run()
  expect(await words(await again(number))).toContain('Make it active before you place an order')
})

it('refuses an order without a retailer, and what is not an order', async () => {
  const { number } = await anOrder()
  await env.DB.prepare('UPDATE orders SET retailer_id = NULL WHERE number = ?').bind(number).run()
  expect((await again(number)).status).toBe(422)
  expect((await again(987_654)).status).toBe(404)
  for (const bad of ['x', '-1', '0', '1.5', '99999999999999999999', '\0']) {
    const response = await again(bad)
    expect([bad, response.status]).toEqual([bad, 422])
    expect(await words(response)).toContain('Give the number of an order.')
  }
})

it('refuses those who may not place orders', async () => {
  const { ctx } = testCtx({ actor: { kind: 'staff', id: 'v', name: 'Vi', role: 'viewer' } })
  expect(await duplicateOrder(ctx, { number: 1001 })).toMatchObject({ failure: { reason: 'forbidden' } })
})
