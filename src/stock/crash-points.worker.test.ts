import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Result } from '../result.ts'
import { CrashPoints, crashing, type Failure } from '../testing/crash-points.ts'
import { testCtx } from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { bringToRest, ringAlarms, ringOnce } from '../testing/objects.ts'
import { aLife, type Change, type Life, type LifeName } from '../testing/order-life.ts'

/** Lives at the same time: they touch nothing of each other. */
const SIDE_BY_SIDE = 4
const MINUTES = 60_000

/** Who comes first after a failure: the alarms, or the client, who asks again and goes on to the next change. */
const FIRSTS = ['alarm', 'client'] as const
type First = (typeof FIRSTS)[number]
type Manner = Omit<Failure, 'call'>

const EFFECTS = ['at once', 'too late'] as const
const MANNERS: Manner[] = EFFECTS.flatMap((effect) =>
  (['goes on', 'is cut off', 'is gone'] as const).map((caller) => ({ effect, caller })),
)

let tried = 0

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await env.DB.prepare('UPDATE settings SET notification_emails = ?')
    .bind(JSON.stringify(['ana@maker.example']))
    .run()
})
afterAll(() => console.log(`crash points tried: ${tried}`))

describe.each(['a wholesale order', 'a consignment order'] as const)('%s survives', (name) => {
  const healthy = Promise.withResolvers<string[][]>()
  beforeAll(() => callsOf(name).then(healthy.resolve, healthy.reject), MINUTES)

  it.each(MANNERS)(
    'each call from the Worker that arrives $effect while the caller $caller',
    async (manner) => {
      const calls = await healthy.promise
      const most = longest(calls)
      const firsts = manner.caller === 'is cut off' ? FIRSTS.slice(0, 1) : FIRSTS
      const lives = firsts.flatMap((first) => upTo(most).map((turn) => ({ first, turn })))
      await sideBySide(lives, async ({ first, turn }) => {
        const life = await aLife(name)
        const done: { change: Change; points: CrashPoints }[] = []
        for (const [step, make] of life.changes.entries()) {
          const change = make()
          // One call earlier at each step: a settling that arrives late meets a change that was not decided.
          const call = ((turn + step * (most - 1)) % most) + 1
          const points = new CrashPoints(call <= calls[step]!.length ? { ...manner, call } : null)
          await tryChange(life, change, points, first, done.at(-1)?.points)
          done.push({ change, points })
        }
        await done.at(-1)?.points.arriveLate()
        await bringToRest(life.products)
        expect(await brokenInvariants(life.products)).toEqual([])
        for (const { change } of done) expect(await timesDone(change), change.name).toBe(times(change))
      })
    },
    5 * MINUTES,
  )
})

describe('an order in short survives', () => {
  const healthy = Promise.withResolvers<{ calls: string[][]; fromObjects: Record<string, string[][]> }>()
  const name = 'an order in short'
  beforeAll(async () => {
    const calls = await callsOf(name)
    const fromObjects: Record<string, string[][]> = {}
    for (const decision of EFFECTS) {
      const life = await aLife(name)
      fromObjects[decision] = []
      for (const [step, change] of life.changes.entries()) {
        const points = new CrashPoints()
        await tryObjects(life, change(), { call: decisionOf(calls[step]!), effect: decision }, points)
        fromObjects[decision].push(points.calls)
      }
    }
    healthy.resolve({ calls, fromObjects })
  }, MINUTES)

  const manners = MANNERS.filter(({ caller }) => caller !== 'is cut off')
  it.each(manners)(
    'each call from an object that arrives $effect while the object $caller',
    async (manner) => {
      const { calls, fromObjects } = await healthy.promise
      const lives = EFFECTS.flatMap((decision) =>
        upTo(longest(fromObjects[decision]!)).map((call) => ({ decision, call })),
      )
      await sideBySide(lives, async ({ decision, call }) => {
        const life = await aLife(name)
        for (const [step, change] of life.changes.entries()) {
          const isThere = call <= fromObjects[decision]![step]!.length
          const points = new CrashPoints(isThere ? { ...manner, call } : null)
          await tryObjects(life, change(), { call: decisionOf(calls[step]!), effect: decision }, points)
        }
      })
    },
    5 * MINUTES,
  )
})

