import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { newId, testCtx } from '../testing/fixtures.ts'
import {
  aHeldQueue,
  aMailedOrder,
  asTidewater,
  attemptOf,
  consume,
  consumeMessages,
  DESK,
  mailsOf,
  type StoredMail,
} from '../testing/mail-fixtures.ts'
import { type Answer, acceptedFor, anInbox, recipientOf } from '../testing/mail-inbox.ts'
import { deliverMails } from './deliver-mails.ts'
import { readKeptMessage } from './kept-message.ts'
import { mailChannels } from './mailchannels.ts'
import { sendAgain } from './send-again.ts'
import { sweepMails } from './sweep-mails.ts'

beforeAll(asTidewater)
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE = 60_000

it('sends each recipient a message of their own, in the order’s thread', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  const result = await consume(order.mailIds, { ...env, ...inbox.vars })
  expect(result).toMatchObject({ ackAll: true, retryBatch: { retry: false } })

  const mails = await mailsOf(order.orderId)
  expect(mails.map(({ recipient }) => recipient)).toEqual([order.email, DESK])
  for (const mail of mails) {
    expect(mail).toMatchObject({ status: 'sent', attempts: 1, reason: null, sent_at: expect.any(Number) })
    expect(mail.provider_id).toMatch(/@provider\.example>$/)
  }
  const received = await inbox.received()
  expect(received.map(({ body }) => recipientOf(body)).sort()).toEqual([order.email, DESK].sort())
  for (const { body, headers } of received) {
    expect(headers['x-api-key']).toBe('key')
    expect(body).toMatchObject({
      subject: `Order #${order.number} · Tidewater Clay`,
      from: { email: 'orders@tidewater.example', name: 'Tidewater Clay' },
      reply_to: { email: 'hello@tidewater.example' },
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    })
    expect(body.headers).toEqual({
      References: `<order-${order.orderId}@counterfoil.invalid>`,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    })
    expect(body.personalizations).toEqual([{ to: [{ email: recipientOf(body) }] }])
    expect(body.content.map(({ type }) => type)).toEqual(['text/plain', 'text/html'])
    for (const { value } of body.content) expect(value).toContain('PO 7')
  }
})

it('keeps exactly what was sent', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  await consume(order.mailIds, { ...env, ...inbox.vars })
  for (const { body } of await inbox.received()) {
    const mail = (await mailsOf(order.orderId)).find(({ recipient }) => recipient === recipientOf(body))
    const [text, html] = body.content
    expect(await readKeptMessage({ env }, attemptOf(mail!))).toEqual({
      ...{ from: body.from, to: recipientOf(body), replyTo: body.reply_to!.email, subject: body.subject },
      ...{ headers: body.headers, text: text!.value, html: html!.value },
    })
  }
})

it('captures every message where no provider is configured', async () => {
  const order = await aMailedOrder()
  await consume(order.mailIds, env)
  const mails = await mailsOf(order.orderId)
  expect(mails.map(({ status, sent_at }) => [status, sent_at])).toEqual([
    ['captured', null],
    ['captured', null],
  ])
  expect((await readKeptMessage({ env }, attemptOf(mails[0]!)))?.text).toContain('Thank you for your order.')
})

const faults: [answer: Answer, status: string, reason: RegExp][] = [
  ['refuse', 'failed', /^The mail provider answered 400: Bad Request\. The sender is not verified\.$/],
  ['refuse the recipient', 'failed', /^The address does not exist\.$/],
  ['fail', 'queued', /^The mail provider answered 500: Something broke\.$/],
  ['fail and garble', 'queued', /^The mail provider answered 503\.$/],
  ['limit', 'queued', /^The mail provider answered 429: Slow down\.$/],
  ['reset', 'unknown', /did not answer, or the connection was lost/],
  ['accept and drop', 'unknown', /did not answer, or the connection was lost/],
  ['accept and break off', 'unknown', /did not answer, or the connection was lost/],
  ['accept and talk rubbish', 'unknown', /could not be read/],
  ['accept and garble', 'unknown', /could not be read/],
  ['accept and say nothing', 'unknown', /could not be read/],
  ['accept and time out', 'unknown', /^The mail provider answered 504\.$/],
]

