import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { placeOrder } from '../../orders/place-order.ts'
import { routes } from '../../routes.ts'
import { bulkNow } from '../../testing/bulk-runs.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from '../../testing/fixtures.ts'
import { successOf } from '../../testing/import-runs.ts'
import { get, post, send, words } from '../../testing/web.ts'

let retailerId: string
let numbers: string[]
beforeAll(async () => {
  const [productId, shop] = await Promise.all([aProduct({ onHand: 100 }), aRetailer()])
  retailerId = shop
  const { ctx, settled } = testCtx()
  numbers = []
  for (let made = 0; made < 3; made++) {
    const input = placement(shop, [{ productId, quantity: 1 }])
    numbers.push(String(successOf(await placeOrder(ctx, input)).number))
  }
  await settled()
})

const ticked = () => numbers.map((number): [string, string] => ['orders', number])
const form = (over: Record<string, string> = {}) => ({
  ...{ id: newId(), expected: '3', status: 'in_progress', paymentStatus: '', email: 'no', comment: '' },
  ...over,
})
const bulkChanges = () => env.DB.prepare('SELECT COUNT(*) FROM bulk_changes').first<number>('COUNT(*)')

it('offers every row of the list to be ticked, and both things to do', async () => {
  const page = await (await get(routes.orders())).text()
  for (const number of numbers) expect(page).toContain(`id="pick-${number}" name="orders" value="${number}"`)
  expect(page).toContain(`formaction="${routes.packingSlips()}"`)
  const mine = await words(await get(routes.orders({ retailer: retailerId, status: 'new' })))
  expect(mine).toContain('Change all orders that match')
})

it('shows what is selected, asks, starts and tells the result', async () => {
  const page = await words(await get(routes.newBulkChange(ticked())))
  for (const text of ['Change 3 orders', 'Send email update?', 'New 3', ...numbers])
    expect(page).toContain(text)
  const started = await post(
    routes.bulkChanges(ticked()),
    form({ comment: 'Glazing', paymentStatus: 'deposit_50' }),
  )
  expect(started.status).toBe(303)
  const path = started.headers.get('location')!
  const id = path.split('/').at(-1)!
  await expect.poll(async () => (await bulkNow(id)).change.remaining).toBe(0)
  const result = await words(await get(path))
  for (const text of [
    '3 orders changed',
    'In Progress, 50% Deposit, a comment, without an e-mail',
    'Glazing',
  ]) {
    expect(result).toContain(text)
  }
  expect(await words(await get(routes.newBulkChange(ticked())))).toContain('Earlier changes of many orders')
}, 30_000)

it('keeps what was typed when the e-mail question has no answer', async () => {
  const before = await bulkChanges()
  const refused = await post(
    routes.bulkChanges(ticked()),
    form({ email: '', comment: 'Kept <b>', status: 'shipped' }),
  )
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain('Choose whether to send an e-mail update: Yes or No.')
  expect(page).toContain('Kept &lt;b&gt;')
  expect(page).toMatch(/<option value="shipped" selected/)
  expect(page).not.toMatch(/type="radio"[^>]*name="email"[^>]*checked/)
  expect(await bulkChanges()).toBe(before)
})

it('says that other orders match by now, and shows them', async () => {
  const all: [string, string][] = [
    ['all', '1'],
    ['retailer', retailerId],
  ]
  expect(await words(await get(routes.newBulkChange(all)))).toContain('All orders that match: Shop')
  const refused = await post(routes.bulkChanges(all), form({ expected: '2' }))
  expect(refused.status).toBe(422)
  expect(await words(refused)).toContain('Other orders match by now.')
})

const selections: [string, [string, string][], number, string][] = [
  ['nothing', [], 422, 'Select at least one order.'],
  ['words', [['orders', 'ten']], 422, 'This is not the number of an order.'],
  ['a huge number', [['orders', '99999999999999999999']], 422, 'This is not the number of an order.'],
  ['an unknown order', [['orders', '99999999']], 422, 'does not exist'],
  [
    'what matches nothing',
    [
      ['all', '1'],
      ['q', 'zzzzzz'],
    ],
    422,
    'No order is selected.',
  ],
  ['what an unknown change left', [['refused', 'unknown-id']], 422, 'No order is selected.'],
  ['a strange id', [['refused', '<script>']], 422, 'This is not an id.'],
]

it.each(selections)('refuses to change %s', async (_, selection, status, message) => {
  const before = await bulkChanges()
  const page = await get(routes.newBulkChange(selection))
  expect(page.status).toBe(status)
  expect(await words(page)).toContain(message)
  const sent = await post(routes.bulkChanges(selection), form())
  expect(sent.status).toBe(status)
  expect(await sent.text()).not.toContain('<script>')
  expect(await bulkChanges()).toBe(before)
})

it('answers what is no form and no change', async () => {
  expect((await send(routes.bulkChanges(ticked()), 'x', 'text/plain')).status).toBe(422)
  expect((await get(routes.bulkChange(newId()))).status).toBe(404)
})
