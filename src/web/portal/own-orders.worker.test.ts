import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { editLines } from '../../orders/edit-lines.ts'
import { linkRequest } from '../../orders/link-request.ts'
import { placeOrder } from '../../orders/place-order.ts'
import { OWN_ORDERS_PER_PAGE } from '../../orders/read-own-orders.ts'
import { type UpdateOrderInput, updateOrder } from '../../orders/update-order.ts'
import { voidDelivery } from '../../orders/void-delivery.ts'
import { routes } from '../../routes.ts'
import { newId, placement, testCtx } from '../../testing/fixtures.ts'
import { anOffer, aShop, fieldsOf, type Shop } from '../../testing/shop.ts'
import { get, words } from '../../testing/web.ts'

/** A request that the shop sent: 24 of one product. */
async function aRequest(shop: Shop) {
  const mug = await anOffer({ name: 'Speckled mug', retailPrice: 2800 })
  const id = newId()
  const line = JSON.stringify([mug.number, 24, 1400, 2800, 'Speckled mug'])
  await shop.post(routes.portalRequests(shop.token), { id, line, note: 'By the door' })
  const row = await env.DB.prepare('SELECT number FROM orders WHERE id = ?')
    .bind(id)
    .first<{ number: number }>()
  return { id, productId: mug.id, number: row!.number }
}

async function staffUpdate(number: number, revision: number, over: Partial<UpdateOrderInput>) {
  const { ctx, settled } = testCtx()
  const update = { trackingNumber: '', invoiceLink: '', comment: '', confirmed: false, allowShortage: false }
  const done = await updateOrder(ctx, {
    ...{
      number,
      revision,
      changeId: newId(),
      status: 'awaiting_approval',
      paymentStatus: 'awaiting_payment',
    },
    ...{ email: false, ...update, ...over },
  })
  await settled()
  if (!done.ok) throw new Error(JSON.stringify(done))
}

/** Staff let the shop have only so many. */
async function staffChange(order: { number: number; productId: string }, revision: number, quantity: number) {
  const { ctx, settled } = testCtx()
  const { number, productId } = order
  const lines = { edit: 'set', productId, quantity, unitPrice: 1400 } as const
  const done = await editLines(ctx, { number, changeId: newId(), revision, lines, allowShortage: false })
  await settled()
  if (!done.ok) throw new Error(JSON.stringify(done))
}

const pageOf = (shop: Shop, number: number) => shop.get(routes.portalOrder(shop.token, number))

async function eventsOf(number: number) {
  const { results } = await env.DB.prepare(
    `SELECT kind, comment, changes->>'answer' AS answer, actor->>'name' AS name FROM order_events
     JOIN orders ON orders.id = order_id WHERE number = ? ORDER BY order_events.revision`,
  )
    .bind(number)
    .all<{ kind: string; comment: string; answer: string | null; name: string }>()
  return results
}

