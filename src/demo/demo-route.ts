import { Hono } from 'hono'
import type { Ctx } from '../context.ts'
import type { Bindings } from '../env.ts'
import { routes } from '../routes.ts'
import { fillDemoData } from './fill-demo-data.ts'

/** Fills an empty database when `npm start` asks for it. On one's own machine only: elsewhere it is not there. */
export const demo = new Hono<{ Bindings: Bindings; Variables: { ctx: Ctx } }>()

demo.post(routes.demoData(), async (c) => {
  if (c.env.LOCAL_OWNER !== 'true') return c.text('Not found', 404)
  return c.json(await fillDemoData(c.var.ctx))
})
