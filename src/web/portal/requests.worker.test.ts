import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../app.ts'
import { linkRequest } from '../../orders/link-request.ts'
import { routes } from '../../routes.ts'
import { newId, stockNow, testCtx } from '../../testing/fixtures.ts'
import { aBrowser, aNewShop, anOffer, aShop, fieldsOf, type Shop } from '../../testing/shop.ts'
import { get, words } from '../../testing/web.ts'

interface Placed {
  id: string
  number: number
  retailer_id: string | null
  type: string
  status: string
  payment_status: string
  pull: number
  net_total: number
  gross_total: number
}

async function ordersWith(productId: string): Promise<Placed[]> {
  const { results } = await env.DB.prepare(
    'SELECT orders.* FROM order_lines JOIN orders ON orders.id = order_id WHERE product_id = ? ORDER BY number',
  )
    .bind(productId)
    .all<Placed>()
  return results
}

const set = (table: 'products' | 'retailers', id: string, column: string, value: string | number) =>
  env.DB.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).bind(value, id).run()

/** Chooses quantities and answers the fields of the review that follows. */
async function reviewOf(shop: Shop, chosen: [number, number][]) {
  const typed = Object.fromEntries(chosen.map(([number, quantity]) => [`p${number}`, String(quantity)]))
  const answer = await shop.post(routes.portalCart(shop.token), { ...typed, do: 'review' })
  expect(answer.headers.get('location')).toBe(routes.portalReview(shop.token))
  const page = await (await shop.get(routes.portalReview(shop.token))).text()
  return { page, fields: fieldsOf(page) }
}

const send = (shop: Shop, fields: Record<string, string | string[]>) =>
  shop.post(routes.portalRequests(shop.token), fields)

beforeAll(async () => {
  await env.DB.prepare('UPDATE settings SET notification_emails = \'["desk@maker.example"]\'').run()
})

it('places a request that awaits approval, reserves nothing, and tells both sides', async () => {
  const shop = await aShop({ email: 'jo@shop.example' })
  const mug = await anOffer({ name: 'Speckled mug', retailPrice: 2800, set: { case_size: 6 } })
  const { page, fields } = await reviewOf(shop, [[mug.number, 12]])
  for (const text of ['Speckled mug', '$168.00', 'value="Jo"', 'value="jo@shop.example"']) {
    expect(page).toContain(text)
  }
  const answer = await send(shop, { ...fields, note: 'By the door, please', poNumber: 'PO 9', city: 'Leeds' })
  const [order] = await ordersWith(mug.id)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(routes.portalRequest(shop.token, order!.id))
  expect(order).toMatchObject({
    ...{ retailer_id: shop.retailerId, type: 'wholesale', status: 'awaiting_approval', pull: 0 },
    ...{ payment_status: 'awaiting_payment', net_total: 16_800, gross_total: 33_600 },
  })
  const confirmation = await words(await shop.get(answer.headers.get('location')!))
  expect(confirmation).toContain(`Order #${order!.number} is sent`)
  expect(confirmation).toContain('jo@shop.example')
  const desk = await words(await get(routes.order(order!.number)))
  for (const text of ['Awaiting Approval', 'Speckled mug', 'PO 9']) expect(desk).toContain(text)
  const { results: mails } = await env.DB.prepare(
    'SELECT recipient FROM mails WHERE order_id = ? ORDER BY number',
  )
    .bind(order!.id)
    .all()
  expect(mails).toEqual([{ recipient: 'jo@shop.example' }, { recipient: 'desk@maker.example' }])
  const request = await env.DB.prepare('SELECT * FROM order_requests WHERE order_id = ?')
    .bind(order!.id)
    .first()
  expect(request).toMatchObject({ note: 'By the door, please', city: 'Leeds', contact_name: 'Jo' })
  expect((await stockNow(mug.id)).reserved).toBe(0)
  expect(shop.cookie('cart')).toBeUndefined()
  const next = await reviewOf(shop, [[mug.number, 6]])
  expect(next.page).toContain('value="Leeds"')
  expect(next.fields.id).not.toBe(fields.id)
})

it('takes the terms of a consignment retailer', async () => {
  const shop = await aShop({ type: 'consignment', set: { rate: 4000 } })
  const mug = await anOffer({ retailPrice: 2000, set: { wholesale_price: 900 } })
  await send(shop, (await reviewOf(shop, [[mug.number, 1]])).fields)
  const [order] = await ordersWith(mug.id)
  expect(order).toMatchObject({ type: 'consignment', payment_status: 'none_expected', net_total: 1200 })
})

