import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { testCtx } from '../testing/fixtures.ts'
import { aHeldQueue, aMailedOrder, asTidewater, consume, mailsOf } from '../testing/mail-fixtures.ts'
import { acceptedFor, anInbox } from '../testing/mail-inbox.ts'
import { RETRY_DELAYS_MS } from './outcome.ts'
import { sendAgain } from './send-again.ts'
import { sweepMails } from './sweep-mails.ts'

beforeAll(asTidewater)
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE = 60_000
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1'

/** Lets `ms` go by, then one minute tick and the queue that it filled. */
async function afterwards(ms: number, bindings: typeof env) {
  vi.setSystemTime(Date.now() + ms)
  const { queue, take } = aHeldQueue()
  const swept = await sweepMails(testCtx({ env: { ...bindings, MAIL_QUEUE: queue }, now: Date.now() }).ctx)
  const enqueued = take()
  if (enqueued.length > 0) await consume(enqueued, bindings)
  return { ...swept, enqueued }
}

it('finds a message that the queue lost, but leaves the queue its time', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const inbox = anInbox()
  const bindings = { ...env, ...inbox.vars }
  const order = await aMailedOrder({ now: Date.now() })
  expect((await afterwards(20_000, bindings)).enqueued).toEqual([])
  expect((await afterwards(11_000, bindings)).enqueued).toEqual(order.mailIds)
  expect((await mailsOf(order.orderId)).map(({ status }) => status)).toEqual(['sent', 'sent'])
  expect((await afterwards(60 * MINUTE, bindings)).enqueued).toEqual([])
})

it('sends everything once when a provider that could not be reached for hours is back', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const inbox = anInbox()
  const up = { ...env, ...inbox.vars }
  const down = { ...up, MAILCHANNELS_URL: NOWHERE }
  const order = await aMailedOrder({ now: Date.now() })
  await consume(order.mailIds, down)
  for (const delay of RETRY_DELAYS_MS.slice(0, 5)) {
    expect((await mailsOf(order.orderId)).map(({ status, reason }) => [status, reason])).toEqual([
      ['queued', 'The mail provider could not be reached.'],
      ['queued', 'The mail provider could not be reached.'],
    ])
    expect((await afterwards(delay - MINUTE / 2, down)).enqueued).toEqual([])
    expect((await afterwards(MINUTE, down)).enqueued).toHaveLength(2)
  }
  await afterwards(RETRY_DELAYS_MS[5]! + MINUTE, up)
  expect((await mailsOf(order.orderId)).map(({ status, attempts }) => [status, attempts])).toEqual([
    ['sent', 7],
    ['sent', 7],
  ])
  expect(await inbox.received()).toHaveLength(2)
})

it.each([
  { what: 'answers nothing but errors', reason: 'The mail provider answered 500: Something broke.' },
  { what: 'cannot be reached', reason: 'The mail provider could not be reached.', url: NOWHERE },
])('parks a message where staff can send it again when the provider $what for two days', async (fault) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const inbox = anInbox()
  const bindings = { ...env, ...inbox.vars }
  const broken = { ...bindings, MAILCHANNELS_URL: fault.url ?? inbox.url }
  const order = await aMailedOrder({ now: Date.now() })
  if (!fault.url) await inbox.answers(order.email, ...RETRY_DELAYS_MS.map(() => 'fail' as const), 'fail')
  await consume(order.mailIds, broken)
  for (const delay of RETRY_DELAYS_MS) await afterwards(delay + MINUTE, broken)
  const [parked] = await mailsOf(order.orderId)
  expect(parked).toMatchObject({
    status: 'failed',
    attempts: RETRY_DELAYS_MS.length + 1,
    reason: fault.reason,
  })
  expect((await afterwards(7 * 24 * 60 * MINUTE, bindings)).enqueued).toEqual([])

  const { queue, take } = aHeldQueue()
  const { ctx, settled } = testCtx({ env: { ...bindings, MAIL_QUEUE: queue } })
  expect(await sendAgain(ctx, { mailId: parked!.id })).toMatchObject({ ok: true })
  await settled()
  await consume(take(), bindings)
  expect(acceptedFor(order.email, await inbox.received())).toBe(1)
})

it('takes one round trip when nothing is overdue, and two to settle what broke off', async () => {
  const { orderId, mailIds } = await aMailedOrder()
  const calm = testCtx()
  await sweepMails(calm.ctx)
  expect(calm.ctx.db.meter.roundTrips).toBe(1)
  await env.DB.prepare("UPDATE mails SET status = 'sending', attempts = 1, due_at = 0 WHERE order_id = ?")
    .bind(orderId)
    .run()
  const busy = testCtx()
  expect(await sweepMails(busy.ctx)).toEqual({ enqueued: 0, settled: mailIds.length })
  expect(busy.ctx.db.meter.roundTrips).toBe(2)
})
