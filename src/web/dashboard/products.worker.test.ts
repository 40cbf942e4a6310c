import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { app } from '../../app.ts'
import { routes } from '../../routes.ts'
import { aProduct, newId, stockNow } from '../../testing/fixtures.ts'
import { get, post, send, words } from '../../testing/web.ts'

type Fields = Record<string, string>

const form = (over: Fields = {}): Fields => ({
  ...{ id: newId(), currency: 'USD', name: 'Speckled mug', sku: `MUG-${newId()}`, collection: 'Mugs' },
  ...{ description: 'Two coats.\r\nDishwasher safe.', retailPrice: '28', wholesalePrice: '13,50' },
  ...{ caseSize: '6', stockTracked: 'on', lowStockThreshold: '', listed: 'on', ...over },
})

async function added(over: Fields = {}): Promise<Fields & { id: string; sku: string }> {
  const fields = form(over) as Fields & { id: string; sku: string }
  const response = await post(routes.products(), fields)
  expect(response.headers.get('location')).toBe(routes.product(fields.id, { done: 'added' }))
  return fields
}

const adjustment = (over: Fields = {}): Fields => ({
  ...{ id: newId(), kind: 'receive', quantity: '12', reason: '', ...over },
})

const rowOf = (id: string) => env.DB.prepare('SELECT * FROM products WHERE id = ?').bind(id).first()
const everything = async () =>
  JSON.stringify(
    await env.DB.batch([
      env.DB.prepare('SELECT * FROM products ORDER BY number'),
      env.DB.prepare('SELECT * FROM stock_movements ORDER BY product_id, sequence'),
    ]).then((answers) => answers.map(({ results }) => results)),
  )

it('adds a product and shows what was said about it', async () => {
  const { id, sku } = await added()
  expect(await rowOf(id)).toMatchObject({
    ...{ sku, retail_price: 2800, wholesale_price: 1350, case_size: 6, low_stock_threshold: null },
    description: 'Two coats.\nDishwasher safe.',
  })
  const page = await words(await get(routes.product(id, { done: 'added' })))
  for (const text of [
    'Speckled mug is added.',
    sku,
    '$28.00',
    '$13.50',
    'No movements yet',
    'Receive stock',
  ]) {
    expect(page).toContain(text)
  }
  expect(await (await get(routes.newProduct())).text()).toContain('<option value="Mugs">')
})

it('edits a product and tells the second of two people what the first one saved', async () => {
  const { id, ...fields } = await added()
  const page = await (await get(routes.editProduct(id))).text()
  expect(page).toContain('value="13.50"')
  expect(page).toContain('name="revision" value="1"')
  const first = await post(routes.editProduct(id), {
    ...fields,
    retailPrice: '30',
    listed: '',
    revision: '1',
  })
  expect(first.headers.get('location')).toBe(routes.product(id, { done: 'saved' }))

  const late = await post(routes.editProduct(id), { ...fields, name: 'Tall mug', revision: '1' })
  expect(late.status).toBe(409)
  const answer = await late.text()
  expect(answer).toContain('value="Tall mug"')
  expect(answer).toContain('name="revision" value="2"')
  expect(answer).toMatch(/Retail price: saved is <b>30.00<\/b>, you have <b>28<\/b>/)
  expect(await rowOf(id)).toMatchObject({ name: 'Speckled mug', retail_price: 3000, revision: 2 })
})

it('shows who changed a product, and what, in the currency and the words of its form', async () => {
  const { id, listed: _, ...fields } = await added({ lowStockThreshold: '4' })
  expect(await words(await get(routes.product(id)))).toMatch(/Changes Added [\w ,:]+ · Demo owner/)
  const edit = { ...fields, revision: '1', retailPrice: '30.5', wholesalePrice: '' }
  await post(routes.editProduct(id), { ...edit, lowStockThreshold: '1200', description: '' })
  await post(routes.productArchival(id), { archived: 'yes' })
  const page = await words(await get(routes.product(id)))
  const [changes = ''] = /Changes Changed .*/.exec(page) ?? []
  for (const text of [
    ...['Archived: no → yes', 'Retail price: $28.00 → $30.50', 'Wholesale price: $13.50 → none'],
    ...['Low stock warning: 4 → 1,200', 'Listed for retail: yes → no'],
    'Description: Two coats. Dishwasher safe. → none',
  ]) {
    expect(changes).toContain(text)
  }
  expect(changes.indexOf('Archived')).toBeLessThan(changes.indexOf('Retail price'))
  expect(changes).not.toContain('Case size')
  expect(changes).not.toContain('These are the newest')
})

