import type { Child } from 'hono/jsx'
import type { Failure } from '../../result.ts'
import { statusOf } from '../errors.tsx'
import type { WebContext } from '../session.ts'
import { Plain } from '../ui/plain.tsx'
import { LIMIT_SECONDS } from './gate.ts'
import { ShopDocument } from './shop-page.tsx'

/** The same for every link that does not open, so that it tells nothing. */
export function badLink(c: WebContext) {
  return refusal(
    c,
    404,
    'This link does not work',
    <p>
      It may have lost a part on its way, or the business has replaced it. Nothing was sent. Ask the business
      that gave it to you for a new one.
    </p>,
  )
}

export function tooMany(c: WebContext) {
  c.header('Retry-After', String(LIMIT_SECONDS))
  return refusal(
    c,
    429,
    'Too many tries',
    <p>
      Nothing was sent this time, and nothing is lost. Wait {LIMIT_SECONDS} seconds, go back and try again.
    </p>,
  )
}

/** The page for a failure that no form can show. */
export function refused(c: WebContext, failure: Failure) {
  if (failure.reason === 'rate_limited') return tooMany(c)
  if (failure.reason === 'not_found' && failure.what === 'product') {
    return refusal(
      c,
      404,
      'This product is not offered',
      <p>Your link is fine. Go back to the products to see what is.</p>,
    )
  }
  if (failure.reason === 'not_found' && failure.what !== 'order') return badLink(c)
  if (failure.reason === 'invalid') {
    return refusal(
      c,
      422,
      'This could not be read',
      failure.problems.map(({ message }) => <p>{message}</p>),
    )
  }
  if (failure.reason === 'not_found') {
    return refusal(
      c,
      404,
      'This order does not exist',
      <p>Your link is fine, but you have no order with this number. Go back to your orders.</p>,
    )
  }
  return refusal(
    c,
    statusOf(failure),
    'Try again in a moment',
    <p>This could not be done just now. Your link is fine, and nothing is lost: reload the page.</p>,
  )
}

/** The answer to a bug. */
export function broken(c: WebContext, requestId: string) {
  return refusal(
    c,
    500,
    'Something went wrong here',
    <p>
      This was our mistake, not yours. Go back and try again; what was sent is never sent twice. If it happens
      again, tell the business this number: <code>{requestId}</code>
    </p>,
  )
}

function refusal(
  c: WebContext,
  status: 404 | 429 | 500 | ReturnType<typeof statusOf>,
  title: string,
  words: Child,
) {
  return c.html(
    <ShopDocument title={title}>
      <Plain name="Ordering">
        <h1>{title}</h1>
        {words}
      </Plain>
    </ShopDocument>,
    status,
  )
}
