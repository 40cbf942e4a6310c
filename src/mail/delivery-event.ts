import type { MailStatus } from './mail-store.ts'

/** What the provider told of one message to one recipient. */
export interface DeliveryEvent {
  /** Of the message at the provider; '' where it is not told. */
  messageId: string
  /** Of the request that handed it over; '' where it is not told. */
  requestId: string
  /** Our own id of the message, which went along with it; '' where it is not told. */
  mailId: string
  /** The provider's word: "delivered", "hard-bounced". */
  event: string
  /** Epoch milliseconds. */
  at: number
  recipient: string
  /** Why, in the words of a mail server; '' without any. */
  reason: string
}

export interface Verdict {
  status: Extract<MailStatus, 'sent' | 'delivered' | 'bounced' | 'complained'>
  reason: string | null
  /** Of several events of a message the one with the highest rank says what became of it. Above 0. */
  rank: number
}

/** More than a timestamp in milliseconds times ten, so that a tier outranks every time. */
const TIER = 1e15

/**
 * What each event says. Handed over is the least; of what became of it then, the latest event is the truth, since a
 * server may refuse what it took first, or take what it refused; a complaint stands, since only who got it complains.
 * Within one second a refusal counts more than a delivery, and one that may pass counts less.
 */
const MEANINGS = new Map<string, { status: Verdict['status']; tier: number; tie: number; says: string }>([
  ['processed', { status: 'sent', tier: 1, tie: 0, says: '' }],
  ['soft-bounced', { status: 'bounced', tier: 2, tie: 0, says: 'Refused for now; it may still arrive.' }],
  ['delivered', { status: 'delivered', tier: 2, tie: 1, says: '' }],
  ['dropped', { status: 'bounced', tier: 2, tie: 2, says: 'The mail provider did not send it on.' }],
  ['hard-bounced', { status: 'bounced', tier: 2, tie: 3, says: 'The recipient’s mail server refused it.' }],
  ['complained', { status: 'complained', tier: 3, tie: 0, says: 'The recipient reported it as spam.' }],
])

/** What an event says of its message; null where it says nothing about whether it arrived. */
export function verdictOf({ event, at, reason }: DeliveryEvent): Verdict | null {
  const meaning = MEANINGS.get(event)
  if (!meaning) return null
  const { status, tier, tie, says } = meaning
  return {
    status,
    reason: says === '' ? null : [says, reason].filter(Boolean).join(' '),
    rank: tier * TIER + at * 10 + tie,
  }
}
