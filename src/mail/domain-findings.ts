import type { DnsRecord, DomainAnswer } from './domain-answer.ts'

/** One thing that a sending domain needs. */
export interface DomainFinding {
  name: string
  isRight: boolean
  /** Why it is not right, in the provider's words, or ''. */
  reason: string
  /** What to do, where there is something. */
  advice: string
  /** What to put into DNS, to be copied; none where nothing is missing. */
  records: DnsRecord[]
}

const SPF_INCLUDE = 'include:relay.mailchannels.net'
/** Stands for what only the account's owner can look up. */
const ACCOUNT_PLACEHOLDER = 'YOUR-ACCOUNT-ID'

/** What is right with a domain, and what to put into DNS for the rest (docs.mailchannels.com, Email API). */
export function findingsOf(domain: string, answer: DomainAnswer): DomainFinding[] {
  const { spf, lockdown, sender, dkim, keyRecords } = answer
  const wrongKey = dkim.find(({ isRight }) => !isRight)
  const hasKey = dkim.length > 0 && !wrongKey
  const missing = (isRight: boolean, records: DnsRecord[]) => (isRight ? [] : records)
  return [
    {
      ...{ name: 'SPF', isRight: spf.isRight, reason: spf.reason },
      advice: spf.isRight ? '' : 'Lets the provider send for your domain. A domain has one such record.',
      records: missing(spf.isRight, [{ type: 'TXT', name: domain, value: spfWith(spf.record) }]),
    },
    {
      ...{ name: 'DKIM', isRight: hasKey, reason: wrongKey?.reason ?? '' },
      advice: dkimAdvice(hasKey, keyRecords),
      records: missing(hasKey, keyRecords),
    },
    {
      ...{ name: 'Domain Lockdown', isRight: lockdown.isRight, reason: lockdown.reason },
      advice: lockdown.isRight
        ? ''
        : `Keeps other customers of the provider from sending in your name. Put your account’s id, which the provider’s console shows, in place of ${ACCOUNT_PLACEHOLDER}.`,
      records: missing(lockdown.isRight, [
        { type: 'TXT', name: `_mailchannels.${domain}`, value: `v=mc1 auth=${ACCOUNT_PLACEHOLDER}` },
      ]),
    },
    {
      ...{ name: 'Sender domain', isRight: sender.isRight, reason: sender.reason },
      advice: sender.isRight
        ? ''
        : 'Receivers turn away mail from a domain that has neither an MX nor an A record. Add the MX record of whoever keeps your mailboxes.',
      records: [],
    },
  ]
}

function dkimAdvice(isRight: boolean, keyRecords: DnsRecord[]): string {
  if (isRight) return ''
  return keyRecords.length > 0
    ? 'Publishes the key with which the provider signs.'
    : 'The provider has no key for this domain. Make one in its console under DKIM, then check again: its record will stand here.'
}

/** The domain's SPF record with the provider in it, or one of its own where there is none. */
export function spfWith(record: string): string {
  if (!/^v=spf1(\s|$)/i.test(record)) return `v=spf1 ${SPF_INCLUDE} ~all`
  const terms = record.trim().split(/\s+/)
  if (terms.includes(SPF_INCLUDE)) return record
  // Whatever stands behind "all" is never looked at.
  const end = terms.findIndex((term) => /^([-~?+]?all|redirect=.*)$/i.test(term))
  const at = end === -1 ? terms.length : end
  return [...terms.slice(0, at), SPF_INCLUDE, ...terms.slice(at)].join(' ')
}
