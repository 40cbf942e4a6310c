import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Ctx } from '../context.ts'
import type { Bindings } from '../env.ts'
import { type CallOutcome, takeDeliveryEvents } from '../mail/take-delivery-events.ts'
import { routes } from '../routes.ts'

/** What the mail provider calls to tell what became of messages. */
export const mailChannelsHook = new Hono<{ Bindings: Bindings; Variables: { ctx: Ctx } }>()

/** Thousands of events. */
const MAX_CALL_BYTES = 1_000_000

const STATUSES = {
  taken: 200,
  forged: 401,
  old: 401,
  replayed: 409,
  unreadable: 400,
  unavailable: 503,
} as const satisfies Record<CallOutcome, number>

mailChannelsHook.post(routes.mailChannelsHook(), bodyLimit({ maxSize: MAX_CALL_BYTES }), async (c) => {
  const call = { payload: await c.req.text(), headers: c.req.header() }
  const outcome = await takeDeliveryEvents(c.var.ctx, call)
  return c.text(outcome, STATUSES[outcome])
})
