import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { testCtx } from '../testing/fixtures.ts'
import { asTidewater, consume, mailsOf, type StoredMail } from '../testing/mail-fixtures.ts'
import { aProvider, mailedThrough, type Provider, type ToldEvent } from '../testing/mail-hook.ts'
import type { Answer } from '../testing/mail-inbox.ts'
import { sendAgain } from './send-again.ts'
import { sweepMails } from './sweep-mails.ts'

let provider: Provider
beforeAll(async () => {
  await asTidewater()
  provider = await aProvider()
})

const NOW = Math.floor(Date.now() / 1000)

it('sends its own id along, under which the provider tells of the message', async () => {
  const { mailIds } = await mailedThrough(provider, 'accept')
  const received = await provider.inbox.received()
  expect(received.map(({ body }) => body.campaign_id).sort()).toEqual(mailIds.toSorted())
})

const fates: [event: string, status: string, reason: RegExp | null][] = [
  ['processed', 'sent', null],
  ['delivered', 'delivered', null],
  ['hard-bounced', 'bounced', /refused it\. 550 5\.1\.1 No such user$/],
  ['soft-bounced', 'bounced', /may still arrive\. 550 5\.1\.1 No such user$/],
  ['dropped', 'bounced', /did not send it on\. 550/],
  ['complained', 'complained', /reported it as spam\./],
  ['open', 'sent', null],
]

it.each(fates)('takes “%s” as %s, at its own time', async (event, status, reason) => {
  const { mail, mailId, email } = await mailedThrough(provider, 'accept')
  const told: ToldEvent = {
    ...{ event, timestamp: NOW + 7, smtp_id: (await mail()).provider_id!, recipients: [email] },
    ...{ status: '550', reason: '5.1.1 No such user' },
  }
  expect(await provider.tell(told)).toBe(200)
  const after = await mail()
  expect(after).toMatchObject({ status, attempts: 1, sent_at: expect.any(Number) })
  if (event !== 'open') expect(after.status_at).toBe((NOW + 7) * 1000)
  if (reason) expect(after.reason).toMatch(reason)
  else expect(after.reason).toBeNull()
  const kept = await env.DB.prepare('SELECT event, at, recipient FROM mail_events WHERE mail_id = ?')
    .bind(mailId)
    .all()
  expect(kept.results).toEqual([{ event, at: (NOW + 7) * 1000, recipient: email }])
})

const unsettled: Answer[] = [
  'accept and drop',
  'accept and talk rubbish',
  'accept and time out',
  'fail',
  'limit',
]

it.each(unsettled)(
  'lets a message learn its fate by our id after “%s”, and sends it no more',
  async (answer) => {
    const { mail, mailId, mailIds, email } = await mailedThrough(provider, answer)
    expect((await mail()).status).toMatch(/^(unknown|queued)$/)
    const told = { timestamp: NOW, request_id: 'r-1', campaign_id: mailId, recipients: [email] }
    await provider.tell({ ...told, event: 'processed' })
    expect(await mail()).toMatchObject({ status: 'sent', sent_at: NOW * 1000 })
    await provider.tell({
      ...told,
      event: 'delivered',
      timestamp: NOW + 1,
      smtp_id: '<late@provider.example>',
    })
    expect(await mail()).toMatchObject({ status: 'delivered', provider_id: '<late@provider.example>' })
    await env.DB.prepare('UPDATE mails SET due_at = 0 WHERE id = ?').bind(mailId).run()
    await sweepMails(testCtx({ env: provider.bindings }).ctx)
    await consume(mailIds, provider.bindings)
    const received = await provider.inbox.received()
    expect(received.filter(({ body }) => mailIds.includes(body.campaign_id))).toHaveLength(2)
  },
)