/** One point: the Worker dies at its deciding batch, and an alarm that clears up after it fails in turn. */
async function tryObjects(
  life: Life,
  change: Change,
  death: Omit<Failure, 'caller'>,
  points: CrashPoints,
): Promise<void> {
  const { failure } = points
  const faults: string[] = []
  await bringToRest(life.products)
  const { ctx, settled } = testCtx({ env: crashing(env, new CrashPoints({ ...death, caller: 'is gone' })) })
  await change.ask(ctx).catch(() => {})
  await settled()
  await ringOnce(life.products, points)
  if (failure) tried++
  if (failure && !points.fired) faults.push('the failure never happened')
  await bringToRest(life.products)
  faults.push(...(await brokenInvariants(life.products)))
  await points.arriveLate()
  await askAgain(change, faults)
  await bringToRest(life.products)
  faults.push(...(await brokenInvariants(life.products)))
  expect(faults, `${change.name}, decided ${death.effect}, call ${failure?.call} of ${points.calls}`).toEqual(
    [],
  )
}

/** Which calls each change of a life makes when nothing fails. */
async function callsOf(name: LifeName): Promise<string[][]> {
  const life = await aLife(name)
  const calls: string[][] = []
  for (const change of life.changes) {
    calls.push((await tryChange(life, change(), new CrashPoints(), 'alarm')).calls)
  }
  return calls
}

/** The number of the call that decides. */
const decisionOf = (made: string[]) => made.lastIndexOf('database.batch') + 1

/** One point: the change, with a failure or none, then what arrives late of the one before it, then recovery. */
async function tryChange(
  life: Life,
  change: Change,
  points: CrashPoints,
  first: First,
  before?: CrashPoints,
): Promise<CrashPoints> {
  const { failure } = points
  const faults: string[] = []
  const { ctx, settled } = testCtx({ env: crashing(env, points) })
  const answer = await change.ask(ctx).catch((error: Error) => error)
  if (failure?.caller !== 'is gone') faults.push(...lies(answer, change, await timesDone(change), failure))
  await settled()
  await before?.arriveLate()
  if (failure) {
    tried++
    if (!points.fired) faults.push('the failure never happened')
    if (first === 'alarm') {
      await ringAlarms(life.products)
      faults.push(...(await brokenInvariants(life.products)))
    }
    await askAgain(change, faults)
  }
  expect(faults, `${change.name}, call ${failure?.call} of ${points.calls}, ${first} first`).toEqual([])
  return points
}

async function askAgain(change: Change, faults: string[]) {
  const { ctx, settled } = testCtx()
  const answer = await change.ask(ctx)
  await settled()
  faults.push(...lies(answer, change, await timesDone(change), null).map((lie) => `asked again: ${lie}`))
}

/** What was untrue about an answer when it was given. After a failure `unavailable` is true: it claims nothing. */
function lies(
  answer: Result<unknown> | Error,
  change: Change,
  done: number,
  failure: Failure | null,
): string[] {
  if (answer instanceof Error) return [`threw ${answer.message}`]
  const outcome = answer.ok ? 'accepted' : answer.failure.reason
  if (failure && outcome === 'unavailable') return []
  if (outcome !== change.outcome) return [`answered ${JSON.stringify(answer)}`]
  return done === times(change) ? [] : [`said ${outcome}, was done ${done} times`]
}

/** How often a change is to be done in the end, however often it is asked for. */
const times = ({ outcome }: Change) => (outcome === 'accepted' ? 1 : 0)

async function timesDone({ id }: Change) {
  const times = await env.DB.prepare('SELECT COUNT(*) AS times FROM order_events WHERE change_id = ?')
    .bind(id)
    .first<number>('times')
  return times ?? 0
}

async function sideBySide<T>(tasks: T[], work: (task: T) => Promise<void>) {
  const queue = tasks.values()
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (const task of queue) await work(task)
    }),
  )
}

const longest = (calls: string[][]) => Math.max(...calls.map(({ length }) => length))
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
