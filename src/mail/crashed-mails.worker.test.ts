import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Bindings } from '../env.ts'
import { CrashPoints } from '../testing/crash-points.ts'
import { testCtx } from '../testing/fixtures.ts'
import { failures, type MailFailure, mailCrashing, pointsFor } from '../testing/mail-crashes.ts'
import { aHeldQueue, aMailedOrder, asTidewater, consume, mailsOf } from '../testing/mail-fixtures.ts'
import { aProvider } from '../testing/mail-hook.ts'
import { acceptedFor, anInbox, type Received } from '../testing/mail-inbox.ts'
import { sendAgain } from './send-again.ts'
import { sweepMails } from './sweep-mails.ts'

let teller: Awaited<ReturnType<typeof aProvider>>
beforeAll(async () => {
  await asTidewater()
  teller = await aProvider()
})
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const MINUTE = 60_000
const MAX_TICKS = 20

type Order = Awaited<ReturnType<typeof aMailedOrder>>
type Inbox = ReturnType<typeof anInbox>

const tally = { crashes: 0, messages: 0, unknown: 0, again: 0, lost: 0, doubled: 0 }
afterAll(() => {
  console.log(
    `mail: ${tally.crashes} crashes, ${tally.messages} messages, ${tally.unknown} of unknown fate: ${tally.unknown - tally.again} of ` +
      `them learned it, staff sent ${tally.again} again; ${tally.lost} lost, ${tally.doubled} doubled`,
  )
})

async function sweep(bindings: Bindings) {
  await sweepMails(testCtx({ env: bindings, now: Date.now() }).ctx)
}

/** Lets ticks and consumers work undisturbed until nothing waits. */
async function comeToRest(orders: Order[], bindings: Bindings, afterFirstSweep: () => Promise<void>) {
  for (let tick = 0; tick < MAX_TICKS; tick++) {
    const rows = (await Promise.all(orders.map(({ orderId }) => mailsOf(orderId)))).flat()
    if (tick > 0 && rows.every(({ status }) => status !== 'queued' && status !== 'sending')) return
    vi.setSystemTime(Date.now() + 11 * MINUTE)
    const { queue, take } = aHeldQueue()
    await sweep({ ...bindings, MAIL_QUEUE: queue })
    if (tick === 0) await afterFirstSweep()
    await consume(take(), bindings)
  }
  throw new Error('Something still waits.')
}

/** The promise of DOMAIN.md §7: nothing lost, and nothing twice without its state saying so first. */
async function expectTruth({ orderId, email, mailIds }: Order, inbox: Inbox) {
  const [rows, received] = await Promise.all([mailsOf(orderId), inbox.received()])
  expect(rows.map(({ id }) => id)).toEqual(mailIds)
  for (const { recipient, status } of rows) {
    const arrived = arrivedOf(orderId, recipient, received)
    if (status === 'sent') expect(arrived, `${recipient} of ${email}`).toBe(1)
    else {
      expect(status).toBe('unknown')
      expect(arrived, `${recipient} of ${email}`).toBeLessThanOrEqual(1)
    }
    tally.messages++
    if (status === 'unknown') tally.unknown++
  }
}

/** The desk gets the messages of every order: told apart by the order's thread. */
function arrivedOf(orderId: string, recipient: string, received: Received[]): number {
  return acceptedFor(
    recipient,
    received.filter(({ body }) => body.headers.References?.includes(orderId)),
  )
}

/** Lets the provider tell what arrived, and staff send again what is unknown still: then everything is there, once. */
async function expectEndsWell(orders: Order[], inbox: Inbox, bindings: Bindings) {
  const timestamp = Math.floor(Date.now() / 1000)
  const accepted = (await inbox.received()).filter(({ answer }) => answer.startsWith('accept'))
  const told = accepted.map(({ body }) => ({ event: 'delivered', timestamp, campaign_id: body.campaign_id }))
  if (told.length > 0) expect(await teller.tell(...told)).toBe(200)
  const { queue, take } = aHeldQueue()
  const before = (await Promise.all(orders.map(({ orderId }) => mailsOf(orderId)))).flat()
  for (const { id, status } of before) {
    if (status === 'delivered') continue
    const { ctx, settled } = testCtx({ env: { ...bindings, MAIL_QUEUE: queue }, now: Date.now() })
    expect(await sendAgain(ctx, { mailId: id })).toMatchObject({ ok: true })
    await settled()
    tally.again++
  }
  await consume(take(), bindings)
  const received = await inbox.received()
  for (const { orderId } of orders) {
    for (const { recipient } of before.filter((mail) => mail.order_id === orderId)) {
      const arrived = arrivedOf(orderId, recipient, received)
      if (arrived === 0) tally.lost++
      if (arrived > 1) tally.doubled++
      expect(arrived, recipient).toBe(1)
    }
  }
}