const tally = { faults: 0, lost: 0, doubled: 0, doubledByChoice: 0 }
afterAll(() => {
  console.log(
    `mail: ${tally.faults} faults of the provider; ${tally.lost} messages lost, ${tally.doubled} doubled, ` +
      `${tally.doubledByChoice} arrived twice after their state said unknown and staff chose to send again`,
  )
})

/** Lets time pass over a message that waits, has staff send again any other, and looks at what arrived. */
async function expectEndsWell({ id, status, recipient }: StoredMail, inbox: ReturnType<typeof anInbox>) {
  const { queue, take } = aHeldQueue()
  const { ctx, settled } = testCtx({ env: { ...env, ...inbox.vars, MAIL_QUEUE: queue } })
  await env.DB.prepare('UPDATE mails SET due_at = 0 WHERE id = ?').bind(id).run()
  const again = await sendAgain(ctx, { mailId: id })
  expect(again.ok).toBe(status !== 'queued')
  await settled()
  await consume([id, ...take()], ctx.env)
  const arrived = acceptedFor(recipient, await inbox.received())
  tally.faults++
  if (arrived === 0) tally.lost++
  if (arrived > 1) tally[status === 'unknown' ? 'doubledByChoice' : 'doubled']++
  expect(arrived).toBeGreaterThan(0)
  expect(arrived).toBeLessThanOrEqual(status === 'unknown' ? 2 : 1)
}

it.each(faults)(
  'says what became of one message when the provider answers “%s”, and sends the other',
  async (answer, status, reason) => {
    const inbox = anInbox()
    const order = await aMailedOrder()
    await inbox.answers(order.email, answer)
    await consume(order.mailIds, { ...env, ...inbox.vars })
    const [retailer, desk] = await mailsOf(order.orderId)
    expect(retailer).toMatchObject({ status, attempts: 1, sent_at: null })
    expect(retailer!.reason).toMatch(reason)
    expect(desk).toMatchObject({ status: 'sent' })
    // Nothing but time brings a waiting one back, and nothing at all one of unknown fate.
    await consume(order.mailIds, { ...env, ...inbox.vars })
    expect(await inbox.received()).toHaveLength(2)
    await expectEndsWell(retailer!, inbox)
  },
)

it('leaves a message as unknown when the provider takes too long', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  await inbox.answers(order.email, 'accept and hang')
  const { MAILCHANNELS_API_KEY: key, MAIL_FROM: from, MAILCHANNELS_URL: url } = inbox.vars
  const port = mailChannels({ key, from, url, timeoutSeconds: 0.2 })
  await deliverMails(testCtx().ctx, order.mailIds, port)
  const [retailer, desk] = await mailsOf(order.orderId)
  expect([retailer!.status, desk!.status]).toEqual(['unknown', 'sent'])
  expect(acceptedFor(order.email, await inbox.received())).toBe(1)
})

it('refuses at once an address that the provider’s client does not take', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder({ email: 'not-an-address' })
  await consume(order.mailIds, { ...env, ...inbox.vars })
  const [retailer, desk] = await mailsOf(order.orderId)
  expect(retailer).toMatchObject({ status: 'failed', reason: expect.stringContaining('No recipients') })
  expect(desk!.status).toBe('sent')
  expect(await inbox.received()).toHaveLength(1)
})

it('waits as long as a provider that limits the rate asks for', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  await inbox.answers(order.email, 'limit')
  const { ctx } = testCtx({ env: { ...env, ...inbox.vars } })
  await deliverMails(ctx, order.mailIds)
  expect((await mailsOf(order.orderId))[0]).toMatchObject({ status: 'queued', due_at: ctx.now + 60 * MINUTE })
})