describe('the same form twice', () => {
  it('makes one order, at the same time and after the answer was lost', async () => {
    const shop = await aShop()
    const mug = await anOffer()
    const { fields } = await reviewOf(shop, [[mug.number, 3]])
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(shop, fields)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1)
    expect(await ordersWith(mug.id)).toHaveLength(1)
    // The shop never saw an answer: its cart is still there, with the id of the request.
    const lost = await aBrowser(shop.retailerId, 1)
    const first = await reviewOf(lost, [[mug.number, 3]])
    await (await aBrowser(shop.retailerId, 1)).post(routes.portalRequests(shop.token), first.fields)
    const again = await reviewOf(lost, [[mug.number, 3]])
    expect(again.fields.id).toBe(first.fields.id)
    expect((await send(lost, again.fields)).status).toBe(303)
    expect(await ordersWith(mug.id)).toHaveLength(2)
  })

  it('is told apart from the form that was edited after it was sent', async () => {
    const shop = await aShop()
    const mug = await anOffer()
    const first = await reviewOf(shop, [[mug.number, 3]])
    await (await aBrowser(shop.retailerId, 1)).post(routes.portalRequests(shop.token), first.fields)
    const more = await reviewOf(shop, [[mug.number, 5]])
    const answer = await send(shop, more.fields)
    const [order] = await ordersWith(mug.id)
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain(`for order ${order!.number}. Nothing was done now.`)
    expect(await ordersWith(mug.id)).toHaveLength(1)
    expect((await send(shop, fieldsOf(page))).status).toBe(303)
    expect((await ordersWith(mug.id)).map(({ net_total }) => net_total)).toEqual([3000, 5000])
  })

  it('tells another link nothing of the order', async () => {
    const [shop, other, stranger] = await Promise.all([aShop(), aShop(), aNewShop()])
    const mug = await anOffer()
    const { fields } = await reviewOf(shop, [[mug.number, 3]])
    await send(shop, fields)
    const [order] = await ordersWith(mug.id)
    for (const another of [other, stranger]) {
      const answer = await send(another, {
        ...fields,
        businessName: 'X',
        city: 'Y',
        street: 'Z',
        email: 'a@b.co',
      })
      expect(answer.status).toBe(422)
      const page = await answer.text()
      expect(page).not.toContain(String(order!.number))
      expect(fieldsOf(page).id).not.toBe(fields.id)
      expect((await another.get(routes.portalRequest(another.token, order!.id))).status).toBe(404)
    }
    expect(await ordersWith(mug.id)).toHaveLength(1)
  })
})

describe('what changed between looking and sending', () => {
  const changes: [string, (mug: { id: string }, shop: Shop) => Promise<unknown>, string][] = [
    ['a price', ({ id }) => set('products', id, 'retail_price', 3000), 'your price $14.00 → $15.00'],
    ['a retail price', ({ id }) => set('products', id, 'retail_price', 3000), 'retail price $28.00 → $30.00'],
    ['the wholesale price', ({ id }) => set('products', id, 'wholesale_price', 1250), '$14.00 → $12.50'],
    ['the rate', (_, { retailerId }) => set('retailers', retailerId, 'rate', 4500), '$14.00 → $15.40'],
    ['the case', ({ id }) => set('products', id, 'case_size', 8), 'is sold by 8 now'],
    ['an archived product', ({ id }) => set('products', id, 'archived', 1), 'is not offered any more'],
    ['an unlisted product', ({ id }) => set('products', id, 'listed', 0), 'is not offered any more'],
    [
      'the minimum',
      (_, { retailerId }) => set('retailers', retailerId, 'minimum_order', 50_000),
      'The least order is $500.00: add $304.00 more.',
    ],
  ]
  it.each(changes)('tells of %s, keeps what was typed, and places nothing', async (_, change, told) => {
    const shop = await aShop()
    const mug = await anOffer({ name: 'Speckled mug', retailPrice: 2800, set: { case_size: 2 } })
    const vase = await anOffer({ name: 'Bud vase', retailPrice: 2800, set: { case_size: 2 } })
    const { fields } = await reviewOf(shop, [
      [mug.number, 10],
      [vase.number, 4],
    ])
    await change(mug, shop)
    const refused = await send(shop, { ...fields, note: 'Mind the step' })
    expect(refused.status).toBe(422)
    const page = await refused.text()
    expect(page).toContain(told)
    expect(page).toContain('Nothing was sent')
    expect(page).toContain('Mind the step')
    expect(await ordersWith(vase.id)).toHaveLength(0)
    if (told.includes('least')) return
    // Deciding again places exactly what this page showed.
    expect((await send(shop, fieldsOf(page))).status).toBe(303)
    const [order] = await ordersWith(vase.id)
    expect(page).toContain(`$${(order!.net_total / 100).toFixed(2)}`)
  })

  it.each([
    ['rotated', { portal_link_version: 2 }],
    ['switched off', { portal_open: 0 }],
    ['of a retailer that is inactive now', { active: 0 }],
  ])('refuses a link that was %s, and places nothing', async (_, columns) => {
    const shop = await aShop()
    const mug = await anOffer()
    const { fields } = await reviewOf(shop, [[mug.number, 1]])
    for (const [column, value] of Object.entries(columns))
      await set('retailers', shop.retailerId, column, value)
    const refused = await send(shop, fields)
    expect(refused.status).toBe(404)
    expect(await words(refused)).toContain('Nothing was sent. Ask the business')
    expect(await ordersWith(mug.id)).toHaveLength(0)
  })

  it('never takes a price from the form', async () => {
    const shop = await aShop()
    const mug = await anOffer({ retailPrice: 2800 })
    const { fields } = await reviewOf(shop, [[mug.number, 1]])
    const cheap = String(fields.line).replace('1400', '1')
    expect((await send(shop, { ...fields, line: cheap })).status).toBe(422)
    expect(await ordersWith(mug.id)).toHaveLength(0)
  })
})

