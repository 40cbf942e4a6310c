import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Bindings } from '../env.ts'
import { routes } from '../routes.ts'
import { linkFrom } from '../signed-link.ts'
import { aRetailer, newId, testCtx } from '../testing/fixtures.ts'
import { aHeldQueue, asTidewater, consume } from '../testing/mail-fixtures.ts'
import { anInbox, recipientOf } from '../testing/mail-inbox.ts'
import { get, words } from '../testing/web.ts'
import { sendPortalLink } from './send-portal-link.ts'

beforeAll(asTidewater)

const APP_URL = 'https://desk.tidewater.example'

function deployed(over: Partial<Bindings> = {}) {
  const inbox = anInbox()
  const { queue, take } = aHeldQueue()
  const bindings: Bindings = { ...env, ...inbox.vars, APP_URL, MAIL_QUEUE: queue, ...over }
  const send = async (input: { id: string; retailerId: string }) => {
    const { ctx, settled } = testCtx({ env: bindings })
    const sent = await sendPortalLink(ctx, input)
    await settled()
    return { sent, roundTrips: ctx.db.meter.roundTrips }
  }
  return { inbox, bindings, send, deliver: () => consume(take(), bindings) }
}

const statusOf = (id: string) =>
  env.DB.prepare('SELECT status, reason, attempts FROM mails WHERE id = ?').bind(id).first()

it('mails a retailer its own link, once however often it is asked', async () => {
  const { inbox, send, deliver } = deployed()
  const email = `${newId()}@shop.example`
  const [id, retailerId] = [newId(), await aRetailer({ email })]
  const first = await send({ id, retailerId })
  expect(first).toEqual({ sent: { ok: true, value: { id, recipient: email } }, roundTrips: 2 })
  await deliver()
  expect((await send({ id, retailerId })).sent).toEqual(first.sent)
  await deliver()
  const received = await inbox.received()
  expect(received.map(({ body }) => recipientOf(body))).toEqual([email])
  const [{ body }] = received as [(typeof received)[0]]
  expect(body.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
  // Not the words of an order.
  expect(body.subject).toBe('Your link for orders · Tidewater Clay')
  for (const { value } of body.content) {
    const token = value.split(`${APP_URL}/portal/`)[1]!.split(/[\s"]/)[0]!
    expect(await linkFrom(env, 'portal', token)).toEqual({ id: retailerId, version: 1 })
  }
  expect(await statusOf(id)).toMatchObject({ status: 'sent' })
  const page = await words(await get(routes.mail(id)))
  expect(page).toContain(`About the portal of Shop ${retailerId.slice(0, 8)}`)
  expect(await words(await get(routes.mails()))).toContain(email)
})

it('makes the link when the message leaves: one that was rotated meanwhile is never mailed', async () => {
  const { inbox, send, deliver } = deployed()
  const [id, retailerId] = [newId(), await aRetailer()]
  await send({ id, retailerId })
  await env.DB.prepare('UPDATE retailers SET portal_link_version = 2 WHERE id = ?').bind(retailerId).run()
  await deliver()
  const [received] = await inbox.received()
  const token = received!.body.content[0]!.value.split(`${APP_URL}/portal/`)[1]!.split(/\s/)[0]!
  expect(await linkFrom(env, 'portal', token)).toEqual({ id: retailerId, version: 2 })
})

it('sends nothing where the portal was switched off meanwhile, and says so', async () => {
  const { inbox, send, deliver } = deployed()
  const [id, retailerId] = [newId(), await aRetailer()]
  await send({ id, retailerId })
  await env.DB.prepare('UPDATE retailers SET portal_open = 0 WHERE id = ?').bind(retailerId).run()
  await deliver()
  expect(await inbox.received()).toEqual([])
  expect(await statusOf(id)).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('The portal is switched off'),
  })
})

it.each([
  ['email', '', {}, 'has no e-mail address. Add one first.'],
  ['active', 0, {}, 'is inactive. Make it active first.'],
  ['portal_open', 0, {}, 'The portal is switched off'],
  ['active', 1, { LINK_SECRET: '' }, 'give it a LINK_SECRET first'],
  ['active', 1, { APP_URL: undefined }, 'set APP_URL first'],
])('refuses where %s is %j and the deployment has %j', async (column, value, over, why) => {
  const { send } = deployed(over)
  const [id, retailerId] = [newId(), await aRetailer()]
  await env.DB.prepare(`UPDATE retailers SET ${column} = ? WHERE id = ?`).bind(value, retailerId).run()
  const { sent } = await send({ id, retailerId })
  expect(sent).toMatchObject({
    failure: { reason: 'invalid', problems: [{ message: expect.stringContaining(why) }] },
  })
  expect(await statusOf(id)).toBeNull()
})

it('refuses viewers, shops, an unknown retailer, and an id that is another message’s', async () => {
  const { send } = deployed()
  const [id, retailerId, other] = [newId(), await aRetailer(), await aRetailer()]
  for (const actor of [
    { kind: 'staff', id: 'v', name: 'Vi', role: 'viewer' },
    { kind: 'retailer', id: retailerId, name: 'Shop' },
  ] as const) {
    const refused = await sendPortalLink(testCtx({ actor }).ctx, { id, retailerId })
    expect(refused).toMatchObject({ failure: { reason: 'forbidden' } })
  }
  expect((await send({ id, retailerId: newId() })).sent).toMatchObject({ failure: { reason: 'not_found' } })
  await send({ id, retailerId })
  expect((await send({ id, retailerId: other })).sent).toMatchObject({ failure: { reason: 'sent_before' } })
})

it('says so where the id was sent to another address, and sends it to the new one under a new id', async () => {
  const { inbox, send, deliver } = deployed()
  const [id, mistyped, corrected] = [newId(), `${newId()}@shop.example`, `${newId()}@shop.example`]
  const retailerId = await aRetailer({ email: mistyped })
  await send({ id, retailerId })
  await env.DB.prepare('UPDATE retailers SET email = ? WHERE id = ?').bind(corrected, retailerId).run()
  expect((await send({ id, retailerId })).sent).toEqual({
    ok: false,
    failure: { reason: 'sent_before', order: null },
  })
  await deliver()
  const recipients = async () => (await inbox.received()).map(({ body }) => recipientOf(body))
  expect(await recipients()).toEqual([mistyped])
  expect((await send({ id: newId(), retailerId })).sent).toMatchObject({ value: { recipient: corrected } })
  await deliver()
  expect(await recipients()).toEqual([mistyped, corrected])
})
