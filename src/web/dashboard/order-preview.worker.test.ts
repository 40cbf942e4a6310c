import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { readKeptMessage } from '../../mail/kept-message.ts'
import { routes } from '../../routes.ts'
import { newId } from '../../testing/fixtures.ts'
import { aMailedOrder, asTidewater, attemptOf, consume, DESK, mailsOf } from '../../testing/mail-fixtures.ts'
import { get, post, words } from '../../testing/web.ts'

beforeAll(asTidewater)

const typed = (over: Record<string, string> = {}) => ({
  ...{ changeId: newId(), revision: '1', asksToPull: '1', status: 'shipped', paymentStatus: 'deposit_50' },
  ...{ email: 'yes', trackingNumber: '1Z5R89390357567127', invoiceLink: 'https://pay.example/8' },
  ...{ comment: 'Glazed twice.\nHandle with care.', goods: '', ...over },
})

/** The addresses of the frames in which a preview shows its messages. */
const framesIn = (html: string) =>
  [...html.matchAll(/<iframe[^>]* src="([^"]+)"/g)].map((match) => match[1]!.replaceAll('&amp;', '&'))

/** The plain-text parts in a preview. */
const textsIn = (html: string) =>
  [...html.matchAll(/<pre>([\s\S]*?)<\/pre>/g)].map((match) =>
    match[1]!.replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  )

const everything = async () =>
  JSON.stringify(
    await env.DB.batch(
      ['orders', 'order_events', 'mails', 'stock_decisions'].map((table) =>
        env.DB.prepare(`SELECT * FROM ${table}`),
      ),
    ).then((results) => results.map(({ results: rows }) => rows)),
  )

it('shows exactly what is sent afterwards, to whom, and writes nothing', async () => {
  const order = await aMailedOrder()
  const before = await everything()
  const form = typed({ allowShortage: 'on' })
  const response = await post(routes.orderPreview(order.number), form)
  expect(response.status).toBe(200)
  const page = await response.text()
  const frames = framesIn(page)
  const previewed = await Promise.all(frames.map(async (address) => (await get(address)).text()))
  expect(await everything()).toBe(before)

  expect(page).toContain(`E-mail to ${order.email}`)
  expect(page).toContain(`E-mail to ${DESK}`)
  expect(page).toContain(`Save and email ${order.email}`)

  expect((await post(routes.orderUpdates(order.number), form)).status).toBe(303)
  const mails = (await mailsOf(order.orderId)).slice(2)
  expect(mails.map(({ recipient }) => recipient)).toEqual([order.email, DESK])
  await consume(
    mails.map(({ id }) => id),
    env,
  )
  const sent = await Promise.all(
    (await mailsOf(order.orderId)).slice(2).map((mail) => readKeptMessage({ env }, attemptOf(mail))),
  )
  expect(previewed).toEqual(sent.map((message) => message?.html))
  expect(textsIn(page)).toEqual(sent.map((message) => message?.text))
})

it('shows the carrier wherever the tracking number is shown', async () => {
  const order = await aMailedOrder()
  const form = typed({ email: 'no', allowShortage: 'on', comment: '' })
  expect((await post(routes.orderUpdates(order.number), form)).status).toBe(303)
  const link =
    /<a href="https:\/\/www\.ups\.com\/track\?tracknum=1Z5R89390357567127"[^>]*>1Z5R89390357567127<\/a> \(UPS\)/
  for (const path of [
    routes.order(order.number),
    routes.packingSlips([order.number]),
    routes.statements([order.number]),
  ]) {
    expect(await (await get(path)).text()).toMatch(link)
  }
  expect(await words(await get(routes.order(order.number)))).toContain('UPS. Goes into every update e-mail')
})

it('keeps everything typed on the way to saving and on the way back', async () => {
  const order = await aMailedOrder()
  const form = typed({ confirmed: 'on', allowShortage: 'on', pull: 'on', status: 'delivered' })
  const page = await (await post(routes.orderPreview(order.number), form)).text()
  for (const [name, value] of Object.entries(form)) {
    expect(page).toContain(`<input type="hidden" name="${name}" value="${value}"/>`)
  }
  const back = await post(routes.orderUpdates(order.number), { ...form, do: 'edit' })
  expect(back.status).toBe(200)
  const html = await back.text()
  expect(html).not.toContain('There is a problem')
  expect(html).toContain('<option value="delivered" selected="">')
  expect(html).toContain('Glazed twice.\nHandle with care.</textarea>')
  expect(html).toContain('value="1Z5R89390357567127"')
  for (const name of ['confirmed', 'allowShortage', 'pull']) {
    expect(html).toMatch(new RegExp(`<input[^>]*checked=""[^>]*name="${name}"`))
  }
  expect(html).toMatch(/name="email" value="yes" checked=""/)
})

