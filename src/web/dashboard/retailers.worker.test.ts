import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aRetailer, newId } from '../../testing/fixtures.ts'
import { get, post, send, words } from '../../testing/web.ts'

const form = (over: Record<string, string> = {}) => ({
  ...{ id: newId(), name: 'Bright & Salt', type: 'wholesale', rate: '45,5', contactName: 'Jo Tan' },
  ...{ email: 'jo@bright.example', phone: '+1 503 555 0141', street: '12 Dock St', city: 'Portland' },
  ...{ region: 'OR', postcode: '97209', country: 'US', notes: 'Opening order\nin November', ...over },
})

async function added(over: Record<string, string> = {}): Promise<string> {
  const fields = form(over)
  const response = await post(routes.retailers(), fields)
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(routes.retailer(fields.id, { done: 'added' }))
  return fields.id
}

const saved = (id: string) =>
  env.DB.prepare('SELECT * FROM retailers WHERE id = ?').bind(id).first<Record<string, unknown>>()

const everything = async () =>
  JSON.stringify((await env.DB.prepare('SELECT * FROM retailers ORDER BY number').all()).results)

it('adds a retailer and shows its page', async () => {
  const id = await added()
  expect(await saved(id)).toMatchObject({ name: 'Bright & Salt', rate: 4550, active: 1, revision: 1 })
  const page = await words(await get(routes.retailer(id, { done: 'added' })))
  for (const text of ['Bright & Salt is added.', 'Retailer keeps 45.5%', 'bright.example', '12 Dock St']) {
    expect(page).toContain(text)
  }
  expect(page).toContain('Portland, OR 97209')
  expect(await (await get(routes.retailer(id))).text()).toContain(
    routes.newOrder({ retailer: id }).replace('&', '&amp;'),
  )
})

it('adds one retailer for a double submit, and none for a form that was used before', async () => {
  const fields = form({ name: 'Twice' })
  const answers = await Promise.all([post(routes.retailers(), fields), post(routes.retailers(), fields)])
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  for (const other of [{ name: 'Another' }, { rate: '30' }]) {
    const again = await post(routes.retailers(), { ...fields, ...other })
    expect(again.status).toBe(422)
    expect(await words(again)).toContain('This form has added Twice already.')
  }
})

it('says where a retailer without an e-mail address matters', async () => {
  const id = await added({ name: 'No Post', email: '' })
  expect(await words(await get(routes.retailer(id)))).toContain('No Post has no e-mail address')
  expect(await words(await get(routes.retailers({ q: 'no post' })))).toContain('No e-mail address')
})

it('edits a retailer, once, and tells the second of two people what the first one saved', async () => {
  const id = await added()
  const page = await (await get(routes.editRetailer(id))).text()
  expect(page).toContain('value="45.5"')
  const edit = { ...form({ phone: '555' }), revision: '1' }
  expect((await post(routes.retailer(id), edit)).status).toBe(303)
  expect((await post(routes.retailer(id), edit)).status).toBe(303)
  expect(await saved(id)).toMatchObject({ phone: '555', revision: 2 })

  const late = await post(routes.retailer(id), { ...form({ city: 'Salem' }), revision: '1' })
  expect(late.status).toBe(409)
  const answer = await late.text()
  expect(answer).toContain('value="Salem"')
  expect(answer).toContain('name="revision" value="2"')
  expect(answer).toMatch(/Phone: saved is <b>555<\/b>, you have <b>\+1 503 555 0141<\/b>/)
  expect(answer).toMatch(/City: saved is <b>Portland<\/b>, you have <b>Salem<\/b>/)
  expect(await saved(id)).toMatchObject({ phone: '555', city: 'Portland', revision: 2 })
})

it('shows who changed a retailer, and what', async () => {
  const id = await added()
  const edit = form({ id, revision: '1', type: 'consignment', rate: '40', notes: '' })
  await post(routes.retailer(id), edit)
  await post(routes.retailerMinimum(id), { currency: 'USD', minimumOrder: '0' })
  await post(routes.retailerActivity(id), { active: 'no' })
  await post(routes.retailerActivity(id), { active: 'yes' })
  const page = await words(await get(routes.retailer(id)))
  const [changes = ''] = /Changes Changed .*/.exec(page) ?? []
  expect(changes).toMatch(
    /Active: no → yes .*Active: yes → no .*Minimum order: as for the whole business → none .*Type: Wholesale → Consignment Retailer keeps: 45.5% → 40% Notes: Opening order in November → none .*Added [^A-Z]*[A-Z][a-z]+ \d{4}, [\d:]+ · Demo owner/,
  )
  expect(changes).not.toContain('E-mail:')
})

it('makes a retailer inactive and active again', async () => {
  const id = await added({ name: 'Sleepy' })
  const order = routes.newOrder({ retailer: id })
  expect((await get(routes.newOrder({ q: 'sleepy' }))).headers.get('location')).toBe(order)
  const response = await post(routes.retailerActivity(id), { active: 'no' })
  const page = await get(response.headers.get('location') ?? '')
  expect(await page.clone().text()).not.toContain(order)
  expect(await words(page)).toContain('Sleepy is inactive now. Undo')
  expect(await words(await get(routes.newOrder({ q: 'sleepy' })))).toContain('No retailer matches')
  expect(await words(await get(routes.retailers({ q: 'sleepy' })))).toContain('No retailer matches')
  expect(await words(await get(routes.retailers({ q: 'sleepy', show: 'inactive' })))).toContain('Sleepy')
  expect((await post(routes.retailerActivity(id), { active: 'yes' })).status).toBe(303)
  expect(await saved(id)).toMatchObject({ active: 1 })
})

