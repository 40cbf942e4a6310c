import { exports } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aProduct, aRetailer, newId } from '../../testing/fixtures.ts'
import { cartForm, type Fields, orderRows, placed } from '../../testing/order-forms.ts'
import { get, post, send, words } from '../../testing/web.ts'

let productId: string
let retailerId: string
beforeAll(async () => {
  ;[productId, retailerId] = await Promise.all([
    aProduct({ onHand: 1000, name: 'Speckled mug' }),
    aRetailer(),
  ])
})

const cart = (over: Fields = {}) => cartForm({ retailer: retailerId, product: productId, ...over })

it.each([
  ['an empty body', '', 'application/x-www-form-urlencoded'],
  ['JSON', '{}', 'application/json'],
  ['half a multipart', '--x\r\nContent-Disposition: form-data', 'multipart/form-data; boundary=x'],
  ['bytes that are not UTF-8', 'poNumber=%FF%FE&id=%C3%28', 'application/x-www-form-urlencoded'],
])('refuses %s as a form', async (_, body, contentType) => {
  const number = await placed(cart())
  const before = await orderRows()
  for (const path of [
    routes.orders(),
    routes.newOrder(),
    routes.orderUpdates(number),
    routes.orderLines(number),
  ]) {
    const response = await send(path, body, contentType)
    expect([404, 409, 422]).toContain(response.status)
  }
  expect(await orderRows()).toEqual(before)
})

it('refuses a form from another site', async () => {
  const before = await orderRows()
  const response = await fetchFromElsewhere()
  expect(response.status).toBe(403)
  expect(await orderRows()).toEqual(before)
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
