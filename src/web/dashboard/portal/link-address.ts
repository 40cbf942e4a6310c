import { routes } from '../../../routes.ts'
import { type SignedLink, tokenOf } from '../../../signed-link.ts'
import type { WebContext } from '../../session.ts'

/** The whole address that opens a portal, or null where this deployment has no secret to sign it with. */
export async function portalAddress(c: WebContext, link: SignedLink): Promise<string | null> {
  const token = await tokenOf(c.env, 'portal', link)
  return token && new URL(routes.portal(token), c.env.APP_URL || c.req.url).href
}
