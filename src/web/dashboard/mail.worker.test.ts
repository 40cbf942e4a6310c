import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../context.ts'
import { listMails, MAILS_PER_PAGE } from '../../mail/list-mails.ts'
import { readMail } from '../../mail/read-mail.ts'
import { sendAgain } from '../../mail/send-again.ts'
import { routes } from '../../routes.ts'
import { newId, testCtx } from '../../testing/fixtures.ts'
import { aMailedOrder, asTidewater, consume, mailsOf } from '../../testing/mail-fixtures.ts'
import { type Answer, anInbox } from '../../testing/mail-inbox.ts'
import { get, post, words } from '../../testing/web.ts'

beforeAll(asTidewater)

/** An order whose e-mail to the retailer met this answer. */
async function mailedWith(answer: Answer, over: { name?: string } = {}) {
  const inbox = anInbox()
  const order = await aMailedOrder(over)
  await inbox.answers(order.email, answer)
  await consume(order.mailIds, { ...env, ...inbox.vars })
  return { ...order, mailId: order.mailIds[0]!, inbox }
}

it('lists e-mails with what became of them, and finds those of one state', async () => {
  const failed = await mailedWith('refuse')
  const sent = await mailedWith('accept')
  const all = await words(await get(routes.mails()))
  expect(all).toContain('Placed')
  for (const text of [failed.email, sent.email, 'Failed', 'Sent', 'The sender is not verified.']) {
    expect(all).toContain(text)
  }
  const only = await words(await get(routes.mails({ status: 'failed' })))
  expect(only).toContain(failed.email)
  expect(only).not.toContain(sent.email)
})

it.each(['?status=lost', '?older=ten', '?older=-1', '?newer=1.5', '?status=%00&older=99999999999999999999'])(
  'shows the list for an address that makes no sense: %s',
  async (query) => {
    expect((await get(routes.mails() + query)).status).toBe(200)
  },
)

it.each([{ status: 'failed' }, { toDecide: true }] as const)(
  'turns pages of %j both ways, in one round trip each',
  async (filter) => {
    const order = await aMailedOrder()
    const rows = Array.from({ length: MAILS_PER_PAGE + 1 }, (_, index) => `${index}@page.example`)
    await env.DB.prepare(
      `INSERT INTO mails (id, order_id, revision, recipient, audience, status, status_at, due_at, queued_at)
     SELECT 'page-' || ?1 || value, ?1, 1, value, 'business', 'failed', 0, 0, 0 FROM json_each(?2)`,
    )
      .bind(order.orderId, JSON.stringify(rows))
      .run()
    const { ctx } = testCtx()
    const pageOf = async (cursor: Parameters<typeof listMails>[2]) => {
      const list = await listMails(ctx, filter, cursor)
      return list.ok ? list.value : expect.unreachable()
    }
    const newest = await pageOf({})
    expect(newest).toMatchObject({ hasNewer: false, hasOlder: true })
    expect(newest.rows.map(({ recipient }) => recipient)).toEqual(rows.slice(1).reverse())
    const older = await pageOf({ olderThan: newest.rows.at(-1)!.number })
    expect(older).toMatchObject({ hasNewer: true })
    expect(older.rows[0]!.recipient).toBe(rows[0])
    const back = await pageOf({ newerThan: older.rows[0]!.number })
    expect(back.rows).toEqual(newest.rows)
    expect(back).toMatchObject({ hasNewer: false, hasOlder: true })
    expect(ctx.db.meter.roundTrips).toBe(3)
    // A page, one row more, its orders, and what finds them; the frame's own rows on top.
    expect(ctx.db.meter.rowsRead).toBeLessThan(3 * (MAILS_PER_PAGE + 1) * 5)
  },
)

