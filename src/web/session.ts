import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Actor, Ctx } from '../context.ts'
import { Db } from '../db/client.ts'
import type { Bindings } from '../env.ts'
import { newId } from '../new-id.ts'
import type { SignedLink } from '../signed-link.ts'

export type WebEnv = {
  Bindings: Bindings
  Variables: {
    ctx: Ctx
    /** The verified link of a portal page; on no other page. */
    link: SignedLink
  }
}
export type WebContext = Context<WebEnv>

/** Where this person has written up to: their next page shows it even where replicas serve reads. */
const BOOKMARK_COOKIE = 'bookmark'
const BOOKMARK_MINUTES = 10
/** As D1 makes them: four hexadecimal numbers. Anything else never reaches it. */
const BOOKMARK = /^[0-9a-f]{1,16}(-[0-9a-f]{1,64}){3}$/

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]']

const demoOwner: Actor = { kind: 'staff', id: 'demo-owner', name: 'Demo owner', role: 'owner' }
const nobody: Actor = { kind: 'staff', id: 'nobody', name: 'Nobody', role: 'viewer' }

/** True where pages may be used without signing in: on one's own machine, when it was started so. */
export function isLocalOwner(env: Bindings): boolean {
  return env.LOCAL_OWNER === 'true'
}

/**
 * True where a request reached the owner's own machine under another name than the machine's: a foreign site that had
 * its name pointed here (DNS rebinding) would otherwise act as the owner.
 */
export function isForeignName(c: WebContext): boolean {
  return isLocalOwner(c.env) && !LOCAL_NAMES.includes(new URL(c.req.url).hostname)
}

/** Gives the request its context: who, when, and a D1 session that sees the person's own writes. */
export const withCtx = createMiddleware<WebEnv>(async (c, next) => {
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  const cookie = getCookie(c, BOOKMARK_COOKIE) ?? ''
  const bookmark = BOOKMARK.test(cookie) ? cookie : 'first-unconstrained'
  const ctx: Ctx = {
    env: c.env,
    db: new Db(c.env.DB, reads ? bookmark : 'first-primary'),
    actor: isLocalOwner(c.env) ? demoOwner : nobody,
    now: Date.now(),
    newId,
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
