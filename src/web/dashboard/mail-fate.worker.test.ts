import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { app } from '../../app.ts'
import { listMails } from '../../mail/list-mails.ts'
import { readOrder } from '../../orders/read-order.ts'
import { readRetailer } from '../../retailers/read-retailer.ts'
import { routes } from '../../routes.ts'
import { testCtx } from '../../testing/fixtures.ts'
import { asTidewater, consume, DESK, mailsOf } from '../../testing/mail-fixtures.ts'
import { aProvider, mailedThrough, type Provider } from '../../testing/mail-hook.ts'
import type { Answer } from '../../testing/mail-inbox.ts'
import { get, post, words } from '../../testing/web.ts'

let provider: Provider
beforeAll(async () => {
  await asTidewater()
  provider = await aProvider()
})

const NOW = Math.floor(Date.now() / 1000)
const NO_SUCH_USER = '550 5.1.1 No such user'

/** An order whose e-mail to the retailer met this answer. */
async function mailedWith(answer: Answer) {
  const order = await mailedThrough(provider, answer)
  const found = env.DB.prepare('SELECT retailer_id FROM orders WHERE id = ?').bind(order.orderId)
  return { ...order, retailerId: (await found.first<string>('retailer_id'))! }
}

async function mailedAndBounced() {
  const order = await mailedWith('accept')
  await order.tell('hard-bounced', { timestamp: NOW, status: NO_SUCH_USER })
  return order
}

const orderWords = async (number: number) => words(await get(routes.order(number)))
const retailerWords = async (id: string) => words(await get(routes.retailer(id)))

it('says in the history what became of each e-mail, when, why and after how many attempts', async () => {
  const bounced = await mailedAndBounced()
  const text = await orderWords(bounced.number)
  expect(text).toMatch(new RegExp(`${bounced.email} Bounced \\d+ \\w+ 20\\d\\d, \\d\\d:\\d\\d View`))
  expect(text).toContain(`The recipient’s mail server refused it. ${NO_SUCH_USER} · provider’s id`)
  expect(text).toMatch(new RegExp(`${DESK} Sent`))

  const waiting = await mailedWith('fail')
  expect(await orderWords(waiting.number)).toMatch(/Queued .* Something broke\. It is tried again at \d/)
})

it('sends again from the history, and shows there what replaced what', async () => {
  const { number, mailId, orderId, email } = await mailedWith('refuse')
  const page = await (await get(routes.order(number))).text()
  expect(page).toContain(`action="${routes.mailDispatch(mailId)}"`)
  const answer = await post(routes.mailDispatch(mailId), { order: String(number) })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`${routes.order(number)}#history`)
  const again = (await mailsOf(orderId)).find(({ again_of }) => again_of === mailId)!
  const text = await orderWords(number)
  expect(text).toContain(`sent again to ${email} since`)
  expect(text).toContain('sent again by Demo owner')
  expect(await (await get(routes.order(number))).text()).not.toContain(
    `action="${routes.mailDispatch(mailId)}"`,
  )
  expect(again.recipient).toBe(email)
})

it('sends again to a corrected address, once, and keeps a mistyped one', async () => {
  const { mailId, orderId, email, retailerId } = await mailedAndBounced()
  const page = await (await get(routes.mail(mailId))).text()
  expect(page).toContain(`value="${email}"`)
  expect(page).toContain(routes.editRetailer(retailerId))
  for (const typed of ['jo@', '', `jo@shop.example\nbcc@shop.example`]) {
    const refused = await post(routes.mailDispatch(mailId), { recipient: typed })
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain('Enter an address like jo@shop.com.')
    if (typed === 'jo@') expect(html).toContain('value="jo@"')
  }
  expect(await mailsOf(orderId)).toHaveLength(2)

  const corrected = `correct-${email}`
  const answers = await Promise.all(
    [1, 2].map(() => post(routes.mailDispatch(mailId), { recipient: corrected })),
  )
  const again = (await mailsOf(orderId)).filter(({ again_of }) => again_of === mailId)
  expect(again).toMatchObject([{ recipient: corrected }])
  for (const answer of answers) expect(answer.headers.get('location')).toBe(routes.mail(again[0]!.id))
  const other = await post(routes.mailDispatch(mailId), { recipient: `other-${email}` })
  expect(other.status).toBe(409)
  expect(await words(other)).toContain(`It was sent again already, to ${corrected}.`)
  // As the page of the order asks, where somebody has it open since before.
  const same = await post(routes.mailDispatch(mailId), { order: '1' })
  expect([same.status, await words(same)]).toEqual([
    409,
    expect.stringContaining(`It was sent again already, to ${corrected}.`),
  ])
  await consume([again[0]!.id], provider.bindings)
  expect(
    (await provider.inbox.received()).map(({ body }) => body.personalizations[0]!.to[0]!.email),
  ).toContain(corrected)
})

