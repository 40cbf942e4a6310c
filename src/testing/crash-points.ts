import type { Bindings } from '../env.ts'

/** One way in which a call that leaves a process fails. */
export interface Failure {
  /** Which of its calls, the first is 1. */
  call: number
  /** Whether the call takes effect before its answer gets lost, or only when everybody has long given it up. */
  effect: 'at once' | 'too late'
  /** The caller goes on without that answer; gets no answer of this kind any more; or is gone itself. */
  caller: 'goes on' | 'is cut off' | 'is gone'
}

type Kind = 'database' | 'object' | 'queue' | 'files' | 'provider'

/** Counts the calls by which a process reaches others, and makes one of them fail. */
export class CrashPoints {
  readonly calls: string[] = []
  fired = false
  readonly failure: Failure | null
  readonly #late: (() => Promise<unknown>)[] = []
  #gone = false
  #cutOff: Kind | null = null

  constructor(failure: Failure | null = null) {
    this.failure = failure
  }

  /** Makes the call, unless it is to fail. `die` never returns, where the process can really be ended. */
  async leave<T>(kind: Kind, method: string, call: () => Promise<T>, die?: () => Promise<never>): Promise<T> {
    if (this.#gone) throw new Error('Nobody is here any more.')
    if (this.#cutOff === kind) throw new Error('Network connection lost.')
    this.calls.push(`${kind}.${method}`)
    const failure = this.failure
    if (this.calls.length !== failure?.call) return call()
    this.fired = true
    this.#gone = failure.caller === 'is gone'
    if (failure.caller === 'is cut off') this.#cutOff = kind
    if (failure.effect === 'at once') await call()
    if (failure.effect === 'too late') this.#late.push(call)
    if (this.#gone) await die?.()
    throw new Error('Network connection lost.')
  }

  /** Lets the call that was given up arrive after all. What becomes of it, nobody hears. */
  async arriveLate(): Promise<void> {
    await Promise.allSettled(this.#late.map((call) => call()))
  }
}

/** The same bindings, through which every call to the database, an object or a queue can fail. */
export function crashing(env: Bindings, points: CrashPoints): Bindings {
  return {
    ...env,
    DB: crashingDatabase(env.DB, points),
    PRODUCT_STOCK: intercept(env.PRODUCT_STOCK, {
      get: (id) => crashingCalls('object', env.PRODUCT_STOCK.get(id as DurableObjectId), points),
    }),
    MAIL_QUEUE: crashingCalls('queue', env.MAIL_QUEUE, points),
  }
}

/** A database of which each batch, and each statement that runs by itself, is a call. */
export function crashingDatabase(
  database: D1Database,
  points: CrashPoints,
  die?: () => Promise<never>,
): D1Database {
  const statement = (of: D1PreparedStatement): D1PreparedStatement => {
    const running = (['first', 'run', 'all', 'raw'] as const).map((method) => {
      const run = (...args: unknown[]) => Reflect.apply(of[method], of, args)
      return [method, (...args: unknown[]) => points.leave('database', method, () => run(...args), die)]
    })
    return intercept(of, {
      ...Object.fromEntries(running),
      bind: (...values) => statement(of.bind(...values)),
    })
  }
  const connection = <T extends D1Database | D1DatabaseSession>(of: T): T =>
    intercept(of, {
      prepare: (query) => statement(of.prepare(query as string)),
      batch: (statements) =>
        points.leave('database', 'batch', () => of.batch(statements as D1PreparedStatement[]), die),
      withSession: (from) => connection((of as D1Database).withSession(from as string)),
    })
  return connection(database)
}

/** An object of which every method is a call. */
function crashingCalls<T extends object>(kind: Kind, target: T, points: CrashPoints): T {
  return new Proxy(target, {
    get: (_, key) => {
      const member: unknown = Reflect.get(target, key, target)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) =>
        points.leave(kind, String(key), () => Reflect.apply(member, target, args))
    },
  })
}

/** The same object with some methods of its own. */
function intercept<T extends object>(target: T, methods: Record<string, (...args: unknown[]) => unknown>): T {
  return new Proxy(target, {
    get: (_, key) => {
      const own = methods[String(key)]
      if (own && key in target) return own
      const member: unknown = Reflect.get(target, key, target)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