describe('an own order', () => {
  it('shows status, tracking, invoice and what was said to the shop, and no internal note', async () => {
    const shop = await aShop()
    const { number } = await aRequest(shop)
    await staffUpdate(number, 1, { comment: 'They pay late', status: 'new' })
    await staffUpdate(number, 2, {
      ...{ status: 'shipped', email: true, comment: 'The kiln was kind.', allowShortage: true },
      ...{ trackingNumber: '1Z 999 AA1 01 2345 6784', invoiceLink: 'https://pay.example/8841' },
    })
    const html = await (await pageOf(shop, number)).text()
    const page = await words(new Response(html))
    for (const text of [
      'Shipped',
      'Awaiting Payment',
      'The kiln was kind.',
      'By the door',
      'UPS',
      '$336.00',
    ]) {
      expect(page).toContain(text)
    }
    expect(html).toContain('href="https://pay.example/8841"')
    expect(html).toContain('href="https://www.ups.com')
    for (const text of ['pay late', 'Ana', 'On hand', 'available']) expect(page).not.toContain(text)
    const statement = await words(await shop.get(routes.portalStatement(shop.token, number)))
    for (const text of ['Order statement', `Order #${number}`, '1Z 999', '$336.00']) {
      expect(statement).toContain(text)
    }
  })

  it('shows no comment of which only the business was told', async () => {
    await env.DB.prepare(`UPDATE settings SET notification_emails = '["ana@maker.example"]'`).run()
    const shop = await aShop({ email: '' })
    const { ctx, settled } = testCtx()
    const { id } = await anOffer()
    const placed = await placeOrder(
      ctx,
      placement(shop.retailerId, [{ productId: id, quantity: 1 }], { allowShortage: true }),
    )
    await settled()
    const number = (placed.ok && placed.value.number) || 0
    await staffUpdate(number, 1, { status: 'new', email: true, comment: 'They pay late' })
    const { results } = await env.DB.prepare(
      'SELECT audience FROM mails JOIN orders ON orders.id = order_id WHERE orders.number = ? AND mails.revision = 2',
    )
      .bind(number)
      .all()
    expect(results).toEqual([{ audience: 'business' }])
    expect(await words(await pageOf(shop, number))).not.toContain('pay late')
  })

  it('tells a retailer to whom it is given nothing that was written to the one before', async () => {
    const [shop, other] = await Promise.all([aShop(), aShop()])
    const order = await aRequest(shop)
    const { number } = order
    await staffChange(order, 1, 12)
    const reply = { changeId: newId(), revision: '2', answer: 'replied', comment: 'Our own trouble' }
    expect((await shop.post(routes.portalAnswers(shop.token, number), reply)).status).toBe(303)
    expect(await words(await pageOf(shop, number))).toContain('Our own trouble')
    await staffUpdate(number, 3, { email: true, comment: 'Only for the first' })
    const { ctx, settled } = testCtx()
    const given = { number, changeId: newId(), revision: 4, retailerId: other.retailerId, ownPrices: false }
    expect((await linkRequest(ctx, given)).ok).toBe(true)
    await settled()
    await staffUpdate(number, 5, { email: true, comment: 'Welcome' })
    const again = testCtx()
    const repriced = { ...given, changeId: newId(), revision: 6, ownPrices: true }
    expect((await linkRequest(again.ctx, repriced)).ok).toBe(true)
    await again.settled()
    const page = await words(await pageOf(other, number))
    expect(page).toContain('Welcome')
    for (const text of ['Only for the first', 'Our own trouble']) expect(page).not.toContain(text)
  })

  it('says that its delivery was voided, and not why', async () => {
    const shop = await aShop()
    const { number } = await aRequest(shop)
    await staffUpdate(number, 1, { status: 'delivered', confirmed: true, allowShortage: true })
    expect(await words(await pageOf(shop, number))).not.toContain('Voided')
    const { ctx, settled } = testCtx()
    const voiding = { number, changeId: newId(), revision: 2, reason: 'They never paid' } as const
    expect((await voidDelivery(ctx, { ...voiding, goods: 'came_back' })).ok).toBe(true)
    await settled()
    const page = await words(await pageOf(shop, number))
    expect(page).toContain('Delivered Voided Awaiting Payment')
    for (const text of ['never paid', 'came back', 'Ana']) expect(page).not.toContain(text)
  })

  it('is nobody else’s', async () => {
    const [shop, other] = await Promise.all([aShop(), aShop()])
    const { number, id } = await aRequest(shop)
    const foreign = await Promise.all([
      pageOf(other, number),
      other.get(routes.portalStatement(other.token, number)),
      other.post(routes.portalAnswers(other.token, number), {
        ...{ changeId: newId(), revision: '1', answer: 'replied', comment: 'Mine!' },
      }),
      other.post(routes.portalAgain(other.token, number), {}),
      other.get(routes.portalRequest(other.token, id)),
    ])
    const missing = await pageOf(other, 999_999)
    const nothing = await missing.text()
    expect(missing.status).toBe(404)
    for (const answer of foreign) {
      expect(answer.status).toBe(404)
      expect(await answer.text()).toBe(nothing)
    }
    expect(await eventsOf(number)).toHaveLength(1)
    expect(await words(await other.get(routes.portalOrders(other.token)))).toContain('No orders yet')
  })
})

it('lists a retailer’s orders in pages, those that staff placed too', async () => {
  const [shop, other] = await Promise.all([aShop(), aShop()])
  const { id: productId } = await anOffer()
  const numbers: number[] = []
  for (let index = 0; index < OWN_ORDERS_PER_PAGE + 2; index++) {
    const { ctx } = testCtx()
    const retailerId = index === 3 ? other.retailerId : shop.retailerId
    const placed = await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 1 }], { pull: false }))
    if (placed.ok && retailerId === shop.retailerId) numbers.unshift(placed.value.number)
  }
  const ordersOn = async (path: string) => {
    const html = await (await shop.get(path)).text()
    return [...html.matchAll(/Order #(\d+)/g)].map(([, number]) => Number(number))
  }
  expect(await ordersOn(routes.portalOrders(shop.token))).toEqual(numbers.slice(0, OWN_ORDERS_PER_PAGE))
  const before = String(numbers[OWN_ORDERS_PER_PAGE - 1])
  expect(await ordersOn(routes.portalOrders(shop.token, { before }))).toEqual(numbers.slice(-1))
})

