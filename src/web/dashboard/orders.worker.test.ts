import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aProduct, aRetailer, newId, runAlarm, stockNow } from '../../testing/fixtures.ts'
import { fieldsOf } from '../../testing/shop.ts'
import { get, post, send, words } from '../../testing/web.ts'

let productId: string
let retailerId: string
beforeAll(async () => {
  ;[productId, retailerId] = await Promise.all([
    aProduct({ onHand: 1000, name: 'Speckled mug' }),
    aRetailer(),
  ])
})

/** The cart as the review page sends it. */
const cart = (over: Record<string, string | string[]> = {}) => ({
  ...{
    orderId: newId(),
    retailer: retailerId,
    currency: 'USD',
    product: productId,
    quantity: '2',
    pull: 'on',
  },
  ...{
    discount: '',
    shipping: '8.00',
    otherCharges: '',
    tax: '',
    poNumber: 'PO 7',
    date: '2026-11-23',
    ...over,
  },
})

async function placed(over: Record<string, string> = {}): Promise<number> {
  const response = await post(routes.orders(), cart(over))
  expect(response.status).toBe(303)
  return Number(response.headers.get('location')?.split('/').at(-1))
}

const update = (over: Record<string, string> = {}) => ({
  ...{ changeId: newId(), revision: '1', status: 'new', paymentStatus: 'awaiting_payment', email: 'no' },
  ...{ trackingNumber: '', invoiceLink: '', comment: '', ...over },
})

const everything = async () =>
  Promise.all(
    ['orders', 'order_lines', 'order_events', 'mails', 'transactions'].map((table) =>
      env.DB.prepare(`SELECT COUNT(*) AS rows FROM ${table}`).first('rows'),
    ),
  )

it('shows the retailer picker, the cart, the review and the placed order', async () => {
  expect(await words(await get(routes.newOrder()))).toContain('Who is it for?')
  expect(await words(await get(routes.newOrder({ retailer: retailerId })))).toContain(
    'Nothing in the cart yet',
  )
  const review = await words(await post(routes.newOrder(), { ...cart(), do: 'review' }))
  expect(review).toContain('Speckled mug')
  expect(review).toContain('$28.00')

  const page = await words(await get(routes.order(await placed())))
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
  const number = await placed({ price: '0.01', unitPrice: '1', netTotal: '1' })
  const net = await env.DB.prepare('SELECT net_total FROM orders WHERE number = ?')
    .bind(number)
    .first('net_total')
  expect(net).toBe(2000)
})

it('walks an order to Delivered and keeps every step', async () => {
  const number = await placed()
  const walk = [
    update({ status: 'in_progress', comment: 'Glazing this week', email: 'yes' }),
    update({ revision: '2', status: 'shipped', trackingNumber: '1Z 999 AA1 01 2345 6784' }),
    update({ revision: '3', status: 'delivered', paymentStatus: 'paid_in_full', confirmed: 'on' }),
  ]
  for (const step of walk) expect((await post(routes.orderUpdates(number), step)).status).toBe(303)
  const page = await words(await get(routes.order(number)))
  for (const text of [
    'New → In Progress',
    'Glazing this week',
    'In Progress → Shipped',
    'Shipped → Delivered',
  ]) {
    expect(page).toContain(text)
  }
  const final = await post(routes.orderUpdates(number), update({ revision: '4', status: 'new' }))
  expect(final.status).toBe(422)
  expect(await words(final)).toContain('Delivered is final.')
})

it('tells the second of two people what changed and keeps what they typed', async () => {
  const number = await placed()
  await post(routes.orderUpdates(number), update({ comment: 'Called them', status: 'in_progress' }))
  const late = await post(routes.orderUpdates(number), update({ comment: 'My own words', status: 'shipped' }))
  expect(late.status).toBe(409)
  const page = await late.text()
  const [, since] = /Since you opened this page(.*)What you typed is still in the form/s.exec(page) ?? []
  expect(since).toContain('Called them')
  expect(page).toContain('My own words')
  expect(page).toContain('name="revision" value="2"')
})

