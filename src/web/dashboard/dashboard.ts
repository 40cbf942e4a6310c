import { Hono } from 'hono'
import { routes } from '../../routes.ts'
import type { WebEnv } from '../session.ts'

/** Everything that staff see. One router per noun. */
export const dashboard = new Hono<WebEnv>()

dashboard.get(routes.home(), (c) => c.redirect(routes.orders()))
