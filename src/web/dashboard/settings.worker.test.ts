import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { Actor } from '../../context.ts'
import { placeOrder } from '../../orders/place-order.ts'
import { routes } from '../../routes.ts'
import { readSettings } from '../../settings/read-settings.ts'
import { updateMailSettings } from '../../settings/update-mail-settings.ts'
import { updateSettings } from '../../settings/update-settings.ts'
import { aProduct, aRetailer, placement, testCtx } from '../../testing/fixtures.ts'
import { get, post, send, words } from '../../testing/web.ts'

const saved = () => env.DB.prepare('SELECT * FROM settings').first<Record<string, unknown>>()
const revision = async () => String((await saved())?.revision)

const form = (over: Record<string, string> = {}) => ({
  ...{ businessName: 'Tidewater Clay', currency: 'EUR', timeZone: 'Europe/Lisbon', accentColor: '#7A1F5C' },
  ...over,
})

it('saves the settings', async () => {
  expect(await words(await get(routes.settings()))).not.toContain('Changes')
  const response = await post(routes.settings(), form({ revision: await revision() }))
  expect(response.status).toBe(303)
  const page = await words(await get(response.headers.get('location') ?? ''))
  expect(page).toContain('The settings are saved.')
  expect(await saved()).toMatchObject({
    ...{ business_name: 'Tidewater Clay', currency: 'EUR', time_zone: 'Europe/Lisbon' },
    accent_color: '#7a1f5c',
  })
  const html = await (await get(routes.settings())).text()
  expect(html).toContain('<option value="EUR" selected="">EUR – Euro</option>')
  expect(html).toContain('<option value="Europe/Lisbon" selected="">')
  expect(html).toContain('value="#7a1f5c"')
  expect(page).toMatch(/Changes Changed .* · Demo owner Business name: My business → Tidewater Clay/)
  expect(page).toContain('Currency: USD → EUR')
})

const refused: [string, Record<string, string>, string][] = [
  ['no name', { businessName: ' ' }, 'Enter the name of the business.'],
  ['a long name', { businessName: 'x'.repeat(81) }, 'Use at most 80 characters.'],
  ['control characters', { businessName: 'a\x07b' }, 'characters that cannot be read'],
  ['no currency', { currency: '' }, 'Choose a currency.'],
  ['an unknown currency', { currency: 'SEASHELLS' }, 'Choose a currency.'],
  ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 'Choose a time zone.'],
  ['a colour that is none', { accentColor: 'red' }, 'Enter a colour like #0b5d56'],
  ['a colour with more behind it', { accentColor: '#123456;}*{' }, 'Enter a colour like #0b5d56'],
  ['a form without a revision', { revision: '' }, 'Reload the page and try again.'],
]

it.each(refused)('refuses %s and keeps what was typed', async (_, over, message) => {
  const before = await saved()
  const response = await post(routes.settings(), {
    ...form({ timeZone: 'Asia/Tokyo', revision: String(before?.revision) }),
    ...over,
  })
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toContain(message)
  if (!('timeZone' in over)) expect(page).toContain('<option value="Asia/Tokyo" selected="">')
  expect(await saved()).toEqual(before)
})

it('refuses what cannot be read', async () => {
  const before = await saved()
  const answers = await Promise.all([
    post(routes.settings(), {}),
    send(routes.settings(), 'not a form', 'multipart/form-data'),
    send(routes.settings(), '{}', 'application/json'),
  ])
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422])
  expect(await saved()).toEqual(before)
})

it('tells the second of two people what the first one saved', async () => {
  const opened = await revision()
  const first = form({ businessName: 'First', revision: opened })
  expect((await post(routes.settings(), first)).status).toBe(303)
  expect((await post(routes.settings(), first)).status).toBe(303)
  const late = await post(routes.settings(), form({ businessName: 'Second', revision: opened }))
  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toMatch(/Business name: saved is <b>First<\/b>, you have <b>Second<\/b>/)
  expect(page).toContain(`name="revision" value="${await revision()}"`)
  expect((await saved())?.business_name).toBe('First')
})

it('says what another currency does to the orders that there are', async () => {
  expect(await words(await get(routes.settings()))).not.toContain('That goes for the orders')
  const { ctx, settled } = testCtx()
  const lines = [{ productId: await aProduct({ onHand: 1 }), quantity: 1 }]
  expect((await placeOrder(ctx, placement(await aRetailer(), lines))).ok).toBe(true)
  await settled()
  const page = await words(await get(routes.settings()))
  expect(page).toContain('Another currency converts nothing: €12.00 becomes $12.00, and ¥1,200')
  expect(page).toContain('That goes for the orders')
})

it('lets nobody but the owner see or change them', async () => {
  const before = await saved()
  const actors: Actor[] = [
    { kind: 'staff', id: 'ben', name: 'Ben', role: 'staff' },
    { kind: 'staff', id: 'vi', name: 'Vi', role: 'viewer' },
    { kind: 'api_key', id: 'key', name: 'Key', access: 'write' },
  ]
  for (const actor of actors) {
    const { ctx } = testCtx({ actor })
    const change = { ...form(), revision: Number(before?.revision) }
    const mailChange = { replyTo: '', notificationEmails: [], revision: change.revision }
    expect(await updateSettings(ctx, change)).toMatchObject({ failure: { reason: 'forbidden' } })
    expect(await updateMailSettings(ctx, mailChange)).toMatchObject({ failure: { reason: 'forbidden' } })
    expect(await readSettings(ctx)).toMatchObject({ failure: { reason: 'forbidden' } })
  }
  expect(await saved()).toEqual(before)
})