it('does not undo what others changed when the later one saves again', async () => {
  const number = await placed()
  const first = update({ status: 'shipped', trackingNumber: '1Z 1' })
  expect((await post(routes.orderUpdates(number), first)).status).toBe(303)
  const late = await (await post(routes.orderUpdates(number), update({ comment: 'Called' }))).text()
  expect(late).toMatch(/<option value="shipped" selected/)
  expect(late).toContain('value="1Z 1"')
  expect(late).toContain('Called')
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

it('opens no form for what is fixed, and the line instead of a second one', async () => {
  const number = await placed()
  const second = await get(routes.newOrderLine(number, { product: productId }))
  expect([second.status, second.headers.get('location')]).toEqual([302, routes.orderLine(number, productId)])
  expect((await post(routes.orderUpdates(number), update({ status: 'canceled' }))).status).toBe(303)
  for (const path of [
    routes.orderDetails(number),
    routes.orderLine(number, productId),
    routes.newOrderLine(number),
    routes.newOrderLine(number, { product: productId }),
  ]) {
    const page = await get(path)
    const answer = [page.status, await words(page)]
    expect(answer).toEqual([409, expect.stringContaining('This order is Canceled. Take it up again first.')])
  }
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

it('loads the order page anew where a part of it cannot be shown any more', async () => {
  const number = await placed()
  expect((await post(routes.orderUpdates(number), update({ status: 'canceled' }))).status).toBe(303)
  for (const path of [routes.orderLine(number, productId), routes.newOrderLine(number)]) {
    const headers = { 'hx-request-type': 'partial' }
    const part = await exports.default.fetch(new Request(`http://localhost${path}`, { headers }))
    expect([part.status, part.headers.get('hx-refresh'), await part.text()]).toEqual([200, 'true', ''])
  }
})

it('names the product of a line that is short, and says what is sold in cases', async () => {
  const product = await aProduct({ onHand: 9, name: 'Bud vase' })
  await env.DB.prepare('UPDATE products SET case_size = 6 WHERE id = ?').bind(product).run()
  const number = await placed({ product })
  const short = await post(routes.orderLine(number, product), {
    ...{ changeId: newId(), revision: '1', currency: 'USD', do: 'save', quantity: '10', unitPrice: '10.00' },
  })
  const page = await words(short)
  expect(page).toContain('Bud vase: 10 wanted, 9 available, 1 missing.')
  expect(page).toContain('Sold in cases of 6')
})

it('places nothing at other prices than were reviewed', async () => {
  const product = await aProduct({ onHand: 9, retailPrice: 2000 })
  const html = await (await post(routes.newOrder(), { ...cart({ product }), do: 'review' })).text()
  const reviewed = fieldsOf(html.slice(html.indexOf('<form')))
  expect(reviewed).toMatchObject({ grossTotal: '4000', netTotal: '2000', amountDue: '2800' })
  const price = env.DB.prepare('UPDATE products SET retail_price = ? WHERE id = ?')
  await price.bind(2200, product).run()
  const before = await everything()
  const refused = await post(routes.orders(), reviewed)
  expect(refused.status).toBe(422)
  expect(await words(refused)).toContain(
    'Prices have changed since you reviewed this order: gross total $40.00 → $44.00, net total $20.00 → $22.00, amount due $28.00 → $30.00. Review it again.',
  )
  expect(await everything()).toEqual(before)

  const second = await (await post(routes.newOrder(), { ...reviewed, do: 'review' })).text()
  const again = fieldsOf(second.slice(second.indexOf('<form')))
  expect((await post(routes.orders(), again)).status).toBe(303)
  await price.bind(2000, product).run()
  expect((await post(routes.orders(), again)).status).toBe(303)
})

it('refuses an update without an answer to the e-mail question', async () => {
  const number = await placed()
  const response = await post(routes.orderUpdates(number), update({ email: '', comment: 'kept' }))
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toContain('Choose whether to send an e-mail update')
  expect(page).toContain('kept')
})

const script = '<script>alert(1)</script>'
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
  const before = await everything()
  const response = await post(routes.orders(), cart(over()))
  expect([404, 409, 422]).toContain(response.status)
  expect(await words(response)).toMatch(/There is a problem|does not exist/)
  expect(await everything()).toEqual(before)
})

it.each([
  ['a comment of 100,000 characters', { comment: 'x'.repeat(100_000) }],
  ['an unknown status', { status: 'vanished' }],
  ['a link that is not https', { invoiceLink: 'javascript:alert(1)' }],
  ['an unconfirmed delivery', { status: 'delivered' }],
  ['an empty update', {}],
  ['a revision in words', { revision: 'x', comment: 'hi' }],
])('refuses an update with %s', async (_, over) => {
  const number = await placed()
  const before = await everything()
  const response = await post(routes.orderUpdates(number), update(over as Record<string, string>))
  expect([409, 422]).toContain(response.status)
  expect(await words(response)).toContain('There is a problem')
  expect(await everything()).toEqual(before)
})

it('shows scripts in text fields as text', async () => {
  const number = await placed({ poNumber: script })
  await post(routes.orderUpdates(number), update({ comment: script, trackingNumber: script }))
  const page = await (await get(routes.order(number))).text()
  expect(page).not.toContain(script)
  expect(page).toContain('&lt;script&gt;')
})

it.each([
  ['an unknown order', () => get(routes.order(999_999))],
  ['an update of an unknown order', () => post(routes.orderUpdates(999_999), update({ comment: 'x' }))],
  ['a line of an unknown order', () => get(routes.orderLine(999_999, 'x'))],
  ['a page that is not there', () => get('/nowhere')],
])('answers %s with not found', async (_, ask) => {
  const response = await ask()
  expect(response.status).toBe(404)
  expect(await words(response)).toContain('does not exist')
})

it.each([
  ['an empty body', '', 'application/x-www-form-urlencoded'],
  ['JSON', '{}', 'application/json'],
  ['half a multipart', '--x\r\nContent-Disposition: form-data', 'multipart/form-data; boundary=x'],
  ['bytes that are not UTF-8', 'poNumber=%FF%FE&id=%C3%28', 'application/x-www-form-urlencoded'],
])('refuses %s as a form', async (_, body, contentType) => {
  const number = await placed()
  const before = await everything()
  for (const path of [
    routes.orders(),
    routes.newOrder(),
    routes.orderUpdates(number),
    routes.orderLines(number),
  ]) {
    const response = await send(path, body, contentType)
    expect([404, 409, 422]).toContain(response.status)
  }
  expect(await everything()).toEqual(before)
})

it('refuses a form from another site', async () => {
  const before = await everything()
  const response = await fetchFromElsewhere()
  expect(response.status).toBe(403)
  expect(await everything()).toEqual(before)
})

async function fetchFromElsewhere() {
  return exports.default.fetch(
    new Request(`http://localhost${routes.orders()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
      body: new URLSearchParams({ ...cart(), product: productId } as Record<string, string>).toString(),
    }),
  )
}

it('does not act as the owner under another name than this machine’s', async () => {
  const response = await exports.default.fetch(`http://evil.example:8787${routes.orders()}`)
  expect(response.status).toBe(421)
})

it('opens pages whatever stands in the bookmark cookie', async () => {
  for (const cookie of ['bookmark=a%0Ab', 'bookmark=', `bookmark=${'9'.repeat(3000)}`, 'bookmark=%FF']) {
    const response = await exports.default.fetch(`http://localhost${routes.orders()}`, {
      headers: { cookie },
    })
    expect(response.status).toBe(200)
  }
})

it('leaves a request that awaits approval as it is when only a note is written', async () => {
  const number = await placed()
  const parked = update({ status: 'awaiting_approval', asksToPull: '1' })
  expect((await post(routes.orderUpdates(number), parked)).status).toBe(303)
  const note = update({
    revision: '2',
    status: 'awaiting_approval',
    comment: 'Called',
    asksToPull: '1',
    pull: 'on',
  })
  expect((await post(routes.orderUpdates(number), note)).status).toBe(303)
  const pulled = () => env.DB.prepare('SELECT pull FROM orders WHERE number = ?').bind(number).first('pull')
  expect(await pulled()).toBe(0)
  const approval = update({ revision: '3', status: 'new', asksToPull: '1', pull: 'on' })
  expect((await post(routes.orderUpdates(number), approval)).status).toBe(303)
  expect(await pulled()).toBe(1)
})

it('lets go what a request reserves, while it awaits approval', async () => {
  const number = await placed()
  const pulled = () => env.DB.prepare('SELECT pull FROM orders WHERE number = ?').bind(number).first('pull')
  const parked = { status: 'awaiting_approval', asksToPull: '1' }
  expect((await post(routes.orderUpdates(number), update({ ...parked, pull: 'on' }))).status).toBe(303)
  expect(await pulled()).toBe(1)
  const page = await (await get(routes.order(number))).text()
  expect(page).not.toContain('class="asked-for-approved"')
  expect((await post(routes.orderUpdates(number), update({ ...parked, revision: '2' }))).status).toBe(303)
  expect(await pulled()).toBe(0)
  expect(await (await get(routes.order(number))).text()).toContain('class="asked-for-approved"')
})

it('refuses an emptied price instead of giving the goods away', async () => {
  const number = await placed()
  const response = await post(routes.orderLine(number, productId), {
    ...{ changeId: newId(), revision: '1', currency: 'USD', quantity: '3', unitPrice: '', do: 'save' },
  })
  expect(response.status).toBe(422)
})

it('edits, adds and removes lines, but not the last one', async () => {
  const number = await placed()
  const bowl = await aProduct({ onHand: 5, name: 'Supper bowl' })
  const key = (revision: number) => ({ changeId: newId(), revision: String(revision), currency: 'USD' })
  const add = await post(routes.orderLines(number), { ...key(1), productId: bowl, quantity: '3' })
  const set = await post(routes.orderLine(number, bowl), {
    ...key(2),
    quantity: '4',
    unitPrice: '9.50',
    do: 'save',
  })
  expect([add.status, set.status]).toEqual([303, 303])
  expect(await stockNow(bowl)).toMatchObject({ reserved: 4 })
  const remove = await post(routes.orderLine(number, bowl), {
    ...key(3),
    quantity: '',
    unitPrice: '',
    do: 'remove',
  })
  expect(remove.status).toBe(303)
  const last = await post(routes.orderLine(number, productId), {
    ...key(4),
    quantity: '',
    unitPrice: '',
    do: 'remove',
  })
  expect(last.status).toBe(422)
  expect(await words(last)).toContain('Cancel the order instead')
  const page = await words(await get(routes.order(number)))
  expect(page).toContain('3 → 4, price $10.00 → $9.50')
})

it('keeps what was typed of a view that could not be saved, and gives a used form a new id', async () => {
  const query = 'status=shipped'
  const view = { viewId: newId(), query, name: 'To bill' }
  const saved = await post(routes.savedViews(), view)
  expect([saved.status, saved.headers.get('location')]).toEqual([303, routes.orders({ status: 'shipped' })])
  expect((await post(routes.savedViews(), view)).status).toBe(303)

  const second = { ...view, name: 'To "bill" again', shared: 'on' }
  const refused = await post(routes.savedViews(), second)
  expect(refused.status).toBe(409)
  const html = await refused.text()
  expect(html).toContain('This form was sent before, with other contents.')
  expect(html).toContain('<details class="disclosure" open="">')
  expect(html).toContain('value="To &quot;bill&quot; again"')
  expect(html).toMatch(/<input type="checkbox" value="on" checked=""[^>]* name="shared"/)
  expect(html).not.toContain(routes.newestOrders([]))
  const [, viewId = ''] = /name="viewId" value="([^"]+)"/.exec(html) ?? []
  expect(viewId).not.toBe(view.viewId)
  expect((await post(routes.savedViews(), { ...second, viewId })).status).toBe(303)
  const list = await words(await get(routes.orders()))
  expect(list).toContain('To "bill" again To bill')

  const unnamed = await post(routes.savedViews(), { ...view, viewId, name: ' ' })
  expect(unnamed.status).toBe(422)
  const page = await unnamed.text()
  expect(page).toContain(`name="viewId" value="${viewId}"`)
  expect(page).toContain('Give the view a name.')
})
