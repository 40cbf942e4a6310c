import { Hono } from 'hono'
import { z } from 'zod'
import { MAX_LINES } from '../../orders/order.ts'
import { placeRequest } from '../../orders/place-request.ts'
import { readReview } from '../../orders/read-review.ts'
import { readSentRequest } from '../../orders/read-sent-request.ts'
import { type Failure, invalid, ok, type Result } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { emptyCart, keepCart, readCart, renewRequestId, requestIdOf } from './cart-cookie.ts'
import { LIMIT_SECONDS, maySend } from './gate.ts'
import { refused } from './refusals.tsx'
import { ReviewPage, typedFrom } from './review-page.tsx'
import { SentPage } from './sent-page.tsx'

/** From the chosen products to a request that was sent. */
export const requests = new Hono<WebEnv>()

requests.get(patterns.portalReview, async (c) => {
  const { ctx, link } = c.var
  const token = c.req.param('token')
  const review = await readReview(ctx, link, readCart(c))
  if (!review.ok) return refused(c, review.failure)
  const id = requestIdOf(c, token)
  return c.html(<ReviewPage review={review.value} token={token} id={id} problems={[]} />)
})

requests.post(patterns.portalRequests, async (c) => {
  const { ctx, link } = c.var
  const token = c.req.param('token')
  const form = await readForm(c)
  if (!form.ok) return refused(c, form.failure)
  const lines = linesFrom(form.value)
  if (!lines.ok) return refused(c, lines.failure)
  if (!(await maySend(c, link))) {
    return reviewAgain(c, token, form.value, lines.value, {
      ...{ reason: 'rate_limited', retryAfterSeconds: LIMIT_SECONDS },
    })
  }
  const id = form.value.text('id')
  const placed = await placeRequest(ctx, link, { id, lines: lines.value, ...typedFrom(form.value) })
  if (!placed.ok) return reviewAgain(c, token, form.value, lines.value, placed.failure)
  emptyCart(c, token)
  return c.redirect(routes.portalRequest(token, id), 303)
})

requests.get(patterns.portalRequest, async (c) => {
  const { ctx, link } = c.var
  const sent = await readSentRequest(ctx, link, c.req.param('id'))
  if (!sent.ok) return refused(c, sent.failure)
  return c.html(<SentPage sent={sent.value} token={c.req.param('token')} />)
})

/** The review as it is today, with what was refused and everything that was typed. */
async function reviewAgain(c: WebContext, token: string, form: Form, lines: Line[], failure: Failure) {
  const units = lines.filter(({ quantity }) => quantity >= 1)
  const cart = new Map(units.map(({ product, quantity }) => [product, quantity]))
  const review = await readReview(c.var.ctx, c.var.link, cart)
  if (!review.ok || failure.reason === 'not_found') return refused(c, review.ok ? failure : review.failure)
  keepCart(c, token, new Map(review.value.lines.map(({ product, quantity }) => [product.number, quantity])))
  const problems = problemsOf(failure)
  const isUsed = failure.reason === 'sent_before' || problems.some(({ field }) => field === 'id')
  const id = isUsed ? renewRequestId(c, token) : form.text('id')
  return c.html(
    <ReviewPage review={review.value} token={token} id={id} typed={typedFrom(form)} problems={problems} />,
    statusOf(failure),
  )
}

/** Numbers, and numbers of lines, that a form cannot have made are refused with the rest of it. */
const seenLine = z
  .tuple([z.int(), z.int().min(1), z.int(), z.int(), z.string()])
  .transform(([product, quantity, unitPrice, unitRetail, name]) => ({
    ...{ product, quantity, seen: { name, unitPrice, unitRetail } },
  }))
type Line = z.output<typeof seenLine>

/** What the review showed, line by line, as it sent it along. */
function linesFrom(form: Form): Result<Line[]> {
  try {
    const parsed = z
      .array(seenLine)
      .max(MAX_LINES)
      .safeParse(form.all('line').map((text) => JSON.parse(text)))
    if (parsed.success) return ok(parsed.data)
  } catch {
    // Not JSON: as below.
  }
  return invalid('', 'The form could not be read. Go back to the review and send it again.')
}