it('shows what a declined request says, and leads back to its own form', async () => {
  const order = await aMailedOrder()
  const waits = typed({ status: 'awaiting_approval', email: 'no' })
  expect((await post(routes.orderUpdates(order.number), waits)).status).toBe(303)
  const comment = 'The glaze is gone.'
  const form = { ...typed({ revision: '2', status: 'canceled', comment }), answer: 'decline' }
  const page = await (await post(routes.orderPreview(order.number), form)).text()
  const message = await words(await get(framesIn(page)[0]!))
  expect(message).toContain('We are sorry: we cannot take this order. This is why: The glaze is gone.')
  const back = await (await post(routes.orderUpdates(order.number), { ...form, do: 'edit' })).text()
  expect(back).toMatch(
    /<details[^>]* open[^>]*><summary>Decline the request[\s\S]*The glaze is gone\.<\/textarea>/,
  )
})

it('shows no message where none is asked for', async () => {
  const order = await aMailedOrder()
  const no = await post(routes.orderPreview(order.number), typed({ email: 'no' }))
  const page = await no.text()
  expect(page).toContain('No e-mail goes out')
  expect(page).toContain('Save update')
  expect(framesIn(page)).toEqual([])
  const undecided = await post(routes.orderPreview(order.number), typed({ email: '' }))
  expect(undecided.status).toBe(422)
  expect(await words(undecided)).toContain('Choose whether to send an e-mail update: Yes or No.')
})

const refused: [string, Record<string, string>, string, number][] = [
  ['what may not be', { status: 'awaiting_approval', invoiceLink: 'http://x' }, 'starts with https', 422],
  ['Delivered that is not confirmed', { status: 'delivered' }, 'Tick the box to confirm it', 422],
  ['an order that changed meanwhile', { revision: '7' }, 'What you typed is still in the form', 409],
]

it.each(refused)('refuses %s as saving would, and keeps what was typed', async (_, over, message, status) => {
  const order = await aMailedOrder()
  const response = await post(routes.orderPreview(order.number), typed(over))
  expect(response.status).toBe(status)
  const page = await response.text()
  expect(page).toContain(message)
  expect(page).toContain('Handle with care.')
})

it('fits a long comment in any script into the address of the frame', async () => {
  const order = await aMailedOrder()
  const sentence = 'Благодарим за заказ, глазурь сохнет ещё неделю. 釉薬はあと一週間で乾きます。'
  const comment = Array.from({ length: 60 }, (_, index) => `${index * 7919} ${sentence}`)
    .join(' ')
    .slice(0, 5000)
  const page = await (await post(routes.orderPreview(order.number), typed({ comment }))).text()
  const [frame] = framesIn(page)
  expect(frame!.length).toBeLessThan(12_500)
  expect(await (await get(frame!)).text()).toContain(comment.slice(0, 1000))
})

it('shows the text alone where what was typed is too long for an address', async () => {
  const order = await aMailedOrder()
  const comment = Array.from({ length: 5000 }, (_, index) =>
    String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
  ).join('')
  const page = await (await post(routes.orderPreview(order.number), typed({ comment }))).text()
  expect(framesIn(page)).toEqual([])
  expect(page).toContain('It is too long to be shown as it will look.')
  expect(page).toContain(comment)
})

it.each(['', 'rubbish!', 'AAAA', 'x'.repeat(3000)])(
  'finds no message at a made-up address: %s',
  async (made) => {
    const order = await aMailedOrder()
    const response = await get(routes.orderPreviewHtml(order.number, { audience: 'retailer', typed: made }))
    expect([404, 422]).toContain(response.status)
  },
)

it('shows the message with a policy of its own, and nothing hostile runs', async () => {
  const order = await aMailedOrder()
  const comment = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
  const page = await (await post(routes.orderPreview(order.number), typed({ comment }))).text()
  expect(page).not.toContain('<script>alert')
  const message = await get(framesIn(page)[0]!)
  expect(message.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
  expect(await message.text()).not.toContain('<script>alert')
})