it('raises a banner on the order and the retailer when an address bounces, until it takes mail again', async () => {
  const { number, retailerId, email, tell, mailId } = await mailedAndBounced()
  for (const text of [await orderWords(number), await retailerWords(retailerId)]) {
    expect(text).toContain(`E-mail to ${email} bounced`)
    expect(text).toContain('Change the address')
  }
  await env.DB.prepare('UPDATE retailers SET email = ? WHERE id = ?').bind(`new-${email}`, retailerId).run()
  expect(await retailerWords(retailerId)).not.toContain('bounced')
  expect(await orderWords(number)).not.toContain('E-mail to')
  await env.DB.prepare('UPDATE retailers SET email = ? WHERE id = ?')
    .bind(email.toUpperCase(), retailerId)
    .run()
  expect(await retailerWords(retailerId)).toContain(`E-mail to ${email} bounced`)

  await post(routes.mailDispatch(mailId), {})
  const again = (await env.DB.prepare('SELECT id FROM mails WHERE again_of = ?')
    .bind(mailId)
    .first<{ id: string }>())!
  await tell('delivered', { timestamp: NOW + 60, campaign_id: again.id })
  for (const text of [await orderWords(number), await retailerWords(retailerId)]) {
    expect(text).not.toContain(`E-mail to ${email} bounced`)
  }
  await tell('complained', { timestamp: NOW + 120, campaign_id: again.id })
  expect(await retailerWords(retailerId)).toContain(`${email} reported an e-mail as spam`)
})

it('raises none for a notification address, and finds the verdict along an index', async () => {
  const { number, retailerId, deskMailId, orderId, tell, email } = await mailedWith('accept')
  await tell('hard-bounced', { campaign_id: deskMailId })
  expect(await orderWords(number)).not.toContain('E-mail to')
  await tell('hard-bounced')
  const costOf = async () => {
    const [order, retailer] = [testCtx().ctx, testCtx().ctx]
    expect(await readOrder(order, number)).toMatchObject({ value: { trouble: { recipient: email } } })
    expect(await readRetailer(retailer, retailerId)).toMatchObject({
      value: { trouble: { recipient: email } },
    })
    return [order.db.meter, retailer.db.meter].map(({ roundTrips, rowsRead }) => ({ roundTrips, rowsRead }))
  }
  const few = await costOf()
  expect(few.map(({ roundTrips }) => roundTrips)).toEqual([1, 1])
  const rows = Array.from({ length: 1000 }, (_, index) => index)
  await env.DB.prepare(
    `INSERT INTO mails (id, kind, retailer_id, recipient, audience, status, status_at, due_at, queued_at)
     SELECT ? || value, 'portal_link', ?, ?, 'retailer', iif(value % 2, 'delivered', 'sent'), 0, 0, 0 FROM json_each(?)`,
  )
    .bind(orderId, retailerId, email, JSON.stringify(rows))
    .run()
  for (const [index, { roundTrips, rowsRead }] of (await costOf()).entries()) {
    expect(roundTrips).toBe(1)
    // A message of an earlier test may have come to a state of its own meanwhile, which the frame counts.
    expect(rowsRead).toBeLessThanOrEqual(few[index]!.rowsRead + 4)
  }
})

