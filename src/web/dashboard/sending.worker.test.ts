import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { app } from '../../app.ts'
import type { Bindings } from '../../env.ts'
import { routes } from '../../routes.ts'
import { newId } from '../../testing/fixtures.ts'
import { asTidewater } from '../../testing/mail-fixtures.ts'
import { type Answer, anInbox, recipientOf } from '../../testing/mail-inbox.ts'
import { get, post, words } from '../../testing/web.ts'

beforeEach(asTidewater)

/** The desk with other bindings than the tests' own; its limit lets everything pass unless told. */
async function desk(path: string, bindings: Partial<Bindings>, fields?: Record<string, string>) {
  const body = fields && new URLSearchParams(fields).toString()
  const headers = { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }
  const init = body === undefined ? {} : { method: 'POST', headers, body }
  const request = new Request(`http://localhost${path}`, init)
  const TEST_MAIL_LIMIT = { limit: async () => ({ success: true }) }
  return app.fetch(request, { ...env, TEST_MAIL_LIMIT, ...bindings }, createExecutionContext())
}

const TO = 'ana@tidewater.example'
const outcomes: [Answer, RegExp][] = [
  ['accept', /Accepted The provider took the message to ana@tidewater\.example, as <?[\w-]+@provider/],
  ['refuse', /Refused The mail provider answered 400: .*The sender is not verified\. Nothing went to ana@/],
  ['refuse the recipient', /Refused The address does not exist\. Nothing went to/],
  ['limit', /Not sent The mail provider answered 429: Slow down\. Nothing went to/],
  ['fail', /Not sent The mail provider answered 500: Something broke\. Nothing went to/],
  ['accept and drop', /It may have arrived The mail provider did not answer, or the connection was lost/],
  [
    'accept and talk rubbish',
    /It may have arrived The mail provider answered something that could not be read/,
  ],
]

it.each(outcomes)('says of a test what the provider said: “%s”', async (answer, said) => {
  const inbox = anInbox()
  await inbox.answers(TO, answer)
  const page = await desk(routes.testMail(), inbox.vars, { id: newId(), to: TO })
  expect(page.status).toBe(200)
  expect((await words(page)).replaceAll('&lt;', '<')).toMatch(said)
  const [received] = await inbox.received()
  expect(recipientOf(received!.body)).toBe(TO)
  expect(received!.body).toMatchObject({
    subject: 'Test message · Tidewater Clay',
    reply_to: { email: 'hello@tidewater.example' },
  })
})

it('sends a test once, however often its form is sent', async () => {
  const inbox = anInbox()
  const form = { id: newId(), to: TO }
  const pages = [
    await desk(routes.testMail(), inbox.vars, form),
    await desk(routes.testMail(), inbox.vars, form),
  ]
  expect(await words(pages[1]!)).toContain('Asked for before')
  expect(await inbox.received()).toHaveLength(1)
})

it('says that the provider cannot be reached', async () => {
  const vars = { ...anInbox().vars, MAILCHANNELS_URL: 'http://127.0.0.1:9/' }
  const page = await desk(routes.testMail(), vars, { id: newId(), to: TO })
  expect(await words(page)).toContain('Not sent The mail provider could not be reached. Nothing went to')
})

it('says that a test was captured where no provider is set up', async () => {
  const page = await words(await post(routes.testMail(), { id: newId(), to: TO }))
  expect(page).toContain('Captured, not sent No mail provider is set up, so nothing went to ana@')
})

it.each(['', 'nobody', '<script>alert(1)</script>'])('refuses a test to “%s” and keeps it', async (to) => {
  const page = await desk(routes.testMail(), {}, { id: newId(), to })
  expect(page.status).toBe(422)
  const html = await page.text()
  expect(html).toContain('Enter an address like jo@shop.com.')
  expect(html).not.toContain('<script>alert')
})