it('archives with an undo', async () => {
  const { id } = await added({ name: 'Sold out plate' })
  const archived = await post(routes.productArchival(id), { archived: 'yes' })
  const page = await (await get(archived.headers.get('location') ?? '')).text()
  expect(page).toContain('Sold out plate is archived.')
  expect(page).toMatch(/name="archived" value="no"[\s\S]*Undo/)
  expect(await words(await get(routes.products({ q: 'sold out' })))).toContain('No product matches')
  expect(await words(await get(routes.products({ q: 'sold out', view: 'archived' })))).toContain(
    'Sold out plate',
  )
  await post(routes.productArchival(id), { archived: 'no' })
  expect(await words(await get(routes.products({ q: 'sold out' })))).toContain('Sold out plate')
})

it('receives and counts stock, and keeps the reason, the balance and who did it', async () => {
  const { id } = await added()
  const received = adjustment({ reason: 'Firing of Monday' })
  await post(routes.productAdjustments(id), received)
  const twice = await post(routes.productAdjustments(id), received)
  expect(await words(await get(twice.headers.get('location') ?? ''))).toContain('On hand is 12 now.')

  const changed = await post(routes.productAdjustments(id), { ...received, quantity: '5' })
  expect(changed.status).toBe(409)
  const answer = await changed.text()
  expect(answer).toContain('This form was sent before, with other contents.')
  const [, newId = ''] =
    /name="kind" value="receive"\/?>\s*<input type="hidden" name="id" value="([^"]+)"/.exec(answer) ?? []
  expect(newId).not.toBe(received.id)
  await post(routes.productAdjustments(id), { ...received, quantity: '5', id: newId })
  await post(routes.productAdjustments(id), adjustment({ kind: 'count', quantity: '10', reason: '2 broken' }))
  const page = await words(await get(routes.product(id)))
  expect(page).toMatch(/Count corrected 2 broken · Demo owner −7 on hand 10 on hand/)
  expect(page).toMatch(/Received Firing of Monday · Demo owner \+5 on hand 17 on hand/)
  expect(page).toMatch(/Received Firing of Monday · Demo owner \+12 on hand 12 on hand/)
})

it('pages through a long history', async () => {
  const { id } = await added()
  for (let index = 0; index < 55; index++)
    await post(routes.productAdjustments(id), adjustment({ quantity: '1' }))
  expect(await words(await get(routes.product(id)))).toContain('All movements')
  const newest = await (await get(routes.productMovements(id))).text()
  expect(newest).toContain(routes.productMovements(id, { before: '6' }))
  const oldest = await words(await get(routes.productMovements(id, { before: '6' })))
  expect(oldest.match(/\+1 on hand/g)).toHaveLength(5)
  expect(oldest).toContain('Newest')
})

it('says in words what is to be made, what is low and what nobody counts', async () => {
  const id = await aProduct({ name: 'Owed bowl' })
  await env.DB.prepare('UPDATE products SET low_stock_threshold = 5 WHERE id = ?').bind(id).run()
  await env.DB.prepare('INSERT INTO product_stock VALUES (?, 4, 7, 1, 0)').bind(id).run()
  expect(await words(await get(routes.products({ q: 'owed', view: 'low' })))).toMatch(
    /Low stock .* −3 to make/,
  )
  await added({ name: 'Gift voucher', stockTracked: 'on' }).then(async (fields) => {
    const { stockTracked: _, ...untracked } = fields
    await post(routes.editProduct(fields.id), { ...untracked, revision: '1' })
  })
  expect(await words(await get(routes.products({ q: 'voucher' })))).toContain('Not tracked')
})

