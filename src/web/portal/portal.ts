import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { messageOf } from '../../db/client.ts'
import { patterns } from '../../routes.ts'
import type { WebEnv } from '../session.ts'
import { catalogue } from './catalogue.tsx'
import { boundedForms, ownForms, unlisted, withLink } from './gate.ts'
import { ownOrders } from './own-orders.tsx'
import { badLink, broken } from './refusals.tsx'
import { requests } from './requests.tsx'

const EVERY_PAGE = `${patterns.portal}/*`

/** Everything that a shop sees. Nobody signs in here: the link is the permission, and no other page is behind it. */
export const portal = new Hono<WebEnv>()

portal.use(EVERY_PAGE, unlisted, ownForms, withLink, boundedForms)
portal.route('/', catalogue)
portal.route('/', requests)
portal.route('/', ownOrders)
portal.all(EVERY_PAGE, badLink)

portal.onError((error, c) => {
  if (error instanceof HTTPException) return error.getResponse()
  const requestId = c.var.ctx.newId()
  console.error(
    JSON.stringify({ event: 'request.failed', requestId, path: c.req.routePath, message: messageOf(error) }),
  )
  return broken(c, requestId)
})