it('refuses more than five tests a minute', async () => {
  const statuses: number[] = []
  for (let tests = 0; tests < 8; tests++) {
    statuses.push((await post(routes.testMail(), { id: newId(), to: TO })).status)
  }
  expect(statuses).toContain(429)
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(5)
})

const passed = { verdict: 'passed' }
const results = (over: object = {}) => ({
  check_results: {
    dkim: [{ dkim_domain: 'tidewater.example', dkim_selector: 'mc', verdict: 'passed' }],
    domain_lockdown: passed,
    sender_domain: { a: passed, mx: passed, verdict: 'passed' },
    spf: { verdict: 'passed', spfRecord: 'v=spf1 include:relay.mailchannels.net ~all' },
    ...over,
  },
})
const KEYS_PATH = 'tx/v1/domains/tidewater.example/dkim-keys'
const keys = {
  keys: [
    {
      ...{ algorithm: 'rsa', domain: 'tidewater.example', key_length: 2048, public_key: 'AAAA' },
      ...{ selector: 'mc', status: 'active' },
      dkim_dns_records: [{ name: 'mc._domainkey.tidewater.example', type: 'TXT', value: 'v=DKIM1; p=AAAA' }],
    },
  ],
}

async function checked(over: object, answers: { keys?: unknown } = {}) {
  const inbox = anInbox()
  await inbox.says('tx/v1/check-domain', results(over))
  await inbox.says(KEYS_PATH, answers.keys ?? keys)
  return (await desk(routes.sendingDomain(), inbox.vars)).text()
}

it('says that a domain is set up for sending', async () => {
  const page = await checked({})
  expect(page).toContain('tidewater.example is set up for sending.')
  expect(page).not.toContain('To do')
})

it('gives the records that a domain lacks, to be copied', async () => {
  const page = await checked({
    dkim: [
      { dkim_domain: 'tidewater.example', dkim_selector: 'mc', verdict: 'failed', reason: 'no key found' },
    ],
    domain_lockdown: { verdict: 'failed', reason: 'no lockdown record' },
    spf: { verdict: 'soft failed', reason: 'not permitted', spfRecord: 'v=spf1 mx -all' },
  })
  for (const value of [
    'v=spf1 mx include:relay.mailchannels.net -all',
    'mc._domainkey.tidewater.example',
    'v=DKIM1; p=AAAA',
    '_mailchannels.tidewater.example',
    'v=mc1 auth=YOUR-ACCOUNT-ID',
  ]) {
    expect(page).toContain(`value="${value}"`)
  }
  for (const reason of ['no key found', 'no lockdown record', 'not permitted']) {
    expect(page).toContain(`The provider says: ${reason}`)
  }
})

it('says where to make a key where the provider has none', async () => {
  expect(await checked({ dkim: [] }, { keys: { keys: [] } })).toContain(
    'The provider has no key for this domain.',
  )
})

it.each([
  ['a refusal', { message: 'no' }, 403, 'The mail provider answered 403: User does not have access'],
  ['a failure', { message: 'down' }, 500, 'The mail provider answered 500'],
  ['rubbish', '<html>hotel wi-fi</html>', 200, 'did not answer, or not in a way that can be read'],
  ['something else', { hello: 1 }, 200, 'did not answer, or not in a way that can be read'],
])('says that there is no answer about a domain after %s', async (_, body, status, said) => {
  const inbox = anInbox()
  await inbox.says('tx/v1/check-domain', body, status)
  await inbox.says(KEYS_PATH, keys)
  const page = await desk(routes.sendingDomain(), inbox.vars)
  expect(page.status).toBe(200)
  const text = await words(page)
  expect(text).toContain('tidewater.example could not be checked')
  expect(text).toContain(said)
})

it('says what is not set where no provider is configured', async () => {
  expect(await words(await get(routes.sendingDomain()))).toContain(
    'MAILCHANNELS_API_KEY and MAIL_FROM are not set',
  )
})
