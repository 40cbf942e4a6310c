import type { Ctx } from '../context.ts'
import { Db } from '../db/client.ts'
import type { Bindings } from '../env.ts'
import { newId } from '../new-id.ts'

/** The context of one queue batch or cron tick: nobody asked for it, so the system is the actor. */
export function systemCtx(
  env: Bindings,
  execution: Pick<ExecutionContext, 'waitUntil'>,
  actor: { id: string; name: string },
): Ctx {
  return {
    env,
    db: new Db(env.DB, 'first-primary'),
    actor: { kind: 'system', ...actor },
    now: Date.now(),
    newId,
    later: (work) => execution.waitUntil(work),
  }
}
