import { Emails, MailChannelsClient } from 'mailchannels-sdk'
import { messageOf } from '../db/client.ts'
import type { MailChannelsAccount } from './mailchannels.ts'

const LOOK_UP_TIMEOUT_MS = 15_000
const UNREADABLE = 'The mail provider did not answer, or not in a way that can be read.'

/** What the provider found out about a domain. */
export interface DomainAnswer {
  /** Each is right, or not for a reason in the provider's words. */
  spf: Verdict & { record: string }
  lockdown: Verdict
  sender: Verdict
  /** For each key that signs: the provider's verdict. */
  dkim: (Verdict & { selector: string })[]
  /** The DNS records that publish the account's keys. */
  keyRecords: DnsRecord[]
}

export interface Verdict {
  isRight: boolean
  reason: string
}

export interface DnsRecord {
  type: string
  name: string
  value: string
}

/** Asks the provider about a domain; answers in words why there is no answer. */
export async function askAboutDomain(
  account: MailChannelsAccount,
  domain: string,
): Promise<DomainAnswer | { refused: string }> {
  try {
    const emails = new Emails(new LookUp(account.key, { baseUrl: account.url }))
    const [checked, keys] = await Promise.all([
      emails.checkDomain({ domain }),
      emails.getDkimKeys(domain, { status: 'active', includeDnsRecord: true }),
    ])
    if (!checked.data) return { refused: reasonFrom(checked.error) }
    const { spf, domainLockdown, senderDomain, dkim } = checked.data
    const verdict = (one: { verdict: string; reason?: string }): Verdict => ({
      ...{ isRight: one.verdict === 'passed', reason: one.reason ?? '' },
    })
    return {
      spf: {
        ...{ isRight: spf.verdict === 'passed', reason: spf.reason ?? spf.spfRecordError ?? '' },
        record: spf.spfRecord ?? '',
      },
      lockdown: verdict(domainLockdown),
      sender: { ...verdict(senderDomain), reason: senderDomain.a.reason ?? senderDomain.mx.reason ?? '' },
      dkim: dkim.map((one) => ({ ...verdict(one), selector: one.selector })),
      keyRecords: (keys.data ?? []).flatMap(({ dnsRecords = [] }) => dnsRecords),
    }
  } catch (error) {
    // The SDK takes an answer apart without looking at it first.
    console.warn(JSON.stringify({ event: 'mail.domain_unreadable', message: messageOf(error) }))
    return { refused: UNREADABLE }
  }
}

function reasonFrom({ message, statusCode }: { message: string; statusCode: number | null }): string {
  return statusCode === null
    ? UNREADABLE
    : `The mail provider answered ${statusCode}: ${message.replace('Unknown error.', '').trim()}`
}

/** Somebody waits for it: it ends after a while. */
class LookUp extends MailChannelsClient {
  protected override _fetch<T>(path: string, options?: Parameters<MailChannelsClient['_fetch']>[1]) {
    return super._fetch<T>(path, { ...options, retry: 0, timeout: LOOK_UP_TIMEOUT_MS })
  }
}
