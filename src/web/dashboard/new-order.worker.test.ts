import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aProduct, aRetailer, newId, runAlarm, stockNow } from '../../testing/fixtures.ts'
import { cartForm, type Fields, orderRows, placed } from '../../testing/order-forms.ts'
import { fieldsOf } from '../../testing/shop.ts'
import { get, post, words } from '../../testing/web.ts'

let productId: string
let retailerId: string
beforeAll(async () => {
  ;[productId, retailerId] = await Promise.all([
    aProduct({ onHand: 1000, name: 'Speckled mug' }),
    aRetailer(),
  ])
})

const cart = (over: Fields = {}) => cartForm({ retailer: retailerId, product: productId, ...over })

const script = '<script>alert(1)</script>'

it('shows the retailer picker, the cart, the review and the placed order', async () => {
  expect(await words(await get(routes.newOrder()))).toContain('Who is it for?')
  expect(await words(await get(routes.newOrder({ retailer: retailerId })))).toContain(
    'Nothing in the cart yet',
  )
  const review = await words(await post(routes.newOrder(), { ...cart(), do: 'review' }))
  expect(review).toContain('Speckled mug')
  expect(review).toContain('$28.00')

  const page = await words(await get(routes.order(await placed(cart({ poNumber: 'PO 7' })))))
  expect(page).toContain('PO PO 7')
  expect(page).toContain('1 line item, 2 pieces, net $20.00.')
})

it('makes one order of a double submit, at the same time or later', async () => {
  const form = cart()
  const [first, second] = await Promise.all([post(routes.orders(), form), post(routes.orders(), form)])
  const third = await post(routes.orders(), form)
  expect([first.status, second.status, third.status]).toEqual([303, 303, 303])
  const locations = [first, second, third].map((response) => response.headers.get('location'))
  expect(new Set(locations).size).toBe(1)
})

it('ignores prices from the client', async () => {
  const number = await placed(cart({ price: '0.01', unitPrice: '1', netTotal: '1' }))
  const net = await env.DB.prepare('SELECT net_total FROM orders WHERE number = ?')
    .bind(number)
    .first('net_total')
  expect(net).toBe(2000)
})

it('asks again when stock is short, names it, and can promise it anyway', async () => {
  const short = await aProduct({ onHand: 3, name: 'Bud vase' })
  const form = cart({ product: short, quantity: '5' })
  const refused = await post(routes.orders(), form)
  expect(refused.status).toBe(409)
  expect(await words(refused)).toContain('Bud vase: 5 wanted, 3 available, 2 missing.')
  const review = await post(routes.newOrder(), { ...form, allowShortage: 'on', do: 'review' })
  expect(await words(review)).toContain('Reserved when you place the order; what is missing is to be made')
  expect((await post(routes.orders(), { ...form, allowShortage: 'on' })).status).toBe(303)
  expect(await stockNow(short)).toMatchObject({ available: -2 })
})

it('reviews nothing that placing would refuse', async () => {
  const archived = await aProduct({ name: 'Old bowl' })
  await env.DB.prepare('UPDATE products SET archived = 1 WHERE id = ?').bind(archived).run()
  for (const [over, message] of [
    [{ quantity: '1000000000' }, 'Speckled mug: Enter a whole number from 1 to'],
    [{ product: [productId, productId], quantity: ['1', '2'] }, 'Speckled mug is there twice.'],
    [{ product: newId() }, 'This product is not sold any more.'],
    [{ product: archived }, 'Old bowl is not sold any more.'],
    [{ discount: '5000.00' }, 'The discount is more than the goods come to.'],
    [{ poNumber: 'x'.repeat(1000) }, 'Use at most 60 characters.'],
  ] as const) {
    const form = cart(over as Record<string, string | string[]>)
    const review = await post(routes.newOrder(), { ...form, do: 'review' })
    expect([review.status, await words(review)]).toEqual([422, expect.stringContaining(message)])
  }
})

it('says in the review what is missing, and whose address', async () => {
  const [product, shop] = await Promise.all([
    aProduct({ onHand: 3, name: 'Bud vase' }),
    aRetailer({ email: '' }),
  ])
  await runAlarm(product)
  await env.DB.prepare(`UPDATE settings SET notification_emails = '["desk@maker.example"]'`).run()
  const form = cart({ product, quantity: '5', retailer: shop })
  const review = await words(await post(routes.newOrder(), { ...form, do: 'review' }))
  await env.DB.prepare(`UPDATE settings SET notification_emails = '[]'`).run()
  expect(review).toContain('Bud vase: 5 wanted, 3 available.')
  expect(review).toContain('has no e-mail address: only you are written to.')
})

