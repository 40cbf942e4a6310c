import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { routes } from '../routes.ts'
import { words } from '../testing/web.ts'

const origin = 'http://localhost'
const ask = (path: string, init: RequestInit) => exports.default.fetch(new Request(origin + path, init))

it.each([
  ['PUT', routes.orders(), 'GET, HEAD, POST'],
  ['DELETE', routes.order(1), 'GET, HEAD'],
  ['PATCH', routes.health(), 'GET, HEAD'],
  ['POST', routes.orders({ status: 'new' }).replace('/orders', '/exports/new'), 'GET, HEAD'],
])('says what is taken where %s is not: %s', async (method, path, allow) => {
  const response = await ask(path, { method, headers: { origin } })
  expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
  expect(await words(response)).toContain(`${method} is not taken here`)
})

it.each([
  [routes.orderUpdates(7), routes.order(7)],
  [routes.orderLines(7), routes.order(7)],
  [routes.productAdjustments('demo-mug'), routes.product('demo-mug')],
])('leads from %s, where forms are sent, back to its page', async (path, above) => {
  const response = await ask(path, {})
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  expect(await response.text()).toContain(`href="${above}"`)
})

it('still knows no page where there is none', async () => {
  expect((await ask('/no/such/page', { method: 'DELETE', headers: { origin } })).status).toBe(404)
})

it.each([undefined, 'https://evil.example'])('takes no form from %s, and says what to do', async (from) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(from && { origin: from }) }
  const response = await ask(routes.orders(), { method: 'POST', headers, body: 'a=b' })
  expect(response.status).toBe(403)
  const page = await words(response)
  expect(page).toContain('Nothing was done')
  expect(page).toContain(`Origin: ${origin}`)
})
