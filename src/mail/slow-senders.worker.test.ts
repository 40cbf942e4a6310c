import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Bindings } from '../env.ts'
import { testCtx } from '../testing/fixtures.ts'
import { aHeldQueue, aMailedOrder, asTidewater, consume, mailsOf } from '../testing/mail-fixtures.ts'
import { acceptedFor, anInbox } from '../testing/mail-inbox.ts'
import { settleMails } from './outbox-store.ts'
import { sendAgain } from './send-again.ts'
import { sweepMails } from './sweep-mails.ts'

beforeAll(asTidewater)
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE = 60_000

/** Files whose next `put` waits, and a way to let it go on. */
function withSlowFiles(bindings: Bindings) {
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let reached = () => {}
  const waiting = new Promise<void>((resolve) => {
    reached = resolve
  })
  const files = {
    put: async (...args: Parameters<R2Bucket['put']>) => {
      reached()
      await held
      return bindings.FILES.put(...args)
    },
  } as unknown as R2Bucket
  return { bindings: { ...bindings, FILES: files }, waiting, goOn }
}

async function sweep(bindings: Bindings): Promise<string[]> {
  vi.setSystemTime(Date.now() + 11 * MINUTE)
  const { queue, take } = aHeldQueue()
  await sweepMails(testCtx({ env: { ...bindings, MAIL_QUEUE: queue }, now: Date.now() }).ctx)
  return take()
}

it('sends nothing from a consumer that slept until others gave its attempt up', async () => {
  const inbox = anInbox()
  const bindings = { ...env, ...inbox.vars }
  const order = await aMailedOrder({ now: Date.now() })
  const slow = withSlowFiles(bindings)
  const sleeping = consume(order.mailIds, slow.bindings)
  await slow.waiting
  expect(await sweep(bindings)).toEqual([])
  slow.goOn()
  await sleeping
  expect(await inbox.received()).toEqual([])

  await consume(await sweep(bindings), bindings)
  expect((await mailsOf(order.orderId)).map(({ status, attempts }) => [status, attempts])).toEqual([
    ['sent', 2],
    ['sent', 2],
  ])
  expect(acceptedFor(order.email, await inbox.received())).toBe(1)
})

it('tells the truth late about a message that had become unknown', async () => {
  const order = await aMailedOrder({ now: Date.now() })
  const [id] = order.mailIds
  await env.DB.prepare("UPDATE mails SET status = 'unknown', attempts = 1 WHERE id = ?").bind(id).run()
  const sent = { id: id!, attempts: 1, status: 'sent', dueAt: null, providerId: 'p', reason: null } as const
  await settleMails(testCtx().ctx, [sent])
  expect((await mailsOf(order.orderId))[0]).toMatchObject({ status: 'sent', provider_id: 'p' })
})

it.each([
  ['a later attempt', 'sending', 2],
  ['a fate that is known', 'sent', 1],
])('ignores the late outcome of an attempt after %s', async (_, status, attempts) => {
  const order = await aMailedOrder({ now: Date.now() })
  const [id] = order.mailIds
  await env.DB.prepare('UPDATE mails SET status = ?, attempts = ? WHERE id = ?')
    .bind(status, attempts, id)
    .run()
  const late = { id: id!, attempts: 1, status: 'queued', dueAt: 0, providerId: null, reason: null } as const
  await settleMails(testCtx().ctx, [late])
  expect((await mailsOf(order.orderId))[0]).toMatchObject({ status, attempts })
})

it('sends once what staff sent again before its slow attempt turned out to have failed', async () => {
  const inbox = anInbox()
  const bindings = { ...env, ...inbox.vars }
  const order = await aMailedOrder({ now: Date.now() })
  const [id] = order.mailIds
  await env.DB.prepare("UPDATE mails SET status = 'unknown', attempts = 1 WHERE id = ?").bind(id).run()
  const again = await sendAgain(testCtx().ctx, { mailId: id! })
  if (!again.ok) throw new Error(again.failure.reason)
  const late = { id: id!, attempts: 1, status: 'queued', dueAt: 0, providerId: null, reason: null } as const
  await settleMails(testCtx().ctx, [late])
  expect((await mailsOf(order.orderId))[0]).toMatchObject({ status: 'failed', decided: 1 })

  await consume([id!, again.value.id], bindings)
  expect(acceptedFor(order.email, await inbox.received())).toBe(1)
})