it('sends a message once when two consumers have it at the same time', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  let arrived = 0
  let open = () => {}
  const bothThere = new Promise<void>((resolve) => {
    open = resolve
  })
  const port = mailChannels({ key: 'key', from: inbox.vars.MAIL_FROM, url: inbox.url })
  const gated: typeof port = {
    ...port,
    // Asked for beside the claim: both consumers have claimed before either sends.
    unreachable: async () => {
      if (++arrived === 2) open()
      await bothThere
      return null
    },
  }
  await Promise.all([1, 2].map(() => deliverMails(testCtx().ctx, order.mailIds, gated)))
  expect(arrived).toBe(2)
  expect(await inbox.received()).toHaveLength(2)
  expect((await mailsOf(order.orderId)).map(({ status, attempts }) => [status, attempts])).toEqual([
    ['sent', 1],
    ['sent', 1],
  ])
})

it('sends the others when one message cannot be written', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  const [brokenId, revision] = [newId(), 99]
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO order_events (order_id, revision, change_id, at, actor, kind, changes, comment, emailed, statement)
       VALUES (?, ?, ?, 0, '{}', 'updated', '{}', '', 1, '{}')`,
    ).bind(order.orderId, revision, newId()),
    env.DB.prepare(
      `INSERT INTO mails (id, order_id, revision, recipient, audience, status, status_at, due_at, queued_at)
       VALUES (?, ?, ?, ?, 'retailer', 'queued', 0, 0, 0)`,
    ).bind(brokenId, order.orderId, revision, order.email),
  ])
  await consume([brokenId, ...order.mailIds], { ...env, ...inbox.vars })
  const byId = new Map((await mailsOf(order.orderId)).map((mail): [string, StoredMail] => [mail.id, mail]))
  expect(byId.get(brokenId)).toMatchObject({
    status: 'queued',
    reason: 'The message could not be written or kept.',
  })
  expect(order.mailIds.map((id) => byId.get(id)!.status)).toEqual(['sent', 'sent'])
})

it('acknowledges what is no message, and delivers the rest of the batch', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  const bodies = [
    null,
    'mail',
    { mailId: 7 },
    { mailId: 'unknown' },
    ...order.mailIds.map((mailId) => ({ mailId })),
  ]
  const result = await consumeMessages(bodies, { ...env, ...inbox.vars })
  expect(result).toMatchObject({ ackAll: true, retryBatch: { retry: false } })
  expect((await mailsOf(order.orderId)).map(({ status }) => status)).toEqual(['sent', 'sent'])
})

it('has the queue bring the batch again when the database does not answer', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder()
  const points = new CrashPoints({ call: 1, effect: 'too late', caller: 'is cut off' })
  const result = await consume(order.mailIds, crashing({ ...env, ...inbox.vars }, points))
  expect(points.fired).toBe(true)
  expect(result).toMatchObject({ ackAll: false, retryBatch: { retry: true } })
  await consume(order.mailIds, { ...env, ...inbox.vars })
  expect((await mailsOf(order.orderId)).map(({ status }) => status)).toEqual(['sent', 'sent'])
})

it('delivers a batch of 50 in two round trips, and reads no other messages for it', async () => {
  const inbox = anInbox()
  const orders = await Promise.all(Array.from({ length: 25 }, () => aMailedOrder()))
  await env.DB.prepare(
    `INSERT INTO mails (id, order_id, revision, recipient, audience, status, status_at, due_at, queued_at)
     SELECT 'other-' || value, ?, 1, 'other-' || value, 'business', iif(value % 2, 'unknown', 'queued'), 0, 9e15, 0
     FROM json_each(?)`,
  )
    .bind(orders[0]!.orderId, JSON.stringify(Array.from({ length: 2000 }, (_, index) => index)))
    .run()
  const { ctx } = testCtx({ env: { ...env, ...inbox.vars } })
  await deliverMails(
    ctx,
    orders.flatMap(({ mailIds }) => mailIds),
  )
  expect(await inbox.received()).toHaveLength(50)
  expect(ctx.db.meter.roundTrips).toBe(2)
  expect(ctx.db.meter.rowsRead).toBeLessThan(50 * 30)
  const swept = testCtx()
  await sweepMails(swept.ctx)
  expect(swept.ctx.db.meter.rowsRead).toBeLessThan(50)
})