describe('a new shop', () => {
  it('says who it is, sees the prices for new shops, and gets a confirmation and nothing else', async () => {
    const shop = await aNewShop()
    await env.DB.prepare('UPDATE settings SET new_shops_rate = 4000').run()
    const mug = await anOffer({ retailPrice: 2000 })
    const { fields } = await reviewOf(shop, [[mug.number, 5]])
    const refused = await send(shop, { ...fields, businessName: 'Kelp & Co', city: 'Bath' })
    expect(refused.status).toBe(422)
    const page = await refused.text()
    for (const text of [
      'Enter your name.',
      'Enter your e-mail',
      'Enter your street',
      'Kelp &amp; Co',
      'Bath',
    ]) {
      expect(page).toContain(text)
    }
    expect(await ordersWith(mug.id)).toHaveLength(0)
    const who = { contactName: 'Kim', email: 'kim@kelp.example', street: '1 Quay' }
    const answer = await send(shop, { ...fieldsOf(page), ...who })
    const [order] = await ordersWith(mug.id)
    expect(order).toMatchObject({ retailer_id: null, type: 'wholesale', net_total: 6000 })
    const confirmation = await (await shop.get(answer.headers.get('location')!)).text()
    expect(confirmation).toContain(`Order #${order!.number} is sent`)
    expect(confirmation).toContain('kim@kelp.example')
    expect(confirmation).not.toContain(routes.portalOrders(shop.token))
    for (const path of [routes.portalOrders(shop.token), routes.portalOrder(shop.token, order!.number)]) {
      expect((await shop.get(path)).status).toBe(404)
    }
    const list = await words(await get(routes.orders()))
    expect(list).toContain('Kelp & Co')
    const { results } = await env.DB.prepare('SELECT recipient FROM mails WHERE order_id = ? ORDER BY number')
      .bind(order!.id)
      .all()
    expect(results[0]).toEqual({ recipient: 'kim@kelp.example' })
  })

  it('finds its link closed when it is switched off or replaced', async () => {
    const shop = await aNewShop()
    expect((await shop.get(routes.portal(shop.token))).status).toBe(200)
    await env.DB.prepare('UPDATE settings SET new_shops_open = 0').run()
    expect((await shop.get(routes.portal(shop.token))).status).toBe(404)
    await env.DB.prepare('UPDATE settings SET new_shops_open = 1, new_shops_link_version = 2').run()
    expect((await shop.get(routes.portal(shop.token))).status).toBe(404)
    await env.DB.prepare('UPDATE settings SET new_shops_link_version = 1').run()
  })
})

