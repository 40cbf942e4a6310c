import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Bindings } from '../env.ts'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { testCtx } from '../testing/fixtures.ts'
import { aHeldQueue, aMailedOrder, asTidewater, consume, mailsOf } from '../testing/mail-fixtures.ts'
import { acceptedFor, anInbox } from '../testing/mail-inbox.ts'
import { sweepMails } from './sweep-mails.ts'

beforeAll(asTidewater)
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const MINUTE = 60_000
const MAX_TICKS = 20
const CALLERS = ['goes on', 'is cut off', 'is gone'] as const
/** What becomes of the call itself. One that was given up may arrive late: right away, or when others took over. */
const FATES = ['takes effect', 'never arrives', 'arrives late', 'arrives after the sweep'] as const

type Order = Awaited<ReturnType<typeof aMailedOrder>>
type Inbox = ReturnType<typeof anInbox>

const tally = { runs: 0, sent: 0, unknown: 0 }
afterAll(() => {
  console.log(`mail: ${tally.runs} crashes, ${tally.sent} messages sent, ${tally.unknown} unknown`)
})

/** The bindings and the provider, with every call to them a crash point. */
function mailCrashing(bindings: Bindings, inbox: Inbox, points: CrashPoints): Bindings {
  const provider = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const call = () => provider(input, init)
    const isProvider = String(input).startsWith(inbox.url) && ['HEAD', 'POST'].includes(init?.method ?? 'GET')
    return isProvider ? points.leave('provider', init!.method!, call) : call()
  })
  const files = new Proxy(bindings.FILES, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key, target)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) =>
        points.leave('files', String(key), () => Reflect.apply(member, target, args))
    },
  })
  return { ...crashing(bindings, points), FILES: files }
}

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
    // The desk gets the messages of every order: told apart by the order's thread.
    const ofOrder = received.filter(({ body }) => body.headers.References?.includes(orderId))
    const arrived = acceptedFor(recipient, ofOrder)
    if (status === 'sent') expect(arrived, `${recipient} of ${email}`).toBe(1)
    else {
      expect(status).toBe('unknown')
      expect(arrived, `${recipient} of ${email}`).toBeLessThanOrEqual(1)
    }
    tally[status as 'sent' | 'unknown']++
  }
}

function failures(calls: number) {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) =>
    FATES.flatMap((fate) => CALLERS.map((caller) => ({ call, fate, caller }))),
  )
}

function pointsFor({ call, fate, caller }: ReturnType<typeof failures>[number]) {
  return new CrashPoints({ call, caller, effect: fate === 'takes effect' ? 'at once' : 'too late' })
}

/** Has `work` fail at one call, then lets everybody else go on, and holds the promise against what arrived. */
async function expectTruthAfter(
  failure: ReturnType<typeof failures>[number],
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
  tally.runs++
}

/** Probe, claim, two messages kept, two handed over, outcomes written. */
const CALLS_OF_A_CONSUMER = 7

it('makes these calls in a consumer', async () => {
  const inbox = anInbox()
  const order = await aMailedOrder({ now: Date.now() })
  const points = new CrashPoints()
  await consume(order.mailIds, mailCrashing({ ...env, ...inbox.vars }, inbox, points))
  expect(points.calls.toSorted()).toEqual([
    ...['database.batch', 'database.batch', 'files.put', 'files.put'],
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

async function dieAt(name: string, fate: (typeof FATES)[number], mailId: string, inbox: Inbox) {
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