it('opens no cart for a retailer that is inactive', async () => {
  const shop = await aRetailer()
  await env.DB.prepare(`UPDATE retailers SET active = 0, name = 'Closed Shop' WHERE id = ?`).bind(shop).run()
  const page = await get(routes.newOrder({ retailer: shop }))
  expect([page.status, await words(page)]).toEqual([422, expect.stringContaining('Closed Shop is inactive.')])
})

it('keeps a cart whose retailer is made inactive meanwhile', async () => {
  const shop = await aRetailer()
  await env.DB.prepare(`UPDATE retailers SET active = 0, name = 'Closed Shop' WHERE id = ?`).bind(shop).run()
  const form = cart({ retailer: shop })
  for (const action of ['', 'update', 'review']) {
    const page = await (await post(routes.newOrder(), { ...form, do: action })).text()
    expect(page).toContain('id="cart"')
    expect(page).toContain('Speckled mug')
    expect(page.includes('Closed Shop is inactive.')).toBe(action === 'review')
  }
})

it('places nothing at other prices than were reviewed', async () => {
  const product = await aProduct({ onHand: 9, retailPrice: 2000 })
  const html = await (await post(routes.newOrder(), { ...cart({ product }), do: 'review' })).text()
  const reviewed = fieldsOf(html.slice(html.indexOf('<form')))
  expect(reviewed).toMatchObject({ grossTotal: '4000', netTotal: '2000', amountDue: '2800' })
  const price = env.DB.prepare('UPDATE products SET retail_price = ? WHERE id = ?')
  await price.bind(2200, product).run()
  const before = await orderRows()
  const refused = await post(routes.orders(), reviewed)
  expect(refused.status).toBe(422)
  expect(await words(refused)).toContain(
    'Prices have changed since you reviewed this order: gross total $40.00 → $44.00, net total $20.00 → $22.00, amount due $28.00 → $30.00. Review it again.',
  )
  expect(await orderRows()).toEqual(before)

  const second = await (await post(routes.newOrder(), { ...reviewed, do: 'review' })).text()
  const again = fieldsOf(second.slice(second.indexOf('<form')))
  expect((await post(routes.orders(), again)).status).toBe(303)
  await price.bind(2000, product).run()
  expect((await post(routes.orders(), again)).status).toBe(303)
})

const badCarts: [string, () => Record<string, string | string[]>][] = [
  ['no lines', () => ({ product: [], quantity: [] })],
  ...['0', '-1', '1.5', '1000000000', 'ten', '', ' ', '1e3', '٣'].map(
    (quantity): [string, () => Record<string, string>] => [
      `a quantity of "${quantity}"`,
      () => ({ quantity }),
    ],
  ),
  ['500 lines', () => ({ product: Array.from({ length: 500 }, newId), quantity: Array(500).fill('1') })],
  ['an unknown product', () => ({ product: newId() })],
  ['the same product twice', () => ({ product: [productId, productId], quantity: ['1', '2'] })],
  ['an unknown retailer', () => ({ retailer: newId() })],
  ['no retailer', () => ({ retailer: '' })],
  ['a strange id', () => ({ orderId: script })],
  ['an amount in words', () => ({ shipping: 'free' })],
  ['a negative amount', () => ({ shipping: '-5' })],
  ['too many decimals', () => ({ shipping: '1.234' })],
  ['a discount above the goods', () => ({ discount: '999' })],
  ['an impossible date', () => ({ date: '2026-02-31' })],
  ['a long PO number', () => ({ poNumber: 'x'.repeat(100_000) })],
  ['broken UTF-8', () => ({ poNumber: 'a\uFFFDb' })],
]

it.each(badCarts)('refuses %s with a clear answer and changes nothing', async (_, over) => {
  const before = await orderRows()
  const response = await post(routes.orders(), cart(over()))
  expect([404, 409, 422]).toContain(response.status)
  expect(await words(response)).toMatch(/There is a problem|does not exist/)
  expect(await orderRows()).toEqual(before)
})
