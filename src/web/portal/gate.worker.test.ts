import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { app } from '../../app.ts'
import { routes } from '../../routes.ts'
import { NEW_SHOPS, tokenOf } from '../../signed-link.ts'
import { newId } from '../../testing/fixtures.ts'
import { aBrowser, aNewShop, anOffer, aShop } from '../../testing/shop.ts'

/** Every page below a link; the last ones lead nowhere. */
const pagesOf = (token: string) => [
  ...[routes.portal(token), routes.portalReview(token), routes.portalOrders(token), routes.lineSheet(token)],
  ...[routes.portalOrder(token, 1001), routes.portalStatement(token, 1001)],
  ...[
    routes.portalProduct(token, 1),
    routes.portalRequest(token, newId()),
    `${routes.portal(token)}/nothing`,
  ],
]
const formsOf = (token: string) => [
  ...[routes.portalCart(token), routes.portalRequests(token)],
  ...[routes.portalAgain(token, 1001), routes.portalAnswers(token, 1001)],
]

/** Answers, and what it cost the database, as the benchmark sees it. */
async function measured(path: string, init: RequestInit = {}) {
  const execution = createExecutionContext()
  const headers = { 'cf-connecting-ip': `203.0.113.${Math.ceil(Math.random() * 250)}`, ...init.headers }
  const request = new Request(`http://localhost${path}`, { redirect: 'manual', ...init, headers })
  const response = await app.fetch(request, { ...env, MEASURE: 'true', LOCAL_OWNER: 'false' }, execution)
  await waitOnExecutionContext(execution)
  const [, roundTrips] = /d1;desc="(\d+) /.exec(response.headers.get('server-timing') ?? '') ?? []
  return { response, roundTrips: Number(roundTrips) }
}

it('says of every page that it must not be kept, passed on or found', async () => {
  const shop = await aShop()
  const bad = await aBrowser(shop.retailerId, 7)
  for (const { token, get, post } of [shop, bad]) {
    const answers = await Promise.all([
      ...pagesOf(token).map(get),
      ...formsOf(token).map((path) => post(path, {})),
      post(routes.portalRequests(token), {}, { 'sec-fetch-site': 'cross-site' }),
    ])
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  }
})

it('refuses a forged link without touching the database, with whom to ask', async () => {
  const { retailerId, token } = await aShop()
  const [, , signature] = token.split('.')
  const statement = (await tokenOf(env, 'statement', { id: retailerId, version: 1 }))!
  const forged = [
    ...[`${token}x`, token.slice(0, -1), `${retailerId}.2.${signature}`, `${newId()}.1.${signature}`],
    ...[`${NEW_SHOPS}.1.${signature}`, statement, 'x', '%00', '<script>', 'x'.repeat(9000)],
  ]
  const answers = await Promise.all(forged.map((one) => measured(routes.portal(one))))
  expect(answers.map(({ roundTrips }) => roundTrips)).toEqual(forged.map(() => 0))
  const pages = await Promise.all(answers.map(({ response }) => response.text()))
  expect(answers.map(({ response }) => response.status)).toEqual(forged.map(() => 404))
  expect(new Set(pages).size).toBe(1)
  expect(pages[0]).toContain('Ask the business')
  for (const path of formsOf(`${token}x`)) {
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    const { response, roundTrips } = await measured(path, { method: 'POST', body: 'id=1', headers })
    expect([response.status, roundTrips]).toEqual([404, 0])
  }
  // What opens reads in one round trip.
  for (const path of [routes.portal(token), routes.portalReview(token), routes.portalOrders(token)]) {
    const { response, roundTrips } = await measured(path)
    expect([response.status, roundTrips]).toEqual([200, 1])
  }
})

