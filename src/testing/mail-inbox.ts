import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the local mail endpoint (mail-endpoint.ts). */
    mailEndpoint: string
  }
}

/** How the endpoint answers a message. Those above the line have accepted it. */
export type Answer =
  | 'accept'
  | 'accept and hang'
  | 'accept and drop'
  | 'accept and break off'
  | 'accept and talk rubbish'
  | 'accept and garble'
  | 'accept and say nothing'
  | 'accept and time out'
  // ---
  | 'refuse'
  | 'refuse the recipient'
  | 'limit'
  | 'fail'
  | 'fail and garble'
  | 'reset'

/** What the provider answers at one of its other addresses. */
export interface Said {
  path: string
  status: number
  body: string
}

/** One POST as it reached the endpoint. */
export interface Received {
  answer: Answer
  headers: Record<string, string>
  body: MailChannelsBody
}

/** The provider's own form of a message. */
export interface MailChannelsBody {
  subject: string
  from: { email: string; name?: string }
  reply_to?: { email: string }
  personalizations: { to: { email: string }[]; cc?: unknown; bcc?: unknown }[]
  headers: Record<string, string>
  campaign_id: string
  content: { type: string; value: string }[]
  tracking_settings: { click_tracking: { enable: boolean }; open_tracking: { enable: boolean } }
}

/** An address of its own at the local endpoint: what is sent there, and how it is answered, is this test's alone. */
export function anInbox() {
  const url = `${inject('mailEndpoint')}/${crypto.randomUUID()}`
  return {
    url,
    /** What a Worker needs in order to send there. */
    vars: { MAILCHANNELS_API_KEY: 'key', MAIL_FROM: 'orders@tidewater.example', MAILCHANNELS_URL: url },
    /** Answers a recipient's messages in this order; after that, and to all others, with 'accept'. */
    answers: async (recipient: string, ...answers: Answer[]) => {
      await fetch(url, { method: 'PUT', body: JSON.stringify({ recipient, answers }) })
    },
    /** Answers everything at a path, as in 'tx/v1/check-domain', with this. */
    says: async (path: string, body: unknown, status = 200) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      await fetch(url, { method: 'PUT', body: JSON.stringify({ path, status, body: text } satisfies Said) })
    },
    received: async () => (await (await fetch(url)).json()) as Received[],
  }
}

/** How many messages the endpoint accepted for a recipient: what reached the person. */
export function acceptedFor(recipient: string, received: Received[]): number {
  return received.filter(({ answer, body }) => answer.startsWith('accept') && recipientOf(body) === recipient)
    .length
}

export const recipientOf = (body: MailChannelsBody) => body.personalizations[0]!.to[0]!.email
