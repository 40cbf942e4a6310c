import { vi } from 'vitest'
import type { Bindings } from '../env.ts'
import { CrashPoints, crashing } from './crash-points.ts'
import type { anInbox } from './mail-inbox.ts'

const CALLERS = ['goes on', 'is cut off', 'is gone'] as const
/** What becomes of the call itself. One that was given up may arrive late: right away, or when others took over. */
const FATES = ['takes effect', 'never arrives', 'arrives late', 'arrives after the sweep'] as const

export type MailFailure = ReturnType<typeof failures>[number]

/** Every way in which each of so many calls can fail. */
export function failures(calls: number) {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) =>
    FATES.flatMap((fate) => CALLERS.map((caller) => ({ call, fate, caller }))),
  )
}

/** Crash points that fail in this way. */
export function pointsFor({ call, fate, caller }: MailFailure) {
  return new CrashPoints({ call, caller, effect: fate === 'takes effect' ? 'at once' : 'too late' })
}

/** The bindings and the provider, with every call to them a crash point. */
export function mailCrashing(
  bindings: Bindings,
  inbox: Pick<ReturnType<typeof anInbox>, 'url'>,
  points: CrashPoints,
): Bindings {
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
