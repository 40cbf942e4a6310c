import type { Actor, Role } from './actor.ts'
import type { Db } from './db/client.ts'
import type { Bindings } from './env.ts'

export type { Actor, Role }

/** Everything a use case may reach, fixed once per request, message or tick. */
export interface Ctx {
  readonly env: Bindings
  readonly db: Db
  readonly actor: Actor
  /** The moment of the request, epoch milliseconds. */
  readonly now: number
  readonly newId: () => string
  /** Lets work go on after the answer. Its failure never reaches the caller. */
  readonly later: (work: Promise<unknown>) => void
}