const refused: [string, Record<string, string>, string][] = [
  ['an empty form', Object.fromEntries(Object.keys(form()).map((name) => [name, ''])), 'Enter the name'],
  ['no type', { type: '' }, 'Choose wholesale or consignment.'],
  ['an unknown type', { type: 'dropship' }, 'Choose wholesale or consignment.'],
  ['a rate in words', { rate: 'ten' }, 'Enter a percentage from 0 to 100'],
  ['a rate below zero', { rate: '-1' }, 'Enter a percentage from 0 to 100'],
  ['a rate above all', { rate: '100.01' }, 'Enter a percentage from 0 to 100'],
  ['a huge rate', { rate: '1000000000' }, 'Enter a percentage from 0 to 100'],
  ['an address that is none', { email: 'jo at shop' }, 'Enter an address like jo@shop.com.'],
  ['a long name', { name: 'x'.repeat(121) }, 'Use at most 120 characters.'],
  ['endless notes', { notes: 'x'.repeat(100_000) }, 'Use at most 5,000 characters.'],
  ['control characters', { city: 'a\0b' }, 'characters that cannot be read'],
  ['two lines for one', { street: 'one\ntwo' }, 'characters that cannot be read'],
  ['no id', { id: '' }, 'This is not an id.'],
  ['an id with a path', { id: '../../etc/passwd' }, 'This is not an id.'],
]

it.each(refused)('refuses %s and keeps what was typed', async (_, over, message) => {
  const before = await everything()
  const fields = { ...form({ contactName: 'Kept as typed' }), ...over }
  const response = await post(routes.retailers(), fields)
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toContain('There is a problem')
  expect(page).toContain(message)
  if (!('contactName' in over)) expect(page).toContain('value="Kept as typed"')
  expect(await everything()).toBe(before)
})

it.each(refused.filter(([, over]) => !('id' in over)))('refuses to save %s', async (_, over, message) => {
  const id = await added()
  const before = await everything()
  const response = await post(routes.retailer(id), { ...form(), revision: '1', ...over })
  expect(response.status).toBe(422)
  expect(await response.text()).toContain(message)
  expect(await everything()).toBe(before)
})

it('answers what is not there, and what cannot be read, without a failure of its own', async () => {
  const before = await everything()
  const missing = newId()
  const answers = await Promise.all([
    get(routes.retailer(missing)),
    get(routes.editRetailer(missing)),
    post(routes.retailer(missing), { ...form(), revision: '1' }),
    post(routes.retailerActivity(missing), { active: 'no' }),
    get('/retailers/imports-that-are-not-there'),
    get('/retailers/%00'),
    get('/retailers/a%2Fb'),
  ])
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404])
  const id = await aRetailer()
  const now = await everything()
  const bad = await Promise.all([
    post(routes.retailerActivity(id), { active: 'perhaps' }),
    post(routes.retailer(id), { ...form(), revision: 'one' }),
    send(routes.retailers(), new Uint8Array([0x6e, 0x3d, 0xff, 0xfe]), 'application/x-www-form-urlencoded'),
    send(routes.retailers(), 'not a form', 'multipart/form-data'),
    send(routes.retailers(), '{"name":"x"}', 'application/json'),
    get(`${routes.retailer(id)}?orders=-1&transactions=ten`),
    get(`${routes.retailers()}?after=ten&before=-1&type=%00&q=%22%00`),
  ])
  expect(bad.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 200, 200])
  expect(await everything()).toBe(now)
  expect(now).not.toBe(before)
})

it('shows scripts as text', async () => {
  const script = '<script>alert(1)</script>'
  const texts = { name: script, contactName: script, street: script, city: script, notes: script }
  const id = await added(texts)
  for (const path of [routes.retailer(id), routes.editRetailer(id), routes.retailers({ q: 'script' })]) {
    const page = await (await get(path)).text()
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toContain('<script>alert')
  }
})

it('pages through the retailers by name, forwards and backwards', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => ({ id: newId(), name: `ZZ ${100 + (index % 60)}` }))
  await env.DB.prepare(
    `INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
      rate, notes, active, revision, created_at, updated_at)
     SELECT value->>'id', value->>'name', 'consignment', '', '', '', '', '', '', '', '', 4000, '', 0, 1, 0, 0
     FROM json_each(?)`,
  )
    .bind(JSON.stringify(rows))
    .run()
  const seen: string[][] = []
  const idsOf = (html: string) =>
    [...html.matchAll(/row-link" href="\/retailers\/([\w-]+)"/g)].map((match) => match[1] as string)
  const linkOf = (html: string, label: string) =>
    html
      .match(new RegExp(`href="([^"]*)"[^>]*>(<svg((?!</svg>).)*</svg>)?${label}`))?.[1]
      ?.replaceAll('&amp;', '&')

  let html = await (await get(routes.retailers({ show: 'inactive', type: 'consignment' }))).text()
  seen.push(idsOf(html))
  for (let next = linkOf(html, 'Next'); next; next = linkOf(html, 'Next')) {
    html = await (await get(next)).text()
    seen.push(idsOf(html))
  }
  expect(seen.map((page) => page.length)).toEqual([50, 50, 20])
  expect(new Set(seen.flat()).size).toBe(120)
  const back = await (await get(linkOf(html, 'Previous') ?? '')).text()
  expect(idsOf(back)).toEqual(seen[1])
  const first = await (await get(linkOf(back, 'Previous') ?? '')).text()
  expect(idsOf(first)).toEqual(seen[0])
  expect(linkOf(first, 'Previous')).toBeUndefined()
  const others = await get(routes.retailers({ show: 'inactive', type: 'wholesale' }))
  expect(idsOf(await others.text())).toEqual([])
})
