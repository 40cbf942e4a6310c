import { Emails, type EmailsSendResponse, MailChannelsClient } from 'mailchannels-sdk'
import { messageOf } from '../db/client.ts'
import type { MailPort, Message, Outcome } from './mail-port.ts'

const PROVIDER_URL = 'https://api.mailchannels.net'
/** Above what a loaded provider takes, below what a queue consumer may wait for a batch. */
const SEND_TIMEOUT_SECONDS = 20
const PROBE_TIMEOUT_SECONDS = 5
/** Reasons are read by people; a provider's error page is not. */
const MAX_REASON_CHARACTERS = 300

/** Answers of a gateway that gave up waiting: the provider behind it may have accepted the message. */
const STATUSES_OF_UNKNOWN_OUTCOME = [504, 520, 524]

export interface MailChannelsAccount {
  key: string
  /** At a domain that is set up for sending. */
  from: string
  /** Another endpoint than the provider's own. */
  url?: string
  timeoutSeconds?: number
}

/** Sends through MailChannels, one request per message. */
export function mailChannels(account: MailChannelsAccount): MailPort {
  const url = account.url ?? PROVIDER_URL
  return {
    from: account.from,
    async unreachable() {
      try {
        const signal = AbortSignal.timeout(PROBE_TIMEOUT_SECONDS * 1000)
        const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal })
        await response.body?.cancel()
        return null
      } catch (error) {
        logFailure('unreachable', error)
        return 'The mail provider could not be reached.'
      }
    },
    async send(message, mailId) {
      const request = new SendRequest(account)
      const { data, error } = await new Emails(request).send({ ...emailFrom(message), campaignId: mailId })
      // The SDK refuses some messages by itself; its answer then looks like that of a lost connection.
      if (!request.sent) return { kind: 'refused', reason: reasonFrom(error?.message ?? '') }
      return error ? outcomeOfError(error, request) : outcomeOfAnswer(data)
    },
  }
}

function emailFrom({ from, to, replyTo, subject, headers, html, text }: Message) {
  return {
    // In a list, because only there the SDK looks at the address.
    ...{ from, to: [{ email: to }], subject, headers, html, text },
    replyTo: replyTo === '' ? undefined : { email: replyTo },
    // What is kept is what arrives: no rewritten links, no tracking picture.
    tracking: { click: false, open: false },
  }
}

/** One POST: never repeated, ended after a while, and remembering what the SDK does not pass on. */
class SendRequest extends MailChannelsClient {
  readonly #timeoutMs: number
  sent = false
  retryAfter: string | null = null

  constructor({ key, url, timeoutSeconds = SEND_TIMEOUT_SECONDS }: MailChannelsAccount) {
    super(key, { baseUrl: url })
    this.#timeoutMs = timeoutSeconds * 1000
  }

  override post<T>(path: string, options?: Parameters<MailChannelsClient['post']>[1]): Promise<T> {
    this.sent = true
    return super.post<T>(path, {
      ...options,
      retry: false,
      timeout: this.#timeoutMs,
      // Without this, an error whose body is not JSON would look like a lost connection.
      parseResponse: jsonOrText,
      onResponse: ({ response }) => {
        this.retryAfter = response.headers.get('retry-after')
      },
    })
  }
}

function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body.trimStart().startsWith('<') ? null : body
  }
}

function outcomeOfError(
  { message, statusCode }: { message: string; statusCode: number | null },
  { retryAfter }: SendRequest,
): Outcome {
  if (statusCode === null) {
    logFailure('no_answer', message)
    return { kind: 'unknown', reason: 'The mail provider did not answer, or the connection was lost.' }
  }
  const details = reasonFrom(message.replace('Unknown error.', '').trim())
  const reason = `The mail provider answered ${statusCode}${details === '' ? '.' : `: ${details}`}`
  if (STATUSES_OF_UNKNOWN_OUTCOME.includes(statusCode)) return { kind: 'unknown', reason }
  if (statusCode !== 429 && statusCode < 500) return { kind: 'refused', reason }
  return { kind: 'retry', reason, afterSeconds: secondsFrom(retryAfter) }
}

/** An HTTP success still says per recipient what became of the message. */
function outcomeOfAnswer(data: EmailsSendResponse['data']): Outcome {
  const result = data?.results?.[0]
  if (result?.status === 'sent') {
    return { kind: 'accepted', providerId: result.messageId ?? data?.requestId ?? null }
  }
  if (result?.status === 'failed') {
    const details = reasonFrom(result.reason ?? '')
    return { kind: 'refused', reason: details || 'The mail provider refused this recipient.' }
  }
  return { kind: 'unknown', reason: 'The mail provider answered something that could not be read.' }
}

/** Retry-After in seconds; its other form, a date, is left to the usual delays. */
function secondsFrom(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : undefined
}

function reasonFrom(text: string): string {
  return text.length > MAX_REASON_CHARACTERS ? `${text.slice(0, MAX_REASON_CHARACTERS)}…` : text
}

function logFailure(what: string, error: unknown) {
  console.warn(JSON.stringify({ event: `mail.${what}`, message: messageOf(error) }))
}