it('moves a message forward only, however late and however often events come', async () => {
  const { mail, mailId, email } = await mailedThrough(provider, 'accept')
  const told = (event: string, timestamp: number) => ({
    ...{ event, timestamp, smtp_id: '<1@provider.example>', campaign_id: mailId, recipients: [email] },
  })
  const steps: [ToldEvent, string][] = [
    [told('delivered', NOW + 20), 'delivered'],
    [told('processed', NOW + 30), 'delivered'],
    [told('hard-bounced', NOW + 10), 'delivered'],
    [told('hard-bounced', NOW + 40), 'bounced'],
    [told('delivered', NOW + 20), 'bounced'],
    [told('delivered', NOW + 50), 'delivered'],
    [told('complained', NOW + 5), 'complained'],
    [told('hard-bounced', NOW + 60), 'complained'],
  ]
  for (const [index, [event, status]] of steps.entries()) {
    const call = await provider.sign([event], NOW - index)
    expect((await provider.call(call)).status).toBe(200)
    expect((await mail()).status).toBe(status)
  }
  const { results } = await env.DB.prepare('SELECT event FROM mail_events WHERE mail_id = ?')
    .bind(mailId)
    .all()
  expect(results).toHaveLength(steps.length - 1)
})

it('takes thousands of events at once, for several messages, each once, in one round trip', async () => {
  const { mailIds, orderId } = await mailedThrough(provider, 'accept')
  const events: ToldEvent[] = Array.from({ length: 6000 }, (_, index) => ({
    ...{ event: 'delivered', timestamp: NOW + index, campaign_id: mailIds[index % 2]! },
    recipients: [`${index}@shop.example`],
  }))
  expect(await provider.tell(...events, ...events.slice(0, 1000))).toBe(200)
  const mails = await mailsOf(orderId)
  expect(mails.map(({ status, status_at }) => [status, status_at])).toEqual([
    ['delivered', (NOW + 5998) * 1000],
    ['delivered', (NOW + 5999) * 1000],
  ])
})

it('keeps what it is told of messages that nobody knows, and leaves out what it cannot read', async () => {
  const { mail, mailId } = await mailedThrough(provider, 'accept')
  const id = crypto.randomUUID()
  const known = { event: 'delivered', timestamp: NOW, campaign_id: mailId }
  const odd = [null, 7, 'event', [], {}, { event: 'delivered' }, { event: 7, timestamp: NOW }]
  const body = [...odd, { event: 'delivered', timestamp: NOW, smtp_id: id, recipients: 'jo' }, known]
  expect((await provider.call(await provider.sign(body))).status).toBe(200)
  expect((await mail()).status).toBe('delivered')
  const kept = await env.DB.prepare('SELECT mail_id, recipient FROM mail_events WHERE message_id = ?')
    .bind(id)
    .all()
  expect(kept.results).toEqual([{ mail_id: null, recipient: '' }])
  expect(await provider.tell({ event: 'test', timestamp: NOW, smtp_id: 'a', request_id: 'b' })).toBe(200)
})

it('lets staff send again what bounced, and does not offer it a second time', async () => {
  const { mailId, orderId } = await mailedThrough(provider, 'accept')
  await provider.tell({ event: 'hard-bounced', timestamp: NOW, campaign_id: mailId })
  expect(await sendAgain(testCtx().ctx, { mailId })).toMatchObject({ ok: true })
  const rows = (await mailsOf(orderId)) as (StoredMail & { decided: number })[]
  expect(rows.map(({ status, decided }) => [status, decided])).toEqual([
    ['bounced', 1],
    ['sent', 0],
    ['queued', 0],
  ])
})

it('asks for the same call again while the key or the database does not answer, and loses nothing', async () => {
  const { mail, mailId } = await mailedThrough(provider, 'accept')
  const other = await aProvider()
  await other.publish('down')
  expect(await other.tell({ event: 'test', timestamp: NOW })).toBe(503)
  const call = await provider.sign([{ event: 'delivered', timestamp: NOW, campaign_id: mailId }])
  const points = new CrashPoints({ call: 1, effect: 'too late', caller: 'is cut off' })
  expect((await provider.call(call, crashing(provider.bindings, points))).status).toBe(503)
  expect(points.fired).toBe(true)
  expect((await mail()).status).toBe('sent')
  expect((await provider.call(call)).status).toBe(200)
  expect((await mail()).status).toBe('delivered')
})
