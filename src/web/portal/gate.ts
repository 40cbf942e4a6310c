import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { createMiddleware } from 'hono/factory'
import { linkFrom, type SignedLink } from '../../signed-link.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { clientAddress } from './client-address.ts'
import { badLink, tooMany } from './refusals.tsx'

/** An order of 200 products, each with the longest name in the widest script, as a form sends it. */
const MAX_FORM_BYTES = 500_000

/** Of the limits in wrangler.toml. */
export const LIMIT_SECONDS = 60

/** The address itself opens the page: it must not be kept, passed on or found. */
export const unlisted = createMiddleware(async (c, next) => {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
  c.res.headers.set('Referrer-Policy', 'no-referrer')
  c.res.headers.set('X-Robots-Tag', 'noindex, nofollow')
})

/**
 * Without a referrer, browsers say "Origin: null" even to their own site, and where the request comes from in
 * Sec-Fetch-Site; those too old to say that are let in, because nothing that a browser sends by itself opens anything.
 */
export const ownForms = csrf({
  origin: (origin, c) =>
    origin === new URL(c.req.url).origin ||
    (origin === 'null' && c.req.header('sec-fetch-site') === undefined),
})

export const boundedForms = bodyLimit({
  maxSize: MAX_FORM_BYTES,
  onError: (c) => c.text('This is too large. Send less than 500 kB.', 413),
})

/** Verifies the link before anything is read, and counts the tries with links that were never made. */
export const withLink = createMiddleware<WebEnv>(async (c, next) => {
  const token = c.req.param('token') ?? ''
  const link = await linkFrom(c.env, 'portal', token)
  if (!link) {
    const { success } = await c.env.PORTAL_TRY_LIMIT.limit({ key: clientAddress(c) })
    return success ? badLink(c) : tooMany(c)
  }
  c.set('link', link)
  c.set('ctx', { ...c.var.ctx, actor: { kind: 'retailer', id: link.id, name: '' } })
  await next()
})

/** True where this link and this address have not sent more than they may; each is counted. */
export async function maySend(c: WebContext, link: SignedLink): Promise<boolean> {
  const [byLink, byAddress] = await Promise.all([
    c.env.PORTAL_LINK_LIMIT.limit({ key: link.id }),
    c.env.PORTAL_ADDRESS_LIMIT.limit({ key: clientAddress(c) }),
  ])
  return byLink.success && byAddress.success
}
