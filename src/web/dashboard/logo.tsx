import { Hono } from 'hono'
import { routes } from '../../routes.ts'
import { setLogo } from '../../settings/set-logo.ts'
import type { WebEnv } from '../session.ts'
import { pictureFrom, pictureLimit } from './pictures/picture-upload.ts'
import { businessPage } from './settings.tsx'

/** The logo of the business: staff add, replace and remove it. */
export const logo = new Hono<WebEnv>()

logo.post(
  routes.logo(),
  pictureLimit((c, logoFailure) => businessPage(c, { logoFailure })),
  async (c) => {
    const sent = await pictureFrom(c)
    if (!sent.ok) return businessPage(c, { logoFailure: sent.failure })
    const { file, ...replacement } = sent.value
    const set = await setLogo(c.var.ctx, replacement, file)
    if (!set.ok) return businessPage(c, { logoFailure: set.failure })
    return c.redirect(routes.settings({ saved: String(c.var.ctx.now) }), 303)
  },
)