it('counts what waits for a decision on every page, until somebody decides', async () => {
  const toDecide = async () =>
    Number(/Mail (\d+) to decide about/.exec(await words(await get(routes.products())))?.[1] ?? 0)
  const before = await toDecide()
  const failed = await mailedWith('refuse')
  const unknown = await mailedWith('accept and drop')
  const bounced = await mailedAndBounced()
  expect(await toDecide()).toBe(before + 3)
  const list = await words(await get(routes.mails({ status: 'to-decide' })))
  for (const { email } of [failed, unknown, bounced]) expect(list).toContain(email)

  await post(routes.mailDispatch(failed.mailId), {})
  const dismissed = await post(routes.mailDismissal(unknown.mailId), { dismissed: 'yes' })
  expect(dismissed.headers.get('location')).toBe(routes.mail(unknown.mailId))
  expect(await toDecide()).toBe(before + 1)
  expect(await words(await get(routes.mail(unknown.mailId)))).toContain(
    'Demo owner noted that nothing is to be done.',
  )
  expect(await orderWords(unknown.number)).toContain('Demo owner: nothing to do')
  await post(routes.mailDismissal(unknown.mailId), { dismissed: 'no' })
  expect(await toDecide()).toBe(before + 2)
  await unknown.tell('delivered')
  await post(routes.mailDismissal(bounced.mailId), { dismissed: 'yes' })
  expect(await toDecide()).toBe(before)

  const sent = await mailedWith('accept')
  expect((await post(routes.mailDismissal(sent.mailId), { dismissed: 'yes' })).status).toBe(409)
  expect((await post(routes.mailDismissal(sent.mailId), { dismissed: 'perhaps' })).status).toBe(422)
  expect((await post(routes.mailDismissal(crypto.randomUUID()), { dismissed: 'yes' })).status).toBe(404)
  expect((await post(routes.mailDismissal(failed.mailId), { dismissed: 'no' })).status).toBe(409)
})

it('has tabs whose counts are those of the rows, and finds an address however it is written', async () => {
  const { email, tell } = await mailedWith('accept')
  await tell('delivered')
  const { results } = await env.DB.prepare('SELECT status, COUNT(*) AS mails FROM mails GROUP BY 1').all<{
    status: string
    mails: number
  }>()
  const { ctx } = testCtx()
  const list = await listMails(ctx, {}, {})
  expect(list).toMatchObject({
    value: { counts: Object.fromEntries(results.map(({ status, mails }) => [status, mails])) },
  })
  const found = await words(await get(routes.mails({ to: ` ${email.toUpperCase()} ` })))
  expect(found).toContain(`${email} `)
  expect(found).not.toContain(`${DESK} `)
  expect(await words(await get(routes.mails({ to: 'nobody@shop.example' })))).toContain('No e-mail went to')
})

it('lists by state, decision and address without reading what it does not show', async () => {
  const { orderId } = await mailedWith('accept')
  const rows = JSON.stringify(Array.from({ length: 3000 }, (_, index) => index))
  await env.DB.prepare(
    `INSERT INTO mails (id, order_id, revision, recipient, audience, status, status_at, due_at, queued_at, decided)
     SELECT ? || value, ?, value + 2, 'many@shop.example', 'retailer', iif(value % 3, 'failed', 'bounced'), 0, 0, 0, 1
     FROM json_each(?)`,
  )
    .bind(orderId, orderId, rows)
    .run()
  for (const filter of [
    {},
    { status: 'failed' },
    { toDecide: true },
    { recipient: 'many@shop.example' },
  ] as const) {
    const { ctx } = testCtx()
    await listMails(ctx, filter, {})
    expect(ctx.db.meter.roundTrips).toBe(1)
    expect(ctx.db.meter.rowsRead, JSON.stringify(filter)).toBeLessThan(51 * 5 + 60)
  }
})

it('shows refused calls, and what the provider told of a message', async () => {
  const { mailId, tell } = await mailedWith('accept')
  await tell('soft-bounced', { timestamp: NOW, status: NO_SUCH_USER })
  await tell('delivered', { timestamp: NOW + 5, status: '250' })
  expect(await words(await get(routes.mail(mailId)))).toMatch(/Refused for now, 550 .*: Delivered, 250/)
  await provider.call({ body: '[]', headers: {} })
  expect(await words(await get(routes.mails()))).toContain('Not signed by the mail provider')
})

it('shows kept messages to nobody who is not signed in, and lets no cache keep them', async () => {
  const { mailId } = await mailedWith('accept')
  for (const path of [routes.mail(mailId), routes.mailHtml(mailId)]) {
    expect((await get(path)).headers.get('cache-control')).toBe('no-store')
  }
  for (const path of [routes.mails(), routes.mail(mailId), routes.mailHtml(mailId)]) {
    const bindings = { ...env, LOCAL_OWNER: undefined }
    const refused = await app.fetch(
      new Request(`https://desk.example${path}`),
      bindings,
      createExecutionContext(),
    )
    expect(refused.status).toBe(403)
    expect(await refused.text()).not.toContain('Thank you for your order')
  }
})