it('reads every page in one round trip', async () => {
  const { id } = await added()
  for (const path of [
    ...[
      routes.products(),
      routes.products({ q: 'mug', view: 'low' }),
      routes.newProduct(),
      routes.product(id),
    ],
    ...[routes.editProduct(id), routes.productMovements(id)],
  ]) {
    const request = new Request(`http://localhost${path}`)
    const response = await app.fetch(request, { ...env, MEASURE: 'true' }, createExecutionContext())
    expect(response.status).toBe(200)
    expect(response.headers.get('server-timing')).toMatch(/^d1;desc="1 /)
  }
})

const badProducts: [string, Fields, string][] = [
  ['an empty form', Object.fromEntries(Object.keys(form()).map((name) => [name, ''])), 'Enter a SKU.'],
  ['no price', { retailPrice: '' }, 'Enter a price like 12.50.'],
  ['a price in words', { retailPrice: 'ten' }, 'Enter a price like 12.50.'],
  ['a negative price', { wholesalePrice: '-1' }, 'Enter a price like 12.50.'],
  ['too many decimals', { retailPrice: '1.234' }, 'Enter a price like 12.50.'],
  ['a huge price', { retailPrice: '1000000000' }, 'Enter a price like 12.50.'],
  ...['0', '-1', '1.5', '1000000000', 'ten', ''].map((caseSize): [string, Fields, string] => [
    ...([`a case size of "${caseSize}"`, { caseSize }, 'Enter a whole number from 1 to 10,000.'] as const),
  ]),
  ['a threshold below zero', { lowStockThreshold: '-1' }, 'Enter a whole number from 0 to 1,000,000.'],
  ['a long SKU', { sku: 'x'.repeat(61) }, 'Use at most 60 characters.'],
  ['an endless description', { description: 'x'.repeat(100_000) }, 'Use at most 5,000 characters.'],
  ['control characters', { name: 'a\0b' }, 'characters that cannot be read'],
  ['two lines for one', { collection: 'one\ntwo' }, 'characters that cannot be read'],
]

it.each(badProducts)('refuses %s, keeps what was typed and changes nothing', async (_, over, message) => {
  const { id } = await added()
  const before = await everything()
  const typed = { ...form({ name: 'Kept as typed' }), ...over }
  for (const [path, extra] of [
    [routes.products(), {}],
    [routes.editProduct(id), { revision: '1' }],
  ] as const) {
    const response = await post(path, { ...typed, ...extra })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain('There is a problem')
    expect(page).toContain(message)
    if (!('name' in over)) expect(page).toContain('value="Kept as typed"')
  }
  expect(await everything()).toBe(before)
})

it.each([
  ...['0', '-1', '1.5', '1000000000', 'ten', ''].map((quantity): [string, Fields, string] => [
    `${quantity} units`,
    { quantity },
    'Enter a whole number from 1 to',
  ]),
  ['a count without a reason', { kind: 'count', reason: ' ' }, 'Say why the count differs'],
  ['an endless reason', { reason: 'x'.repeat(100_000) }, 'Use at most 200 characters.'],
  ['no kind', { kind: '' }, 'Choose whether stock is received or counted.'],
  ['an id with a path', { id: '../x' }, 'This is not an id.'],
] as [string, Fields, string][])('refuses to adjust by %s and changes nothing', async (_, over, message) => {
  const { id } = await added()
  const before = await everything()
  const response = await post(routes.productAdjustments(id), adjustment(over))
  expect(response.status).toBe(422)
  const page = await words(response)
  expect(page).toContain('There is a problem')
  expect(page).toContain(message)
  expect(await everything()).toBe(before)
  expect(await stockNow(id)).toMatchObject({ onHand: 0 })
})

it('shows scripts in text fields as text', async () => {
  const script = '<script>alert(1)</script>'
  const { id } = await added({ name: script, collection: script, description: script, sku: script })
  await post(routes.productAdjustments(id), adjustment({ reason: script }))
  for (const path of [
    ...[routes.products({ q: script }), routes.product(id), routes.editProduct(id), routes.newProduct()],
    routes.productMovements(id),
  ]) {
    const page = await (await get(path)).text()
    expect(page).not.toContain(script)
    expect(page).toContain('&lt;script&gt;')
  }
})

it('answers what is not there, and what cannot be read, without a failure of its own', async () => {
  const missing = newId()
  const before = await everything()
  const answers = await Promise.all([
    get(routes.product(missing)),
    get(routes.editProduct(missing)),
    get(routes.productMovements(missing)),
    post(routes.editProduct(missing), form({ revision: '1' })),
    post(routes.productArchival(missing), { archived: 'yes' }),
    post(routes.productAdjustments(missing), adjustment()),
    get('/products/%00'),
    get('/products/a%2Fb'),
    get(`/products/${'x'.repeat(65)}`),
  ])
  expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(404))
  expect(await everything()).toBe(before)

  const { id, ...fields } = await added()
  const now = await everything()
  const bad = await Promise.all([
    post(routes.productArchival(id), { archived: 'perhaps' }),
    post(routes.editProduct(id), { ...fields, revision: 'one' }),
    send(routes.products(), new Uint8Array([0x6e, 0x3d, 0xff]), 'application/x-www-form-urlencoded'),
    send(routes.products(), 'not a form', 'multipart/form-data'),
    send(routes.editProduct(id), '{"name":"x"}', 'application/json'),
    send(routes.productAdjustments(id), '', 'application/x-www-form-urlencoded'),
  ])
  expect(bad.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422])
  expect(await everything()).toBe(now)
})

it('reads any address of the list as a list', async () => {
  for (const query of [
    '?after=ten&before=-1',
    '?view=%00',
    '?q=%22%00%29',
    '?q=NEAR(',
    '?after=99999999999999999',
  ]) {
    expect((await get(`${routes.products()}${query}`)).status).toBe(200)
  }
})
