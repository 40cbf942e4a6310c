import { Agent, type IncomingMessage, request } from 'node:http'
import { gzipSync } from 'node:zlib'

/** More than any case here does in its time: the bound on what a run may do to the database. */
const MAX_REQUESTS = 30_000

export interface Call {
  path: string
  /** Sent as a form, which makes it a POST. */
  form?: Record<string, string | string[]>
  /** The status of a good answer. */
  expect: number
  /** Called with where a good answer leads to. */
  done?: (location: string) => void
}

export interface Range {
  min: number
  max: number
}

export interface Costs {
  roundTrips: Range
  objectCalls: Range
  rowsRead: Range
  rowsWritten: Range
}

export interface Load {
  clients: number
  perSecond: number
  p50: number
  p99: number
  requests: number
  costs: Costs
  /** Bytes of the first good answer, gzip. */
  gzipBytes: number
  /** What should not have happened, and how often: other statuses, broken connections. */
  unexpected: Map<string, number>
}

/** What is called, and where. */
export interface Target {
  origin: string
  next: () => Call
}

/** How long and how hard. */
export interface Effort {
  clients: number
  warmUpSeconds: number
  seconds: number
}

/**
 * Lets `clients` connections call one after the other for `seconds`, after a warm-up, and says how long the answers
 * took, in milliseconds, and what they cost by their `server-timing` header.
 */
export async function measure(target: Target, { clients, warmUpSeconds, seconds }: Effort): Promise<Load> {
  const tally = newTally()
  await during(clients, async (agent) => {
    await warmUp(target, agent, clients, warmUpSeconds, tally)
    await run(target, agent, clients, seconds, tally)
  })
  return loadOf(tally, clients)
}

/**
 * Measures a target and a floor in turn, round by round, so that a machine that slows down slows both. Answers with
 * the load of the target and how many floors one of its calls costs: the median of the rounds. `rest` runs after
 * each round, so that what a call leaves to be done later does not burden the floor.
 */
export async function measureAgainst(
  target: Target,
  floor: Target,
  { clients, warmUpSeconds, seconds }: Effort,
  { rounds, rest }: { rounds: number; rest: () => Promise<void> },
): Promise<{ load: Load; floors: number }> {
  const tally = newTally()
  const ratios: number[] = []
  await during(clients, async (agent) => {
    await warmUp(target, agent, clients, warmUpSeconds, tally)
    for (let round = 0; round < rounds; round++) {
      await rest()
      const below = newTally()
      await run(floor, agent, clients, seconds / rounds, below)
      const [calls, elapsed] = [tally.milliseconds.length, tally.seconds]
      await run(target, agent, clients, seconds / rounds, tally)
      const perSecond = (tally.milliseconds.length - calls) / (tally.seconds - elapsed)
      ratios.push(loadOf(below, clients).perSecond / perSecond)
    }
    await rest()
  })
  ratios.sort((a, b) => a - b)
  return { load: loadOf(tally, clients), floors: percentile(ratios, 0.5) }
}

/** All that was seen of a target so far. */
interface Tally {
  seconds: number
  milliseconds: number[]
  unexpected: Map<string, number>
  costs: Costs
  gzipBytes: number
}

const newTally = (): Tally => ({
  ...{ seconds: 0, milliseconds: [], unexpected: new Map(), costs: noCosts(), gzipBytes: 0 },
})

async function during(clients: number, work: (agent: Agent) => Promise<void>): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  try {
    await work(agent)
  } finally {
    agent.destroy()
  }
}

/** What goes wrong here counts, too; the times do not. */
async function warmUp(target: Target, agent: Agent, clients: number, seconds: number, tally: Tally) {
  await run(target, agent, clients, seconds, { ...newTally(), unexpected: tally.unexpected })
}

async function run({ origin, next }: Target, agent: Agent, clients: number, seconds: number, tally: Tally) {
  const begin = performance.now()
  const end = begin + seconds * 1000
  const { milliseconds, unexpected } = tally
  const client = async () => {
    while (performance.now() < end && milliseconds.length < MAX_REQUESTS) {
      const call = next()
      const sent = performance.now()
      const answer = await send(origin, agent, call).catch((error: NodeJS.ErrnoException) => error)
      if (answer instanceof Error || answer.status !== call.expect) {
        const what = answer instanceof Error ? (answer.code ?? answer.message) : `status ${answer.status}`
        unexpected.set(what, (unexpected.get(what) ?? 0) + 1)
        continue
      }
      milliseconds.push(performance.now() - sent)
      addCosts(tally.costs, answer.timing)
      if (tally.gzipBytes === 0) tally.gzipBytes = gzipSync(answer.body).length
      call.done?.(answer.location)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  tally.seconds += (performance.now() - begin) / 1000
}

function loadOf({ seconds, milliseconds, unexpected, costs, gzipBytes }: Tally, clients: number): Load {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  return {
    ...{ clients, costs, gzipBytes, unexpected, requests: sorted.length },
    perSecond: sorted.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  }
}

interface Answer {
  status: number
  location: string
  timing: string
  body: Buffer
}

/** Sends one call and reads its whole answer. */
export function send(origin: string, agent: Agent, { path, form }: Call): Promise<Answer> {
  const body = form && encoded(form)
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' }
  return new Promise((resolve, reject) => {
    const sending = request(`${origin}${path}`, body ? { agent, headers, method: 'POST' } : { agent })
    sending.on('error', reject).on('response', (response) => read(response).then(resolve, reject))
    sending.end(body)
  })
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const { location, 'server-timing': timing } = response.headers
  return {
    status: response.statusCode ?? 0,
    location: location ?? '',
    timing: String(timing ?? ''),
    body: Buffer.concat(chunks),
  }
}

function encoded(form: Record<string, string | string[]>): string {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
  return new URLSearchParams(pairs).toString()
}

function noCosts(): Costs {
  const none = () => ({ min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY })
  return { roundTrips: none(), objectCalls: none(), rowsRead: none(), rowsWritten: none() }
}

/** What an answer cost: `d1;desc="<round trips> <rows read> <rows written>", objects;desc="<calls>"`. */
export function countsFrom(timing: string): Record<keyof Costs, number> {
  const found = /d1;desc="(\d+) (\d+) (\d+)", objects;desc="(\d+)"/.exec(timing)
  if (!found) throw new Error(`An answer does not say what it cost: ${timing}`)
  const [roundTrips = 0, rowsRead = 0, rowsWritten = 0, objectCalls = 0] = found.slice(1).map(Number)
  return { roundTrips, objectCalls, rowsRead, rowsWritten }
}

function addCosts(costs: Costs, timing: string) {
  for (const [name, count] of Object.entries(countsFrom(timing))) {
    const range = costs[name as keyof Costs]
    range.min = Math.min(range.min, count)
    range.max = Math.max(range.max, count)
  }
}

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
