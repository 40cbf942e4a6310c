import { Hono } from 'hono'
import { answerChanges } from '../../orders/answer-changes.ts'
import { readOwnOrder } from '../../orders/read-own-order.ts'
import { readOwnOrders } from '../../orders/read-own-orders.ts'
import type { Failure } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { problemsOf, statusOf } from '../errors.tsx'
import { readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { LIMIT_SECONDS, maySend } from './gate.ts'
import { OwnOrderPage } from './own-order-page.tsx'
import { OwnOrdersPage } from './own-orders-page.tsx'
import { OwnStatementPage } from './own-statement-page.tsx'
import { refused } from './refusals.tsx'

/** A retailer's own orders, and what it says to changes of them. */
export const ownOrders = new Hono<WebEnv>()

ownOrders.get(patterns.portalOrders, async (c) => {
  const before = wholeFrom(c.req.query('before') ?? '')
  const orders = await readOwnOrders(c.var.ctx, c.var.link, Number.isNaN(before) ? null : before)
  if (!orders.ok) return refused(c, orders.failure)
  return c.html(<OwnOrdersPage orders={orders.value} token={c.req.param('token')} />)
})

ownOrders.get(patterns.portalOrder, (c) => orderPage(c, c.req.param('token'), Number(c.req.param('number'))))

ownOrders.get(patterns.portalStatement, async (c) => {
  const own = await readOwnOrder(c.var.ctx, c.var.link, Number(c.req.param('number')))
  if (!own.ok) return refused(c, own.failure)
  return c.html(<OwnStatementPage own={own.value} token={c.req.param('token')} />)
})

ownOrders.post(patterns.portalAnswers, async (c) => {
  const { ctx, link } = c.var
  const token = c.req.param('token')
  const number = Number(c.req.param('number'))
  const form = await readForm(c)
  if (!form.ok) return refused(c, form.failure)
  const comment = form.value.text('comment')
  const changeId = form.value.text('changeId')
  if (!(await maySend(c, link))) {
    const failure = { reason: 'rate_limited', retryAfterSeconds: LIMIT_SECONDS } as const
    return orderPage(c, token, number, { failure, comment, changeId })
  }
  const answered = await answerChanges(ctx, link, {
    ...{ number, changeId, comment, revision: form.value.whole('revision') },
    answer: form.value.text('answer') as 'accepted' | 'replied',
  })
  if (!answered.ok) return orderPage(c, token, number, { failure: answered.failure, comment, changeId })
  return c.redirect(routes.portalOrder(token, number, { saved: 'answer' }), 303)
})

/** An order, with an answer that was refused and what was typed for it. */
async function orderPage(
  c: WebContext,
  token: string,
  number: number,
  tried?: { failure: Failure; comment: string; changeId: string },
) {
  const own = await readOwnOrder(c.var.ctx, c.var.link, number)
  if (!own.ok) return refused(c, own.failure)
  if (tried?.failure.reason === 'not_found') return refused(c, tried.failure)
  // What was sent has its id; sent with other contents it would count as the same.
  const isUsed = tried?.failure.reason === 'sent_before'
  const changeId = (!isUsed && tried?.changeId) || c.var.ctx.newId()
  return c.html(
    <OwnOrderPage
      own={own.value}
      token={token}
      changeId={changeId}
      comment={tried?.comment ?? ''}
      problems={tried ? problemsOf(tried.failure) : []}
      isAnswered={c.req.query('saved') === 'answer'}
    />,
    tried ? statusOf(tried.failure) : 200,
  )
}