describe('changes that staff made to a request', () => {
  it('are accepted once for a double click, in the history, with an e-mail to the business alone', async () => {
    const desk = [{ email: 'desk@maker.example', events: ['requested'] }]
    await env.DB.prepare('UPDATE settings SET notification_emails = ?').bind(JSON.stringify(desk)).run()
    const shop = await aShop({ email: 'jo@shop.example' })
    const order = await aRequest(shop)
    expect(await (await pageOf(shop, order.number)).text()).not.toContain('changed your order')
    await staffChange(order, 1, 12)
    const html = await (await pageOf(shop, order.number)).text()
    expect(html).toContain('Speckled mug: 24 → 12')
    const accept = { ...fieldsOf(html), answer: 'accepted', comment: '' }
    const answers = await Promise.all(
      [1, 2].map(() => shop.post(routes.portalAnswers(shop.token, order.number), accept)),
    )
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await eventsOf(order.number)).toMatchObject([
      { kind: 'requested' },
      { kind: 'lines', name: 'Ana' },
      { kind: 'answered', answer: 'accepted', name: expect.stringMatching(/^Shop/) },
    ])
    const { results } = await env.DB.prepare(
      'SELECT recipient FROM mails WHERE order_id = ? AND revision = 3',
    )
      .bind(order.id)
      .all()
    expect(results).toEqual([{ recipient: 'desk@maker.example' }])
    const after = await words(await shop.get(answers[0]!.headers.get('location')!))
    expect(after).toContain('Your answer is with')
    expect(after).toContain('Changes accepted')
    expect(after).not.toContain('changed your order')
  })

  it('are answered in words, which staff read; without words the form says what to do', async () => {
    const shop = await aShop()
    const order = await aRequest(shop)
    await staffChange(order, 1, 12)
    const fields = { changeId: newId(), revision: '2', answer: 'replied', comment: ' ' }
    const empty = await shop.post(routes.portalAnswers(shop.token, order.number), fields)
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('Write what you would like to change.')
    const said = { ...fields, comment: 'Then 18, please' }
    expect((await shop.post(routes.portalAnswers(shop.token, order.number), said)).status).toBe(303)
    expect(await words(await get(routes.order(order.number)))).toContain('Then 18, please')
    expect(await words(await pageOf(shop, order.number))).toContain('Then 18, please')
    const edited = { ...said, comment: 'Then 20, please' }
    expect((await shop.post(routes.portalAnswers(shop.token, order.number), edited)).status).toBe(409)
    expect(await eventsOf(order.number)).toHaveLength(3)
  })

  it('are looked at again when staff changed more meanwhile, with what was typed', async () => {
    const shop = await aShop()
    const order = await aRequest(shop)
    await staffChange(order, 1, 12)
    await staffChange(order, 2, 6)
    const stale = { changeId: newId(), revision: '2', answer: 'accepted', comment: 'Fine by us' }
    const answer = await shop.post(routes.portalAnswers(shop.token, order.number), stale)
    expect(answer.status).toBe(409)
    const html = await answer.text()
    expect(html).toContain('24 → 6')
    expect(html).toContain('Fine by us')
    expect(fieldsOf(html).revision).toBe('3')
    expect(await eventsOf(order.number)).toHaveLength(3)
  })

  it('come too late once the goods have left, and what was typed is still there', async () => {
    const shop = await aShop()
    const order = await aRequest(shop)
    await staffChange(order, 1, 12)
    await staffUpdate(order.number, 2, { status: 'canceled', confirmed: true })
    const late = { changeId: newId(), revision: '2', answer: 'replied', comment: 'Then 18, please' }
    const answer = await shop.post(routes.portalAnswers(shop.token, order.number), late)
    expect(answer.status).toBe(409)
    expect(await words(answer)).toContain('Your answer was not sent Then 18, please')
  })

  it.each([
    ['nothing waits for an answer', { revision: '1', answer: 'accepted' }],
    ['it is no answer', { revision: '1', answer: 'shouted' }],
    ['the form is not whole', { revision: '', answer: 'accepted' }],
  ])('take no answer where %s', async (_, fields) => {
    const shop = await aShop()
    const { number } = await aRequest(shop)
    const answer = await shop.post(routes.portalAnswers(shop.token, number), {
      ...{ changeId: newId(), comment: '', ...fields },
    })
    expect(answer.status).toBe(422)
    expect(await eventsOf(number)).toHaveLength(1)
  })
})
