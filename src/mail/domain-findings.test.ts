import { expect, it } from 'vitest'
import { findingsOf, spfWith } from './domain-findings.ts'

it.each([
  ['', 'v=spf1 include:relay.mailchannels.net ~all'],
  ['v=spf2.0/pra', 'v=spf1 include:relay.mailchannels.net ~all'],
  ['v=spf1 -all', 'v=spf1 include:relay.mailchannels.net -all'],
  [
    'v=spf1  mx include:_spf.x.example ~ALL',
    'v=spf1 mx include:_spf.x.example include:relay.mailchannels.net ~ALL',
  ],
  ['v=spf1 a redirect=_spf.x.example', 'v=spf1 a include:relay.mailchannels.net redirect=_spf.x.example'],
  ['v=spf1 mx', 'v=spf1 mx include:relay.mailchannels.net'],
  ['v=spf1 include:relay.mailchannels.net -all', 'v=spf1 include:relay.mailchannels.net -all'],
])('makes of the SPF record “%s” one with the provider in it', (record, wanted) => {
  expect(spfWith(record)).toBe(wanted)
})

const right = { isRight: true, reason: '' }
const wrong = { isRight: false, reason: 'no record' }
const keyRecord = { type: 'TXT', name: 'mc._domainkey.clay.example', value: 'v=DKIM1; k=rsa; p=AAAA' }

it('asks for nothing where everything is right', () => {
  const answer = {
    ...{ spf: { ...right, record: 'v=spf1' }, lockdown: right, sender: right, keyRecords: [keyRecord] },
    dkim: [{ ...right, selector: 'mc' }],
  }
  for (const finding of findingsOf('clay.example', answer)) {
    expect(finding).toMatchObject({ isRight: true, advice: '', records: [] })
  }
})

it('says what to put into DNS for everything that is missing', () => {
  const answer = {
    ...{ spf: { ...wrong, record: '' }, lockdown: wrong, sender: wrong, keyRecords: [keyRecord] },
    dkim: [{ ...wrong, selector: 'mc' }],
  }
  const records = Object.fromEntries(
    findingsOf('clay.example', answer).map(({ name, records }) => [name, records]),
  )
  expect(records).toEqual({
    SPF: [{ type: 'TXT', name: 'clay.example', value: 'v=spf1 include:relay.mailchannels.net ~all' }],
    DKIM: [keyRecord],
    'Domain Lockdown': [
      { type: 'TXT', name: '_mailchannels.clay.example', value: 'v=mc1 auth=YOUR-ACCOUNT-ID' },
    ],
    'Sender domain': [],
  })
})

it('says where to make a key where there is none', () => {
  const answer = { spf: { ...right, record: '' }, lockdown: right, sender: right, dkim: [], keyRecords: [] }
  const dkim = findingsOf('clay.example', answer).find(({ name }) => name === 'DKIM')
  expect(dkim).toMatchObject({ isRight: false, advice: expect.stringContaining('has no key') })
})