it.each([
  ['no lines', {}],
  ['lines that are no lines', { line: '[1,2]' }],
  ['lines that are no JSON', { line: '{' }],
  ['a part of a unit', { line: '[1,0.5,1,1,"x"]' }],
  ['nothing of it', { line: '[1,0,1,1,"x"]' }],
  ['a strange id', { line: '[1,1,1,1,"x"]', id: '<b>' }],
  ['a day that is over', { line: '[1,1,1,1,"x"]', wantedDate: '2020-01-01' }],
  ['no day at all', { line: '[1,1,1,1,"x"]', wantedDate: 'soon' }],
  ['an endless note', { line: '[1,1,1,1,"x"]', note: 'x'.repeat(5_000) }],
  ['201 products', { line: Array.from({ length: 201 }, (_, index) => `[${index + 1},1,1,1,"x"]`) }],
  ['one product twice', { line: ['[1,1,1,1,"x"]', '[1,2,1,1,"x"]'] }],
])('refuses %s with words, and places nothing', async (_, fields) => {
  const shop = await aShop()
  const answer = await send(shop, { id: newId(), email: '', ...fields } as Record<string, string>)
  expect(answer.status).toBe(422)
  const { count } = (await env.DB.prepare('SELECT COUNT(*) AS count FROM orders WHERE retailer_id = ?')
    .bind(shop.retailerId)
    .first<{ count: number }>())!
  expect(count).toBe(0)
})

it('reads none of the products that a form with too many lines names', async () => {
  const shop = await aShop()
  const mug = await anOffer({ name: 'One of too many' })
  const line = Array.from({ length: 201 }, (_, index) => `[${mug.number + index},1,1,1,"x"]`)
  expect(await (await send(shop, { id: newId(), line })).text()).not.toContain(mug.name)
})

it('shows a request no more under the link it came through once it is another retailer’s', async () => {
  const [shop, other] = await Promise.all([aShop(), aShop({ set: { rate: 7000 } })])
  const mug = await anOffer({ retailPrice: 2800 })
  const { fields } = await reviewOf(shop, [[mug.number, 1]])
  const sent = (await send(shop, fields)).headers.get('location')!
  expect((await shop.get(sent)).status).toBe(200)
  const [order] = await ordersWith(mug.id)
  const { ctx, settled } = testCtx()
  const link = { number: order!.number, changeId: newId(), revision: 1, ownPrices: true }
  expect((await linkRequest(ctx, { ...link, retailerId: other.retailerId })).ok).toBe(true)
  await settled()
  expect((await shop.get(sent)).status).toBe(404)
  expect((await other.get(routes.portalOrder(other.token, order!.number))).status).toBe(200)
})

it('refuses more than a form can hold', async () => {
  const shop = await aShop()
  const answer = await send(shop, { note: 'x'.repeat(600_000) })
  expect(answer.status).toBe(413)
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

/** How many are taken before one is refused; a new minute in between makes them more, but never twice as many. */
async function takenBefore429(attempt: (tries: number) => Promise<Response>, limit: number) {
  for (let tries = 0; tries <= 2 * limit; tries++) {
    const answer = await attempt(tries)
    if (answer.status === 429) return { taken: tries, answer }
  }
  throw new Error(`More than ${2 * limit} were taken.`)
}

describe('too many requests', () => {
  const noted = { id: newId(), line: '[999999,1,1,1,"x"]', note: 'Mind the step' }

  it('from one address are refused, whatever its link; what was typed is kept', async () => {
    const [mug, one, other] = await Promise.all([anOffer(), aShop(), aShop()])
    const links = await Promise.all(
      [one, other].map(({ retailerId }) => aBrowser(retailerId, 1, '192.0.2.7')),
    )
    const repriced = { ...noted, line: `[${mug.number},1,1,1,"x"]` }
    const { taken, answer } = await takenBefore429((tries) => send(links[tries % 2]!, repriced), 30)
    expect(taken).toBeGreaterThanOrEqual(30)
    const page = await answer.text()
    expect(page).toContain('Too many tries. Wait 60 seconds')
    expect(page).toContain('Mind the step')
  })

  it('through one link are refused, whatever the address', async () => {
    const { retailerId } = await aShop()
    const { taken } = await takenBefore429(async () => send(await aBrowser(retailerId, 1), noted), 20)
    expect(taken).toBeGreaterThanOrEqual(20)
    const other = await aShop()
    expect((await send(other, noted)).status).toBe(422)
  })
})

it('works where nobody may see the staff pages', async () => {
  const shop = await aShop()
  const answer = await app.fetch(
    new Request(`http://localhost${routes.portal(shop.token)}`),
    { ...env, LOCAL_OWNER: 'false' },
    createExecutionContext(),
  )
  expect(answer.status).toBe(200)
})