it('says that a good link is fine where the database does not answer', async () => {
  const { token } = await aShop()
  const silent = {
    withSession: () => ({
      prepare: (query: string) => env.DB.prepare(query),
      batch: () => Promise.reject(new Error('Network connection lost.')),
      getBookmark: () => null,
    }),
  } as unknown as D1Database
  for (const path of pagesOf(token).slice(0, -1)) {
    const request = new Request(`http://localhost${path}`)
    const answer = await app.fetch(request, { ...env, DB: silent }, createExecutionContext())
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('Your link is fine')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
})

it('answers to every link that does not open, and to every page there is not, as to a forged one', async () => {
  const shop = await aShop()
  const forged = await (await shop.get(routes.portal('forged'))).text()
  const stranger = await aBrowser(newId(), 1)
  const newShops = await aBrowser(NEW_SHOPS, 1)
  await env.DB.prepare('UPDATE settings SET new_shops_open = 0').run()
  const closed = [
    await aShop({ set: { portal_link_version: 2 } }),
    await aShop({ set: { portal_open: 0 } }),
    await aShop({ set: { active: 0 } }),
    ...[stranger, newShops],
  ]
  for (const { get, token } of closed) {
    const answer = await get(routes.portal(token))
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe(forged)
  }
  const nowhere = await shop.get(`${routes.portal(shop.token)}/nothing`)
  expect([nowhere.status, await nowhere.text()]).toEqual([404, forged])
})

it('stops whoever tries many links, and nobody else', async () => {
  const guesser = await aShop()
  const statuses: number[] = []
  // A new minute in between lets more through, but never twice as many.
  while (statuses.at(-1) !== 429 && statuses.length < 62) {
    statuses.push((await guesser.get(routes.portal(`${guesser.token}${statuses.length}`))).status)
  }
  expect(statuses.at(-1)).toBe(429)
  expect(statuses.length).toBeGreaterThan(30)
  const other = await aShop()
  expect((await other.get(routes.portal('forged'))).status).toBe(404)
  expect((await guesser.get(routes.portal(guesser.token))).status).toBe(200)
})

it.each([
  ['a browser of today, told to send no referrer', 'null', 'same-origin', true],
  ['an old browser, told so too', 'null', undefined, true],
  ['an old browser that names its origin', 'http://localhost', undefined, true],
  ['another site', 'https://evil.example', 'cross-site', false],
  ['a frame of another site', 'null', 'cross-site', false],
  ['another site in an old browser', 'https://evil.example', undefined, false],
])('takes forms of its own pages: %s', async (_, origin, site, isTaken) => {
  const { token } = await aShop()
  const headers = new Headers({ origin, 'content-type': 'application/x-www-form-urlencoded' })
  if (site) headers.set('sec-fetch-site', site)
  const execution = createExecutionContext()
  const request = new Request(`http://localhost${routes.portalCart(token)}`, {
    ...{ method: 'POST', body: 'do=review', headers, redirect: 'manual' },
  })
  expect((await app.fetch(request, env, execution)).status).toBe(isTaken ? 303 : 403)
})

it('tells nothing of products that are not for shops, by whatever number they are asked for', async () => {
  const shop = await aNewShop()
  const [listed, secret, archived] = await Promise.all([
    anOffer({ name: 'Open mug' }),
    anOffer({ name: 'Secret mug', set: { listed: 0 } }),
    anOffer({ name: 'Archived mug', set: { archived: 1 } }),
  ])
  for (const { number } of [secret, archived, { number: 999_999 }]) {
    await shop.post(routes.portalCart(shop.token), { [`p${number}`]: '5', do: 'review' })
  }
  await shop.post(routes.portalCart(shop.token), { [`p${listed.number}`]: '5', do: 'review' })
  const after = JSON.stringify(['', 'Open mug', listed.number - 1])
  const pages = await Promise.all(
    [
      routes.portalReview(shop.token),
      routes.portal(shop.token),
      routes.portal(shop.token, { q: 'mug' }),
      routes.portal(shop.token, { q: 'state:active' }),
      routes.portal(shop.token, { after }),
      routes.lineSheet(shop.token),
    ].map(async (path) => (await shop.get(path)).text()),
  )
  const offers = await Promise.all(
    [secret, archived, { number: 999_999 }].map(({ number }) =>
      shop.get(routes.portalProduct(shop.token, number)),
    ),
  )
  expect(offers.map(({ status }) => status)).toEqual([404, 404, 404])
  expect(new Set(await Promise.all(offers.map((offer) => offer.text()))).size).toBe(1)
  expect(pages[0]).toContain('3 products you chose are not offered any more')
  expect(pages.filter((page) => page.includes('Open mug'))).toHaveLength(5)
  for (const page of pages) expect(page).not.toMatch(/Secret|Archived/)
  const sent = await shop.post(routes.portalRequests(shop.token), {
    ...{ id: newId(), line: `[${secret.number},5,1000,2000,"guess"]` },
    ...{ businessName: 'X', contactName: 'X', email: 'x@x.co', street: 'X', city: 'X' },
  })
  expect(sent.status).toBe(422)
  const page = await sent.text()
  expect(page).toContain('guess is not offered any more')
  expect(page).not.toMatch(/Secret/)
})
