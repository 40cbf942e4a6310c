import type { Bindings } from '../env.ts'
import { mailChannels } from './mailchannels.ts'

/** One e-mail to one recipient, exactly as it is handed over. */
export interface Message {
  /** The address is '' where nothing is sent and none is configured. */
  from: { email: string; name: string }
  to: string
  /** '' leaves it out: answers go to the sender. */
  replyTo: string
  subject: string
  headers: Record<string, string>
  html: string
  text: string
}

/** What became of one attempt. Only after `retry` is it certain that the recipient gets nothing from it. */
export type Outcome =
  | { kind: 'accepted'; providerId: string | null }
  | { kind: 'captured' }
  | { kind: 'refused'; reason: string }
  | { kind: 'retry'; reason: string; afterSeconds?: number }
  | { kind: 'unknown'; reason: string }

/** Where messages leave. */
export interface MailPort {
  /** The sender's address. */
  readonly from: string
  /**
   * Why nothing can be sent now, or null. Asked before a batch of messages: a connection that fails here has
   * certainly sent nothing, while one that fails during `send` leaves the outcome unknown.
   */
  unreachable(): Promise<string | null>
  /** `mailId` comes back with what the provider later tells of the message. */
  send(message: Message, mailId: string): Promise<Outcome>
}

/** The provider, if one is configured; otherwise nothing leaves, and every message is kept to be read. */
export function mailPort({ MAILCHANNELS_API_KEY, MAIL_FROM, MAILCHANNELS_URL }: Bindings): MailPort {
  if (MAILCHANNELS_API_KEY && MAIL_FROM) {
    return mailChannels({ key: MAILCHANNELS_API_KEY, from: MAIL_FROM, url: MAILCHANNELS_URL })
  }
  return {
    from: MAIL_FROM ?? '',
    unreachable: async () => null,
    send: async () => ({ kind: 'captured' }),
  }
}
