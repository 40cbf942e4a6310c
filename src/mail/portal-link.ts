import type { Bindings } from '../env.ts'
import { routes } from '../routes.ts'
import { tokenOf } from '../signed-link.ts'
import type { PortalRetailer } from './outbox-store.ts'

type Deployment = Pick<Bindings, 'LINK_SECRET' | 'APP_URL'>

/** The address of a retailer's portal, or in words that say what to do why it has none now. */
export async function portalLinkOf(
  env: Deployment,
  { id, name, active, portalOpen, version }: PortalRetailer,
): Promise<URL | { refused: string }> {
  if (!active) return { refused: `${name} is inactive. Make it active first.` }
  if (!portalOpen) return { refused: `The portal is switched off for ${name}. Switch it on first.` }
  const token = await tokenOf(env, 'portal', { id, version })
  if (token === null) return { refused: 'This deployment makes no links: give it a LINK_SECRET first.' }
  if (!env.APP_URL) return { refused: 'This deployment does not know its own address: set APP_URL first.' }
  return new URL(routes.portal(token), env.APP_URL)
}
