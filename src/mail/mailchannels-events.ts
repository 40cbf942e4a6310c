import { MailChannelsClient, Webhooks } from 'mailchannels-sdk'
import { z } from 'zod'
import type { Bindings } from '../env.ts'
import type { DeliveryEvent } from './delivery-event.ts'

/** A call as it came in; names of headers in lower case. */
export interface SignedCall {
  payload: string
  headers: Record<string, string>
}

/** Why a call is not taken. Only after `unavailable` may the same call be genuine. */
export type CallRefusal = 'forged' | 'old' | 'unavailable'

/** The provider's client refuses a call that was signed earlier than this. */
const MAX_AGE_SECONDS = 300
/** Reasons are read by people. */
const MAX_REASON_CHARACTERS = 300

/**
 * Exactly what the provider sends. Its client takes more than that in the parentheses, which are not signed: a copy of
 * a call must not get another look through them.
 */
const SIGNATURE_INPUT = /^\w+=\("content-digest"\);created=(\d{1,12});alg="\w+";keyid="([^"\s]{1,100})"$/

/** The provider's public keys by their id, for the life of this process; a new key has a new id. */
const knownKeys = new Map<string, string>()

/**
 * Verifies that a call comes from the provider and is not old (RFC 9421, Ed25519 over a digest of the body). Answers
 * when it was signed, in seconds, and the digest: together they tell this call from every other.
 */
export async function verifyCall(
  env: Bindings,
  { payload, headers }: SignedCall,
  now: number,
): Promise<{ signedAt: number; digest: string } | CallRefusal> {
  const [, created = '', keyId = ''] = SIGNATURE_INPUT.exec(headers['signature-input'] ?? '') ?? []
  if (keyId === '' || !env.MAILCHANNELS_API_KEY) return 'forged'
  if (now / 1000 - Number(created) > MAX_AGE_SECONDS) return 'old'
  const publicKey = await publicKeyOf(env, keyId, headers['cf-connecting-ip'] ?? '')
  if (publicKey === 'forged' || publicKey === 'unavailable') return publicKey
  if (!(await Webhooks.verify({ payload, headers, publicKey }))) return 'forged'
  return { signedAt: Number(created), digest: headers['content-digest']! }
}

/**
 * A key of the provider. How often one address has unknown ones asked for is limited: anybody may name some, and
 * nobody is to keep the provider's own from being found.
 */
async function publicKeyOf(env: Bindings, keyId: string, address: string): Promise<string | CallRefusal> {
  const name = `${env.MAILCHANNELS_URL ?? ''} ${keyId}`
  const known = knownKeys.get(name)
  if (known) return known
  const { success } = await env.MAIL_KEY_LIMIT.limit({ key: address })
  if (!success) return 'unavailable'
  const client = new MailChannelsClient(env.MAILCHANNELS_API_KEY!, { baseUrl: env.MAILCHANNELS_URL })
  const { data, error } = await new Webhooks(client).getSigningKey(keyId)
  if (data) {
    knownKeys.set(name, data.key)
    return data.key
  }
  return error.statusCode === 400 || error.statusCode === 404 ? 'forged' : 'unavailable'
}

const line = z.string().max(1000).catch('')
const eventSchema = z.object({
  event: z.string().min(1).max(40),
  // Seconds, until the year 2286.
  timestamp: z.int().min(0).max(9_999_999_999),
  smtp_id: line,
  request_id: line,
  campaign_id: line,
  // Every message of ours has one.
  recipients: z.array(z.string().max(320)).max(10).catch([]),
  status: line,
  reason: line,
})

/** The events of a call, one for each recipient; those that cannot be read are left out. Null where it has no list. */
export function eventsFrom(payload: string): DeliveryEvent[] | null {
  const items = z.array(z.unknown()).safeParse(parsed(payload))
  if (!items.success) return null
  return items.data.flatMap((item) => {
    const read = eventSchema.safeParse(item)
    if (!read.success) return []
    const { event, timestamp, smtp_id, request_id, campaign_id, recipients, status, reason } = read.data
    return (recipients.length > 0 ? recipients : ['']).map((recipient) => ({
      ...{ messageId: smtp_id, requestId: request_id, mailId: campaign_id, event, recipient },
      at: timestamp * 1000,
      reason: [status, reason].filter(Boolean).join(' ').slice(0, MAX_REASON_CHARACTERS),
    }))
  })
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return null
  }
}
