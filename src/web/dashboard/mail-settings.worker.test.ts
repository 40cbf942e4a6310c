import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { MAIL_EVENTS } from '../../mail/mail-event.ts'
import { routes } from '../../routes.ts'
import { readSettings } from '../../settings/read-settings.ts'
import { testCtx } from '../../testing/fixtures.ts'
import { get, post, words } from '../../testing/web.ts'

const saved = () => env.DB.prepare('SELECT * FROM settings').first<Record<string, unknown>>()
const revision = async () => String((await saved())?.revision)
const read = async () => {
  const view = await readSettings(testCtx().ctx)
  if (!view.ok) throw new Error(view.failure.reason)
  return view.value.frame.settings
}

type Row = [email: string, ...events: string[]]

const form = (rows: Row[], over: Record<string, string> = {}): Record<string, string | string[]> => ({
  replyTo: 'hi@clay.example',
  ...Object.fromEntries(
    rows.flatMap(([email, ...events], index) => [
      [`notificationEmails.${index}.email`, email],
      [`notificationEmails.${index}.events`, events],
    ]),
  ),
  ...over,
})

it('saves each address with what it wants to be told of, and leaves empty rows out', async () => {
  const rows: Row[] = [
    [' ana@clay.example ', ...MAIL_EVENTS],
    ['', ...MAIL_EVENTS],
    ['ship@clay.example', 'delivered', 'shipped', 'shipped', 'nonsense'],
  ]
  const response = await post(routes.mailSettings(), form(rows, { revision: await revision() }))
  expect(response.status).toBe(303)
  expect(await words(await get(response.headers.get('location') ?? ''))).toContain('The settings are saved.')
  expect(await read()).toMatchObject({
    replyTo: 'hi@clay.example',
    notificationEmails: [
      { email: 'ana@clay.example', events: [...MAIL_EVENTS] },
      { email: 'ship@clay.example', events: ['shipped', 'delivered'] },
    ],
  })
  expect(await get(routes.mailSettings()).then((page) => page.text())).toMatch(
    /value="ship@clay.example"[\s\S]*?value="placed"\/>[\s\S]*?value="shipped" checked=""/,
  )
})

it('shows who changed which address', async () => {
  const save = async (...rows: Row[]) =>
    post(routes.mailSettings(), form(rows, { revision: await revision() }))
  await save(['ana@clay.example', ...MAIL_EVENTS], ['ship@clay.example', 'shipped'])
  await save(['ana@clay.example', ...MAIL_EVENTS], ['ship@clay.example', 'shipped', 'delivered'])
  expect(await words(await get(routes.mailSettings()))).toMatch(
    /Changes Changed .* · Demo owner Notification e-mails: ship@clay.example \(Shipped\) → ship@clay.example \(Shipped, Delivered\) Changed/,
  )
  await save(['ship@clay.example', 'shipped', 'delivered'], ['ana@clay.example', ...MAIL_EVENTS])
  expect(await words(await get(routes.mailSettings()))).toContain(
    'Notification e-mails: ana@clay.example, ship@clay.example (Shipped, Delivered) → ship@clay.example (Shipped, Delivered), ana@clay.example Changed',
  )
})

it('reads addresses from before they could choose as wanting everything', async () => {
  await env.DB.prepare('UPDATE settings SET notification_emails = ?').bind('["old@clay.example"]').run()
  expect((await read()).notificationEmails).toEqual([{ email: 'old@clay.example', events: [...MAIL_EVENTS] }])
})

const addresses = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => [`p${index}@clay.example`, 'placed'])

it('takes twenty addresses and not one more', async () => {
  const take = async (rows: Row[]) => post(routes.mailSettings(), form(rows, { revision: await revision() }))
  expect((await take(addresses(20))).status).toBe(303)
  const refused = await take(addresses(21))
  expect(refused.status).toBe(422)
  expect(await words(refused)).toContain('Keep at most 20 addresses.')
})

it('adds a row to type into, keeps what was typed and saves nothing', async () => {
  const before = await saved()
  const rows: Row[] = [['half@clay', 'shipped']]
  const page = await post(routes.mailSettings(), form(rows, { do: 'add', revision: await revision() }))
  expect(page.status).toBe(200)
  const html = await page.text()
  expect(html).toContain('value="half@clay"')
  expect(html).toContain('name="notificationEmails.1.email"')
  expect(await saved()).toEqual(before)
})

const refused: [string, Row[], Record<string, string>, string][] = [
  ['a reply-to that is no address', [], { replyTo: 'clay' }, 'Enter an address like jo@shop.com.'],
  ['what is no address', [['nobody', 'placed']], {}, 'Enter an address like jo@shop.com.'],
  ['a script', [['<script>alert(1)</script>', 'placed']], {}, 'Enter an address like jo@shop.com.'],
  ['an endless address', [[`${'x'.repeat(100_000)}@b.example`, 'placed']], {}, 'Use at most 254 characters.'],
  ['an address that is told of nothing', [['a@b.example']], {}, 'Choose what it is told of'],
  [
    'one twice',
    [
      ['a@b.example', 'placed'],
      ['A@b.example', 'shipped'],
    ],
    {},
    'This address is there twice.',
  ],
  ['a form without a revision', [], { revision: '' }, 'Reload the page and try again.'],
]

it.each(refused)('refuses %s and keeps what was typed', async (_, rows, over, message) => {
  const before = await saved()
  const typed = form([...rows, ['kept@clay.example', 'delivered']], {
    revision: String(before?.revision),
    ...over,
  })
  const response = await post(routes.mailSettings(), typed)
  expect(response.status).toBe(422)
  const html = await response.text()
  expect(html).toContain(message)
  expect(html).toContain('value="kept@clay.example"')
  expect(html).not.toContain('<script>alert')
  expect(await saved()).toEqual(before)
})

it('tells the second of two people what the first one saved', async () => {
  const opened = await revision()
  const first = form([['first@clay.example', 'placed']], { revision: opened })
  expect((await post(routes.mailSettings(), first)).status).toBe(303)
  expect((await post(routes.mailSettings(), first)).status).toBe(303)
  const late = await post(
    routes.mailSettings(),
    form([['second@clay.example', ...MAIL_EVENTS]], { revision: opened }),
  )
  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toContain('saved is <b>first@clay.example (Placed)</b>, you have <b>second@clay.example</b>')
  expect(page).toContain(`name="revision" value="${await revision()}"`)
})
