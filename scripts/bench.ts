import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bindings } from './bench/bindings.ts'
import { openBusiness } from './bench/business.ts'
import { changes, type Numbers, pages, type UseCase } from './bench/cases.ts'
import { copyOriginals } from './bench/copies.ts'
import { ORIGINALS, placeOriginals } from './bench/history.ts'
import { type Lists, listsTable, listsVerdict, measureLists } from './bench/lists.ts'
import { type Call, measure, measureAgainst } from './bench/load.ts'
import { type Result, table } from './bench/table.ts'
import { type Measured, verdicts } from './bench/verdicts.ts'
import { type Local, startLocal } from './local.ts'

// `--quick` tries the benchmark out; `--orders 1000000` measures at that size alone, beside the originals.
const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, orders: { type: 'string' } },
})
const isQuick = options.quick
const SIZES = isQuick ? [5_000] : options.orders ? [Number(options.orders)] : [100_000, 1_000_000]
const ONE = { clients: 1, warmUpSeconds: isQuick ? 0.1 : 0.3, seconds: isQuick ? 0.3 : 1 }
const MANY = { clients: 32, warmUpSeconds: isQuick ? 0.2 : 0.5, seconds: isQuick ? 0.6 : 4.5 }
/** Of each case and the floor in turn: other work on the machine meets both. */
const ROUNDS = isQuick ? 3 : 9
/**
 * Orders are placed for longer: a burst of half a second would meet the first projection of every product, and little
 * of the mail that follows; what lasts pays for all of it as it goes along.
 */
const LASTING = { clients: 32, warmUpSeconds: isQuick ? 0.5 : 4, seconds: isQuick ? 3 : 25 }
const LASTING_ROUNDS = isQuick ? 3 : 5
/** How long e-mails may take to be sent before the next case is measured with some of them still waiting. */
const DRAIN_SECONDS = 30

const FLOOR = join(import.meta.dirname, 'bench', 'floor')

const began = performance.now()
const stateDir = await mkdtemp(join(tmpdir(), 'counterfoil-bench-'))
const locals: Local[] = []
try {
  process.exitCode = (await bench()) ? 0 : 1
} finally {
  for (const local of locals) await local.dispose()
  await rm(stateDir, { recursive: true, force: true })
}

/** Prints all figures and what they show. False where a count is wrong. */
async function bench(): Promise<boolean> {
  const floor = await start('floor', FLOOR)
  const product = await start('product')
  const bindings = await product.worker.bindings<Bindings>()
  const business = await openBusiness(bindings)
  say(`Placing ${ORIGINALS.toLocaleString('en')} orders through the Worker.`)
  await placeOriginals(product.url, business)
  const oldest = await oldestOrder(bindings)
  const lists: Lists[] = []
  const measured = [await measureAt(ORIGINALS, { oldest, latest: oldest })]
  let copies = 0
  for (const orders of SIZES) {
    say(`Copying them up to ${orders.toLocaleString('en')}.`)
    const upTo = orders / ORIGINALS - 1
    const latest = await copyOriginals(bindings, oldest, { after: copies, upTo })
    copies = upTo
    measured.push(await measureAt(orders, { oldest, latest }))
  }

  const points = [...verdicts(measured), ...lists.map(listsVerdict)]
  for (const { isCount, holds, words } of points) {
    console.log(`${holds ? 'holds ' : isCount ? 'WRONG ' : 'missed'}  ${words}`)
  }
  say('Done.')
  return points.every(({ isCount, holds }) => holds || !isCount)

  async function measureAt(orders: number, numbers: Numbers): Promise<Measured> {
    await drain(bindings)
    const empty = await measureFloor(floor, 'floor: empty route', () => ({ path: '/empty', expect: 200 }))
    const query = await measureFloor(floor, 'floor: one query', oneQuery)
    const results: Measured['results'] = []
    for (const useCase of [...pages(business, numbers), ...changes(business)]) {
      const rest = () => (useCase.kind === 'page' ? Promise.resolve() : drain(bindings))
      results.push({ ...(await measureCase(product, floor, useCase, rest)), useCase })
    }
    console.log(`\n${orders.toLocaleString('en')} orders\n\n${table([empty, query, ...results])}\n`)
    say('Asking for every list.')
    const every = await measureLists(product.url, business, orders)
    lists.push(every)
    console.log(`\n${listsTable(every)}\n`)
    return { orders, floors: [empty, query], results }
  }
}

async function start(name: string, build?: string): Promise<Local> {
  const vars = { LOCAL_OWNER: 'true', MEASURE: 'true' }
  const local = await startLocal({ stateDir: join(stateDir, name), port: 0, vars, build })
  locals.push(local)
  return local
}

async function measureFloor({ url: origin }: Local, name: string, next: () => Call): Promise<Result> {
  const one = await measure({ origin, next }, ONE)
  return { name, one, many: await measure({ origin, next }, MANY) }
}

async function measureCase(product: Local, floor: Local, useCase: UseCase, rest: () => Promise<void>) {
  const { name, kind, next } = useCase
  const [effort, rounds] = kind === 'order' ? [LASTING, LASTING_ROUNDS] : [MANY, ROUNDS]
  const target = { origin: product.url, next }
  const one = await measure(target, ONE)
  const below = { origin: floor.url, next: oneQuery }
  const { load, floors } = await measureAgainst(target, below, effort, { rounds, rest })
  return { name, one, many: load, floors }
}

function oneQuery(): Call {
  return { path: '/query', expect: 200 }
}

async function oldestOrder({ DB }: Bindings): Promise<number> {
  const row = await DB.prepare('SELECT MIN(number) AS number FROM orders').first<{ number: number }>()
  return row!.number
}

/** Waits until every e-mail is sent, so that one case does not slow the next; says so where that takes too long. */
async function drain({ DB }: Bindings): Promise<void> {
  const begin = performance.now()
  const waiting = async () =>
    (await DB.prepare(`SELECT COUNT(*) AS mails FROM mails WHERE status IN ('queued', 'sending')`).first<{
      mails: number
    }>())!.mails
  let left = await waiting()
  while (left > 0 && performance.now() - begin < DRAIN_SECONDS * 1000) {
    await new Promise((waited) => setTimeout(waited, 100))
    left = await waiting()
  }
  if (left > 0) say(`${left} e-mails are left after ${DRAIN_SECONDS} s.`)
}

function say(words: string) {
  console.log(`[${((performance.now() - began) / 1000).toFixed(0)} s] ${words}`)
}
