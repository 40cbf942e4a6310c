import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bindings } from './bench/bindings.ts'
import { openBusiness } from './bench/business.ts'
import { changes, type Numbers, pages } from './bench/cases.ts'
import { copyOriginals } from './bench/copies.ts'
import { ORIGINALS, placeOriginals } from './bench/history.ts'
import { type Lists, listsTable, listsVerdict, measureLists } from './bench/lists.ts'
import { type Call, measure } from './bench/load.ts'
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
const MANY = { clients: 32, warmUpSeconds: isQuick ? 0.2 : 0.5, seconds: isQuick ? 0.5 : 2.5 }
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
    const empty = await measureCase(floor, 'floor: empty route', () => ({ path: '/empty', expect: 200 }))
    const before = await measureCase(floor, 'floor: one query', oneQuery)
    const results: Measured['results'] = []
    for (const useCase of [...pages(business, numbers), ...changes(business)]) {
      results.push({ ...(await measureCase(product, useCase.name, useCase.next)), useCase })
      if (useCase.kind !== 'page') await drain(bindings)
    }
    const after = await measureCase(floor, 'floor: one query, again', oneQuery)
    console.log(`\n${orders.toLocaleString('en')} orders\n\n${table([empty, before, ...results, after])}\n`)
    say('Asking for every list.')
    const every = await measureLists(product.url, business, orders)
    lists.push(every)
    console.log(`\n${listsTable(every)}\n`)
    return { orders, floors: [before, after], results }
  }
}

async function start(name: string, build?: string): Promise<Local> {
  const vars = { LOCAL_OWNER: 'true', MEASURE: 'true' }
  const local = await startLocal({ stateDir: join(stateDir, name), port: 0, vars, build })
  locals.push(local)
  return local
}

async function measureCase({ url }: Local, name: string, next: () => Call): Promise<Result> {
  const one = await measure(url, next, ONE)
  return { name, one, many: await measure(url, next, MANY) }
}

function oneQuery(): Call {
  return { path: '/query', expect: 200 }
}

async function oldestOrder({ DB }: Bindings): Promise<number> {
  const row = await DB.prepare('SELECT MIN(number) AS number FROM orders').first<{ number: number }>()
  return row!.number
}

/** Waits until every e-mail is sent, so that one case does not slow the next, and says how long that took. */
async function drain({ DB }: Bindings): Promise<void> {
  const begin = performance.now()
  const waiting = async () =>
    (await DB.prepare(`SELECT COUNT(*) AS mails FROM mails WHERE status IN ('queued', 'sending')`).first<{
      mails: number
    }>())!.mails
  const first = await waiting()
  let left = first
  while (left > 0 && performance.now() - begin < DRAIN_SECONDS * 1000) {
    await new Promise((waited) => setTimeout(waited, 250))
    left = await waiting()
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  if (first > 0) say(`${first} e-mails were waiting; ${left} are left after ${seconds} s.`)
}

function say(words: string) {
  console.log(`[${((performance.now() - began) / 1000).toFixed(0)} s] ${words}`)
}
