import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { app } from '../app.ts'
import { placeOrder } from '../orders/place-order.ts'
import { routes } from '../routes.ts'
import { tokenOf } from '../signed-link.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from '../testing/fixtures.ts'
import { get, post, words } from '../testing/web.ts'

let productId: string
let retailerId: string
beforeAll(async () => {
  ;[productId, retailerId] = await Promise.all([
    aProduct({ onHand: 1000, name: 'Speckled mug' }),
    aRetailer({ email: 'jo@shop.example' }),
  ])
})

async function anOrder() {
  const { ctx, settled } = testCtx()
  const input = placement(retailerId, [{ productId, quantity: 3 }], { shipping: 800, poNumber: 'PO 7' })
  const placed = await placeOrder(ctx, input)
  await settled()
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  return { id: input.id, number: placed.value.number }
}

/** The address that the statement's page offers to copy. */
async function linkOn(number: number): Promise<string> {
  const page = await (await get(routes.statements([number]))).text()
  const [, link] =
    /id="field-link"[^>]*value="([^"]+)"/.exec(page) ?? /value="([^"]+)"[^>]*id="field-link"/.exec(page) ?? []
  return new URL(link!).pathname
}

const replace = (number: number, revision: number, changeId = newId()) =>
  post(routes.orderLink(number), { changeId, revision: String(revision) })

it('shows the statement to whoever has the link, and nothing that is not theirs', async () => {
  const { number } = await anOrder()
  const note = { comment: 'They pay late, watch out', email: 'no', status: 'new' }
  const update = { changeId: newId(), revision: '1', paymentStatus: 'awaiting_payment', ...note }
  await post(routes.orderUpdates(number), { ...update, trackingNumber: 'TRACK 9', invoiceLink: '' })
  const response = await get(await linkOn(number))
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(response.headers.get('x-robots-tag')).toContain('noindex')
  const page = await words(response)
  for (const text of ['Speckled mug', '$60.00', '$30.00', '$38.00', 'PO 7', 'TRACK 9', `Order #${number}`]) {
    expect(page).toContain(text)
  }
  for (const text of ['pay late', 'jo@shop.example', 'available', 'On hand', 'Settings', 'Ana']) {
    expect(page).not.toContain(text)
  }
})

it('answers alike to every link that does not open', async () => {
  const [{ id, number }, other] = await Promise.all([anOrder(), anOrder()])
  const good = await linkOn(number)
  const [, , signature] = good.split('/').at(-1)!.split('.')
  expect((await replace(number, 1)).status).toBe(303)
  const bad = [
    good,
    `${good}x`,
    good.slice(0, -1),
    ...[
      `${id}.2.${signature}`,
      `${other.id}.1.${signature}`,
      'x',
      '%00',
      '%F0%9F%8D%B5',
      '<script>',
      'x'.repeat(9000),
    ].map(routes.sharedStatement),
    routes.sharedStatement((await tokenOf(env, 'statement', { id: newId(), version: 1 }))!),
  ]
  const answers = await Promise.all(bad.map(get))
  expect(answers.map(({ status }) => status)).toEqual(bad.map(() => 404))
  expect(new Set(answers.map(({ headers }) => headers.get('cache-control')))).toEqual(new Set(['no-store']))
  const pages = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(pages).size).toBe(1)
  expect(pages[0]).toContain('Ask the business that sent it')
})

it('replaces a link once for a double submit, writes it down, and cannot take it back', async () => {
  const { number } = await anOrder()
  const first = await linkOn(number)
  const changeId = newId()
  const answers = [await replace(number, 1, changeId), await replace(number, 1, changeId)]
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  expect(await words(await get(answers[1]!.headers.get('location')!))).toContain('Link replaced.')
  const second = await linkOn(number)
  expect([(await get(first)).status, (await get(second)).status]).toEqual([404, 200])
  expect(await words(await get(routes.order(number)))).toContain('Statement link replaced')

  expect((await post(routes.orderUndo(number), { changeId: newId(), revision: '2' })).status).toBe(422)
  expect((await get(first)).status).toBe(404)
})

it('asks to look again when the order was changed since, and keeps the link', async () => {
  const { number } = await anOrder()
  const first = await linkOn(number)
  const stale = await replace(number, 0)
  expect(stale.status).toBe(409)
  const page = await stale.text()
  expect(page).toContain('Somebody else changed this')
  expect(page).toContain('name="revision" value="1"')
  expect((await get(first)).status).toBe(200)
})

it.each([
  ['no revision', { changeId: newId(), revision: '' }, 422],
  ['a strange change', { changeId: '<b>', revision: '1' }, 422],
] as const)('refuses to replace with %s', async (_, fields, status) => {
  const { number } = await anOrder()
  const before = await linkOn(number)
  expect((await post(routes.orderLink(number), fields)).status).toBe(status)
  expect(await linkOn(number)).toBe(before)
})

it('has no link of an unknown order to replace', async () => {
  expect((await replace(999_999, 1)).status).toBe(404)
})

const fetchWith = (path: string, over: Partial<Cloudflare.Env>) =>
  app.fetch(new Request(`http://localhost${path}`), { ...env, ...over }, createExecutionContext())

it('opens where nobody may see the staff pages', async () => {
  const { number } = await anOrder()
  const link = await linkOn(number)
  expect((await fetchWith(link, { LOCAL_OWNER: 'false' })).status).toBe(200)
  expect((await fetchWith(routes.statements([number]), { LOCAL_OWNER: 'false' })).status).toBe(403)
})

it('offers and opens nothing without a secret, and says so to staff', async () => {
  const { number } = await anOrder()
  const link = await linkOn(number)
  expect((await fetchWith(link, { LINK_SECRET: undefined })).status).toBe(404)
  const page = await (await fetchWith(routes.statements([number]), { LINK_SECRET: undefined })).text()
  expect(page).toContain('LINK_SECRET')
  expect(page).not.toContain('/shared/')
})
