import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Ctx } from '../context.ts'
import type { Bindings } from '../env.ts'
import type { Result } from '../result.ts'
import { CrashPoints } from '../testing/crash-points.ts'
import { aRetailer, newId, testCtx } from '../testing/fixtures.ts'
import { failures, type MailFailure, mailCrashing, pointsFor } from '../testing/mail-crashes.ts'
import { aHeldQueue, aMailedOrder, asTidewater, consume, mailsOf } from '../testing/mail-fixtures.ts'
import { aProvider } from '../testing/mail-hook.ts'
import { acceptedFor } from '../testing/mail-inbox.ts'
import { sendAgain } from './send-again.ts'
import { sendPortalLink } from './send-portal-link.ts'
import { sweepMails } from './sweep-mails.ts'

// What staff ask for and what the provider tells, with every call on the way failing in every way; then the same is
// asked or told again, as people and providers do.

let provider: Awaited<ReturnType<typeof aProvider>>
beforeAll(async () => {
  await asTidewater()
  provider = await aProvider({ APP_URL: 'https://desk.tidewater.example' })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const tally = { crashes: 0, messages: 0 }
afterAll(() => {
  console.log(
    `mail: ${tally.crashes} crashes while asking and telling, ${tally.messages} messages, each once`,
  )
})

const GRACE_MS = 31_000

/** Has staff ask for something while one call fails, and ask again until they hear that it is done. */
async function askThrough<T>(
  failure: MailFailure | null,
  ask: (ctx: Ctx) => Promise<Result<T>>,
): Promise<CrashPoints> {
  const points = failure ? pointsFor(failure) : new CrashPoints()
  const { queue, take } = aHeldQueue()
  const bindings: Bindings = { ...provider.bindings, MAIL_QUEUE: queue }
  const first = testCtx({ env: mailCrashing(bindings, provider.inbox, points) })
  const answer = await ask(first.ctx).catch(() => null)
  await first.settled().catch(() => {})
  vi.restoreAllMocks()
  if (failure?.fate === 'arrives late') await points.arriveLate()
  if (!answer?.ok) {
    const second = testCtx({ env: bindings })
    expect(await ask(second.ctx)).toMatchObject({ ok: true })
    await second.settled()
  }
  if (failure?.fate === 'arrives after the sweep') await points.arriveLate()
  // Whatever the queue lost, the sweep finds.
  await sweepMails(testCtx({ env: bindings, now: Date.now() + GRACE_MS }).ctx)
  const queued = take()
  await consume(queued, bindings)
  await consume(queued, bindings)
  return points
}

async function aRefusedMail() {
  const order = await aMailedOrder()
  await provider.inbox.answers(order.email, 'refuse')
  await consume(order.mailIds, provider.bindings)
  return { ...order, mailId: order.mailIds[0]! }
}

it('makes these calls', async () => {
  const { mailId } = await aRefusedMail()
  const again = await askThrough(null, (ctx) => sendAgain(ctx, { mailId }))
  expect(again.calls).toEqual(['database.batch', 'queue.sendBatch'])
  const input = { id: newId(), retailerId: await aRetailer() }
  const link = await askThrough(null, (ctx) => sendPortalLink(ctx, input))
  expect(link.calls).toEqual(['database.batch', 'database.batch', 'queue.sendBatch'])
})

it.each(failures(2))(
  'sends again once when call $call of sending again fails: it $fate, the Worker $caller',
  async (failure) => {
    const { mailId, orderId, email } = await aRefusedMail()
    const points = await askThrough(failure, (ctx) => sendAgain(ctx, { mailId, recipient: `new-${email}` }))
    expect(points.fired).toBe(true)
    const again = (await mailsOf(orderId)).filter(({ again_of }) => again_of !== null)
    expect(again).toMatchObject([{ again_of: mailId, status: 'sent', recipient: `new-${email}` }])
    expect(acceptedFor(`new-${email}`, await provider.inbox.received())).toBe(1)
    Object.assign(tally, { crashes: tally.crashes + 1, messages: tally.messages + 1 })
  },
)

it.each(failures(3))(
  'mails a portal link once when call $call of asking for it fails: it $fate, the Worker $caller',
  async (failure) => {
    const email = `${newId()}@shop.example`
    const input = { id: newId(), retailerId: await aRetailer({ email }) }
    const points = await askThrough(failure, (ctx) => sendPortalLink(ctx, input))
    expect(points.fired).toBe(true)
    expect(acceptedFor(email, await provider.inbox.received())).toBe(1)
    Object.assign(tally, { crashes: tally.crashes + 1, messages: tally.messages + 1 })
  },
)

it.each(failures(1))(
  'takes what it is told once when the answer of the database gets lost: it $fate, the Worker $caller',
  async (failure) => {
    const order = await aMailedOrder()
    await consume(order.mailIds, provider.bindings)
    const timestamp = Math.floor(Date.now() / 1000)
    const [mailId, deskMailId] = order.mailIds
    const call = await provider.sign([
      { event: 'delivered', timestamp, campaign_id: mailId, smtp_id: newId() },
      { event: 'hard-bounced', timestamp, campaign_id: deskMailId, smtp_id: newId() },
    ])
    const points = pointsFor(failure)
    const answer = await provider.call(call, mailCrashing(provider.bindings, provider.inbox, points))
    vi.restoreAllMocks()
    expect(points.fired).toBe(true)
    expect(answer.status).toBe(503)
    if (failure.fate === 'arrives late') await points.arriveLate()
    const hasArrived = failure.fate === 'takes effect' || failure.fate === 'arrives late'
    expect((await provider.call(call)).status).toBe(hasArrived ? 409 : 200)
    if (failure.fate === 'arrives after the sweep') await points.arriveLate()
    expect((await mailsOf(order.orderId)).map(({ status }) => status)).toEqual(['delivered', 'bounced'])
    const events = await env.DB.prepare('SELECT event FROM mail_events WHERE mail_id IN (?, ?)')
      .bind(mailId, deskMailId)
      .all()
    expect(events.results).toHaveLength(2)
    tally.crashes++
  },
)
