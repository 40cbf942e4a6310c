import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aProduct, aRetailer, newId, stockNow } from '../../testing/fixtures.ts'
import { cartForm, type Fields, orderRows, placed, updateForm } from '../../testing/order-forms.ts'
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

it('walks an order to Delivered and keeps every step', async () => {
  const number = await placed(cart())
  const walk = [
    updateForm({ status: 'in_progress', comment: 'Glazing this week', email: 'yes' }),
    updateForm({ revision: '2', status: 'shipped', trackingNumber: '1Z 999 AA1 01 2345 6784' }),
    updateForm({ revision: '3', status: 'delivered', paymentStatus: 'paid_in_full', confirmed: 'on' }),
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
  const final = await post(routes.orderUpdates(number), updateForm({ revision: '4', status: 'new' }))
  expect(final.status).toBe(422)
  expect(await words(final)).toContain('Delivered is final.')
})

it('tells the second of two people what changed and keeps what they typed', async () => {
  const number = await placed(cart())
  await post(routes.orderUpdates(number), updateForm({ comment: 'Called them', status: 'in_progress' }))
  const late = await post(
    routes.orderUpdates(number),
    updateForm({ comment: 'My own words', status: 'shipped' }),
  )
  expect(late.status).toBe(409)
  const page = await late.text()
  const [, since] = /Since you opened this page(.*)What you typed is still in the form/s.exec(page) ?? []
  expect(since).toContain('Called them')
  expect(page).toContain('My own words')
  expect(page).toContain('name="revision" value="2"')
})

it('does not undo what others changed when the later one saves again', async () => {
  const number = await placed(cart())
  const first = updateForm({ status: 'shipped', trackingNumber: '1Z 1' })
  expect((await post(routes.orderUpdates(number), first)).status).toBe(303)
  const late = await (await post(routes.orderUpdates(number), updateForm({ comment: 'Called' }))).text()
  expect(late).toMatch(/<option value="shipped" selected/)
  expect(late).toContain('value="1Z 1"')
  expect(late).toContain('Called')
})

it('opens no form for what is fixed, and the line instead of a second one', async () => {
  const number = await placed(cart())
  const second = await get(routes.newOrderLine(number, { product: productId }))
  expect([second.status, second.headers.get('location')]).toEqual([302, routes.orderLine(number, productId)])
  expect((await post(routes.orderUpdates(number), updateForm({ status: 'canceled' }))).status).toBe(303)
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

it('loads the order page anew where a part of it cannot be shown any more', async () => {
  const number = await placed(cart())
  expect((await post(routes.orderUpdates(number), updateForm({ status: 'canceled' }))).status).toBe(303)
  for (const path of [routes.orderLine(number, productId), routes.newOrderLine(number)]) {
    const headers = { 'hx-request-type': 'partial' }
    const part = await exports.default.fetch(new Request(`http://localhost${path}`, { headers }))
    expect([part.status, part.headers.get('hx-refresh'), await part.text()]).toEqual([200, 'true', ''])
  }
})

it('names the product of a line that is short, and says what is sold in cases', async () => {
  const product = await aProduct({ onHand: 9, name: 'Bud vase' })
  await env.DB.prepare('UPDATE products SET case_size = 6 WHERE id = ?').bind(product).run()
  const number = await placed(cart({ product }))
  const short = await post(routes.orderLine(number, product), {
    ...{ changeId: newId(), revision: '1', currency: 'USD', do: 'save', quantity: '10', unitPrice: '10.00' },
  })
  const page = await words(short)
  expect(page).toContain('Bud vase: 10 wanted, 9 available, 1 missing.')
  expect(page).toContain('Sold in cases of 6')
})

it('refuses an update without an answer to the e-mail question', async () => {
  const number = await placed(cart())
  const response = await post(routes.orderUpdates(number), updateForm({ email: '', comment: 'kept' }))
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toContain('Choose whether to send an e-mail update')
  expect(page).toContain('kept')
})

it.each([
  ['a comment of 100,000 characters', { comment: 'x'.repeat(100_000) }],
  ['an unknown status', { status: 'vanished' }],
  ['a link that is not https', { invoiceLink: 'javascript:alert(1)' }],
  ['an unconfirmed delivery', { status: 'delivered' }],
  ['an empty update', {}],
  ['a revision in words', { revision: 'x', comment: 'hi' }],
])('refuses an update with %s', async (_, over) => {
  const number = await placed(cart())
  const before = await orderRows()
  const response = await post(routes.orderUpdates(number), updateForm(over as Record<string, string>))
  expect([409, 422]).toContain(response.status)
  expect(await words(response)).toContain('There is a problem')
  expect(await orderRows()).toEqual(before)
})

it('shows scripts in text fields as text', async () => {
  const number = await placed(cart({ poNumber: script }))
  await post(routes.orderUpdates(number), updateForm({ comment: script, trackingNumber: script }))
  const page = await (await get(routes.order(number))).text()
  expect(page).not.toContain(script)
  expect(page).toContain('&lt;script&gt;')
})

it.each([
  ['an unknown order', () => get(routes.order(999_999))],
  ['an update of an unknown order', () => post(routes.orderUpdates(999_999), updateForm({ comment: 'x' }))],
  ['a line of an unknown order', () => get(routes.orderLine(999_999, 'x'))],
  ['a page that is not there', () => get('/nowhere')],
])('answers %s with not found', async (_, ask) => {
  const response = await ask()
  expect(response.status).toBe(404)
  expect(await words(response)).toContain('does not exist')
})

it('leaves a request that awaits approval as it is when only a note is written', async () => {
  const number = await placed(cart())
  const parked = updateForm({ status: 'awaiting_approval', asksToPull: '1' })
  expect((await post(routes.orderUpdates(number), parked)).status).toBe(303)
  const note = updateForm({
    revision: '2',
    status: 'awaiting_approval',
    comment: 'Called',
    asksToPull: '1',
    pull: 'on',
  })
  expect((await post(routes.orderUpdates(number), note)).status).toBe(303)
  const pulled = () => env.DB.prepare('SELECT pull FROM orders WHERE number = ?').bind(number).first('pull')
  expect(await pulled()).toBe(0)
  const approval = updateForm({ revision: '3', status: 'new', asksToPull: '1', pull: 'on' })
  expect((await post(routes.orderUpdates(number), approval)).status).toBe(303)
  expect(await pulled()).toBe(1)
})

it('lets go what a request reserves, while it awaits approval', async () => {
  const number = await placed(cart())
  const pulled = () => env.DB.prepare('SELECT pull FROM orders WHERE number = ?').bind(number).first('pull')
  const parked = { status: 'awaiting_approval', asksToPull: '1' }
  expect((await post(routes.orderUpdates(number), updateForm({ ...parked, pull: 'on' }))).status).toBe(303)
  expect(await pulled()).toBe(1)
  const page = await (await get(routes.order(number))).text()
  expect(page).not.toContain('class="asked-for-approved"')
  expect((await post(routes.orderUpdates(number), updateForm({ ...parked, revision: '2' }))).status).toBe(303)
  expect(await pulled()).toBe(0)
  expect(await (await get(routes.order(number))).text()).toContain('class="asked-for-approved"')
})

it('refuses an emptied price instead of giving the goods away', async () => {
  const number = await placed(cart())
  const response = await post(routes.orderLine(number, productId), {
    ...{ changeId: newId(), revision: '1', currency: 'USD', quantity: '3', unitPrice: '', do: 'save' },
  })
  expect(response.status).toBe(422)
})

it('edits, adds and removes lines, but not the last one', async () => {
  const number = await placed(cart())
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
