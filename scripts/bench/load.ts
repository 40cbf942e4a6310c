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

/**
 * Lets `clients` connections call one after the other for `seconds`, after a warm-up, and says how long the answers
 * took, in milliseconds, and what they cost by their `server-timing` header.
 */
export async function measure(
  origin: string,
  next: () => Call,
  { clients, warmUpSeconds, seconds }: { clients: number; warmUpSeconds: number; seconds: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  try {
    const warmUp = await run(origin, agent, next, clients, warmUpSeconds)
    const measured = await run(origin, agent, next, clients, seconds)
    for (const [what, times] of warmUp.unexpected) {
      measured.unexpected.set(what, (measured.unexpected.get(what) ?? 0) + times)
    }
    return measured
  } finally {
    agent.destroy()
  }
}

async function run(origin: string, agent: Agent, next: () => Call, clients: number, seconds: number) {
  const milliseconds: number[] = []
  const unexpected = new Map<string, number>()
  const costs = noCosts()
  let gzipBytes = 0
  const begin = performance.now()
  const end = begin + seconds * 1000
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
      addCosts(costs, answer.timing)
      if (gzipBytes === 0) gzipBytes = gzipSync(answer.body).length
      call.done?.(answer.location)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const elapsed = (performance.now() - begin) / 1000
  milliseconds.sort((a, b) => a - b)
  const load: Load = {
    ...{ clients, costs, gzipBytes, unexpected, requests: milliseconds.length },
    perSecond: milliseconds.length / elapsed,
    p50: percentile(milliseconds, 0.5),
    p99: percentile(milliseconds, 0.99),
  }
  return load
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