/** Has `work` fail at one call, then lets everybody else go on, and holds the promise against what arrived. */
async function expectTruthAfter(
  failure: MailFailure,
  { orders, inbox }: { orders: Order[]; inbox: Inbox },
  work: (bindings: Bindings) => Promise<unknown>,
) {
  const bindings = { ...env, ...inbox.vars }
  const points = pointsFor(failure)
  await work(mailCrashing(bindings, inbox, points)).catch(() => {})
  vi.restoreAllMocks()
  expect(points.fired).toBe(true)
  if (failure.fate === 'arrives late') await points.arriveLate()
  // The queue brings at least once what was not acknowledged.
  await consume(
    orders.flatMap(({ mailIds }) => mailIds),
    bindings,
  )
  await comeToRest(orders, bindings, async () => {
    if (failure.fate === 'arrives after the sweep') await points.arriveLate()
  })
  for (const order of orders) await expectTruth(order, inbox)
  tally.crashes++
  await expectEndsWell(orders, inbox, bindings)
}

/** Probe, claim, two messages kept together, two handed over, outcomes written. */
const CALLS_OF_A_CONSUMER = 6

it('makes these calls in a consumer', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder({ now: Date.now() })
  const points = new CrashPoints()
  await consume(order.mailIds, mailCrashing({ ...env, ...inbox.vars }, inbox, points))
  expect(points.calls.toSorted()).toEqual([
    ...['database.batch', 'database.batch', 'files.put'],
    ...['provider.HEAD', 'provider.POST', 'provider.POST'],
  ])
  expect(points.calls).toHaveLength(CALLS_OF_A_CONSUMER)
})

it.each(failures(CALLS_OF_A_CONSUMER))(
  'loses and doubles nothing when the answer to call $call of a consumer gets lost: it $fate, the consumer $caller',
  async (failure) => {
    const inbox = anInbox()
    const order = await aMailedOrder({ now: Date.now() })
    await expectTruthAfter(failure, { orders: [order], inbox }, (bindings) =>
      consume(order.mailIds, bindings),
    )
  },
)

/** Rows read, two attempts given up, one of them looked at, outcomes written, the waiting put on the queue. */
const CALLS_OF_A_SWEEP = 6

/** Messages for the sweep: one whose consumer died after handing it over, one before, and two that nobody took. */
async function abandonedMails(inbox: Inbox) {
  const [order, untaken] = [await aMailedOrder({ now: Date.now() }), await aMailedOrder({ now: Date.now() })]
  const [handedOver, claimed] = order.mailIds
  await dieAt('provider.POST', 'takes effect', handedOver!, inbox)
  await dieAt('files.put', 'never arrives', claimed!, inbox)
  expect(await inbox.received()).toHaveLength(1)
  vi.setSystemTime(Date.now() + 11 * MINUTE)
  return [order, untaken]
}

/** The calls of a consumer that has one message. */
const CALLS_FOR_ONE_MAIL = ['database.batch', 'provider.HEAD', 'files.put', 'provider.POST', 'database.batch']

async function dieAt(name: string, fate: MailFailure['fate'], mailId: string, inbox: Inbox) {
  const points = pointsFor({ call: CALLS_FOR_ONE_MAIL.indexOf(name) + 1, fate, caller: 'is gone' })
  await consume([mailId], mailCrashing({ ...env, ...inbox.vars }, inbox, points))
  vi.restoreAllMocks()
  expect(points.calls.at(-1)).toBe(name)
}

it('makes these calls in a sweep', async () => {
  const inbox = anInbox()
  await abandonedMails(inbox)
  const points = new CrashPoints()
  await sweep(mailCrashing({ ...env, ...inbox.vars }, inbox, points))
  expect(points.calls.toSorted()).toEqual([
    ...['database.batch', 'database.batch', 'files.head', 'files.put', 'files.put', 'queue.sendBatch'],
  ])
  expect(points.calls).toHaveLength(CALLS_OF_A_SWEEP)
})

it.each(failures(CALLS_OF_A_SWEEP))(
  'loses and doubles nothing when the answer to call $call of a sweep gets lost: it $fate, the sweep $caller',
  async (failure) => {
    const inbox = anInbox()
    const orders = await abandonedMails(inbox)
    await expectTruthAfter(failure, { orders, inbox }, sweep)
  },
)
