import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Actor, Ctx } from '../context.ts'
import { Db } from '../db/client.ts'
import type { Bindings } from '../env.ts'

export type WebEnv = { Bindings: Bindings; Variables: { ctx: Ctx } }
export type WebContext = Context<WebEnv>

/** Where this person has written up to: their next page shows it even where replicas serve reads. */
const BOOKMARK_COOKIE = 'bookmark'
const BOOKMARK_MINUTES = 10

const demoOwner: Actor = { kind: 'staff', id: 'demo-owner', name: 'Demo owner', role: 'owner' }
const nobody: Actor = { kind: 'staff', id: 'nobody', name: 'Nobody', role: 'viewer' }

/** True where pages may be used without signing in: on one's own machine, when it was started so. */
export function isLocalOwner(env: Bindings): boolean {
  return env.LOCAL_OWNER === 'true'
}

/** Gives the request its context: who, when, and a D1 session that sees the person's own writes. */
export const withCtx = createMiddleware<WebEnv>(async (c, next) => {
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  const bookmark = getCookie(c, BOOKMARK_COOKIE)
  const ctx: Ctx = {
    env: c.env,
    db: new Db(c.env.DB, reads ? (bookmark ?? 'first-unconstrained') : 'first-primary'),
    actor: isLocalOwner(c.env) ? demoOwner : nobody,
    now: Date.now(),
    newId: () => crypto.randomUUID(),
    later: (work) => c.executionCtx.waitUntil(work),
  }
  c.set('ctx', ctx)
  await next()
  const written = reads ? null : ctx.db.bookmark()
  if (written) {
    setCookie(c, BOOKMARK_COOKIE, written, {
      ...{ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: BOOKMARK_MINUTES * 60 },
      secure: new URL(c.req.url).protocol === 'https:',
    })
  }
  if (c.env.MEASURE === 'true') {
    const { roundTrips, objectCalls, rowsRead, rowsWritten } = ctx.db.meter
    c.header(
      'server-timing',
      `d1;desc="${roundTrips} ${rowsRead} ${rowsWritten}", objects;desc="${objectCalls}"`,
    )
  }
})