it('shows exactly what was sent, under a policy that lets it do nothing', async () => {
  const { mailId, inbox, email } = await mailedWith('accept', { name: '<script>alert(1)</script> mug' })
  const page = await get(routes.mail(mailId))
  const shown = await page.clone().text()
  expect(shown).toContain(`src="${routes.mailHtml(mailId)}"`)
  expect(shown).not.toContain('<script>alert(1)')
  const text = await words(page)
  for (const fact of [email, 'Reply-To hello@tidewater.example', 'Auto-Submitted', 'Provider’s id', 'Sent']) {
    expect(text).toContain(fact)
  }
  const message = await get(routes.mailHtml(mailId))
  const { body } = (await inbox.received()).find(
    ({ body }) => body.personalizations[0]!.to[0]!.email === email,
  )!
  expect(await message.text()).toBe(body.content[1]!.value)
  const policy = message.headers.get('content-security-policy')
  expect(policy).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
  )
  expect(message.headers.get('x-frame-options')).toBe('SAMEORIGIN')
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline')
})

it('says of an unknown fate that it may have arrived, and sends again once, as a new message', async () => {
  const { mailId, orderId } = await mailedWith('accept and drop')
  expect(await words(await get(routes.mail(mailId)))).toContain('It may have arrived')
  const answers = await Promise.all([1, 2].map(() => post(routes.mailDispatch(mailId), {})))
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  const again = (await mailsOf(orderId)).filter(({ again_of }) => again_of === mailId)
  expect(again).toHaveLength(1)
  expect(answers.map(({ headers }) => headers.get('location'))).toEqual([
    routes.mail(again[0]!.id),
    routes.mail(again[0]!.id),
  ])
  expect(JSON.parse(again[0]!.asked_by!)).toMatchObject({ name: 'Demo owner' })
  expect((await mailsOf(orderId)).find(({ id }) => id === mailId)).toMatchObject({ status: 'unknown' })

  expect(await words(await get(routes.mail(again[0]!.id)))).toContain('Sent again by Demo owner')
  const old = await (await get(routes.mail(mailId))).text()
  expect(old).toContain(routes.mail(again[0]!.id))
  expect(old).not.toContain(routes.mailDispatch(mailId))
})

it('shows a message that waits for its next try, and one that has not been tried', async () => {
  const waiting = await mailedWith('fail')
  const text = await words(await get(routes.mail(waiting.mailId)))
  expect(text).toContain('Not sent yet')
  expect(text).toContain('It is tried again at')
  const untried = await aMailedOrder()
  expect(await words(await get(routes.mail(untried.mailIds[0]!)))).toContain('Not written yet')
  expect((await get(routes.mailHtml(untried.mailIds[0]!))).status).toBe(404)
})

it('refuses to send again what was sent, what waits and what does not exist', async () => {
  const sent = await mailedWith('accept')
  const waiting = await mailedWith('fail')
  for (const { mailId, orderId } of [sent, waiting]) {
    const answer = await post(routes.mailDispatch(mailId), {})
    expect(answer.status).toBe(409)
    expect(await words(answer)).toContain('Only an e-mail that failed or bounced')
    expect(await mailsOf(orderId)).toHaveLength(2)
  }
  expect((await post(routes.mailDispatch(newId()), {})).status).toBe(404)
  for (const path of [
    routes.mail(newId()),
    routes.mailHtml(newId()),
    routes.mail('x'),
    routes.mail('a/../b'),
  ]) {
    expect((await get(path)).status).toBe(404)
  }
})

it('lets viewers read and staff send, and retailers neither', async () => {
  const { mailId } = await mailedWith('refuse')
  const as = (actor: Actor) => testCtx({ actor }).ctx
  const viewer = as({ kind: 'staff', id: 'v', name: 'Vi', role: 'viewer' })
  const retailer = as({ kind: 'retailer', id: 'r', name: 'Shop' })
  expect(await readMail(viewer, mailId)).toMatchObject({ ok: true })
  for (const refused of [
    await sendAgain(viewer, { mailId }),
    await readMail(retailer, mailId),
    await listMails(retailer, {}, {}),
    await sendAgain(retailer, { mailId }),
  ]) {
    expect(refused).toMatchObject({ ok: false, failure: { reason: 'forbidden' } })
  }
})
