import type { Actor, Ctx } from '../context.ts'
import type { Result } from '../result.ts'
import { momentOf } from './demo-clock.ts'

/** Who did it. */
export type Person = 'ana' | 'ben'

const people: Record<Person, Actor> = {
  ana: { kind: 'staff', id: 'demo-ana', name: 'Ana', role: 'owner' },
  ben: { kind: 'staff', id: 'demo-ben', name: 'Ben', role: 'staff' },
}

/** Lets somebody do something so many days ago, and waits until all that it set off is done as well. */
export async function inThePast<T>(
  now: Ctx,
  { day, by }: { day: number; by: Person },
  act: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const work: Promise<unknown>[] = []
  const ctx: Ctx = {
    ...now,
    ...{ now: momentOf(now.now, day), actor: people[by], later: (promise) => void work.push(promise) },
  }
  const done = await act(ctx)
  await Promise.allSettled(work)
  return done
}

/** What the demo does is never refused: a refusal is a bug, and says which. */
export function accepted<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`The demo data was refused: ${JSON.stringify(result.failure)}`)
}
