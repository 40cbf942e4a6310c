import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { asTidewater } from '../testing/mail-fixtures.ts'
import { aProvider, mailedThrough, type Provider } from '../testing/mail-hook.ts'

let provider: Provider
beforeAll(async () => {
  await asTidewater()
  provider = await aProvider()
})

const NOW = Math.floor(Date.now() / 1000)
/** Of MAIL_KEY_LIMIT in wrangler.toml. */
const CALLS_FOR_KEYS = 30

const refusals = async () => {
  const { results } = await env.DB.prepare(
    'SELECT reason, SUM(calls) AS calls FROM mail_event_refusals GROUP BY 1',
  ).all<{ reason: string; calls: number }>()
  return Object.fromEntries(results.map(({ reason, calls }) => [reason, calls]))
}

/** What one more call adds to the counts. */
async function counted(work: () => Promise<unknown>) {
  const before = await refusals()
  await work()
  const after = Object.entries(await refusals()).map(([reason, calls]) => [
    reason,
    calls - (before[reason] ?? 0),
  ])
  return Object.fromEntries(after.filter(([, calls]) => calls !== 0))
}

it('refuses a forged call and counts it', async () => {
  const { mail, mailId } = await mailedThrough(provider, 'accept')
  const other = await aProvider()
  const genuine = await provider.sign([{ event: 'delivered', timestamp: NOW, campaign_id: mailId }])
  const others = await other.sign([{ event: 'delivered', timestamp: NOW, campaign_id: mailId }])
  const { signature } = genuine.headers
  const forgeries: [what: string, body: string, headers: Record<string, string | undefined>][] = [
    ['nothing signed', genuine.body, { 'content-type': 'application/json' }],
    ['another body', genuine.body.replace('delivered', 'hard-bounced'), genuine.headers],
    ['another body with its own digest', others.body, { ...others.headers, signature }],
    ['no signature', genuine.body, { ...genuine.headers, signature: undefined }],
    ['a key that nobody has', others.body, others.headers],
    ['no digest', genuine.body, { ...genuine.headers, 'content-digest': undefined }],
    ['rubbish', 'x', { ...genuine.headers, 'signature-input': 'rubbish', signature: '::' }],
  ]
  for (const [what, body, headers] of forgeries) {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
    const refused = await counted(async () => {
      const answer = await provider.call({ body, headers: given as Record<string, string> })
      expect(answer.status, what).toBe(401)
    })
    expect(refused, what).toEqual({ forged: 1 })
  }
  expect((await mail()).status).toBe('sent')
  const unset = { MAILCHANNELS_API_KEY: undefined }
  expect((await provider.call(genuine, unset)).status).toBe(401)
  expect((await provider.call(genuine)).status).toBe(200)
  expect((await mail()).status).toBe('delivered')
})

it('refuses a call that was signed too long ago, and one that came before, and counts both', async () => {
  const { mail, mailId } = await mailedThrough(provider, 'accept')
  const events = [{ event: 'delivered', timestamp: NOW, campaign_id: mailId }]
  const old = await provider.sign(events, NOW - 301)
  expect(await counted(async () => expect((await provider.call(old)).status).toBe(401))).toEqual({ old: 1 })
  expect((await mail()).status).toBe('sent')

  const genuine = await provider.sign(events)
  expect((await provider.call(genuine)).status).toBe(200)
  const input = genuine.headers['signature-input']!
  const copies = [
    genuine.headers,
    { ...genuine.headers, 'signature-input': input.replace('sig_', 'sig_0') },
    { ...genuine.headers, 'signature-input': input.replace('created=', 'created=00') },
  ]
  for (const headers of copies) {
    const copy = { ...genuine, headers }
    const refused = await counted(async () => expect((await provider.call(copy)).status).toBe(409))
    expect(refused).toEqual({ replayed: 1 })
  }
  const beside = input.replace('("content-digest")', `("content-digest";created=${NOW - 1};)`)
  const disguised = { ...genuine, headers: { ...genuine.headers, 'signature-input': beside } }
  expect((await provider.call(disguised)).status).toBe(401)
})

it('refuses what is signed but no list, and what is too large', async () => {
  for (const body of ['{', '{"event":"delivered"}', 'null', '""']) {
    const refused = await counted(async () =>
      expect((await provider.call(await provider.sign(body))).status).toBe(400),
    )
    expect(refused).toEqual({ unreadable: 1 })
  }
  expect((await provider.call(await provider.sign('"'.padEnd(1_000_001)))).status).toBe(413)
})

it('asks for few of the keys that one address names, and still for the provider’s own', async () => {
  const other = await aProvider()
  const from = { 'cf-connecting-ip': '203.0.113.9' }
  const statuses: number[] = []
  for (let tries = 0; tries < 2 * CALLS_FOR_KEYS + 2; tries++) {
    const { body, headers } = await other.sign([])
    const input = headers['signature-input']!.replace(other.keyId, crypto.randomUUID())
    statuses.push(
      (await other.call({ body, headers: { ...headers, ...from, 'signature-input': input } })).status,
    )
  }
  expect(new Set(statuses)).toEqual(new Set([401, 503]))
  expect((await other.call(await other.sign([]))).status).toBe(200)
})
