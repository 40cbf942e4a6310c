import type { Outcome } from './mail-port.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The wait after each failed attempt; almost two days in all. After the last one the message is parked as failed. */
export const RETRY_DELAYS_MS = [
  ...[1 * MINUTE, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR],
]
/** A provider that asks for more is asked again after a day all the same. */
const MAX_DELAY_MS = 24 * HOUR

/** What an attempt leaves in its row. */
export interface Settled {
  id: string
  /** The attempt that it belongs to, counted from 1. */
  attempts: number
  status: 'queued' | 'sent' | 'captured' | 'failed' | 'unknown'
  /** When a queued row is to be sent, epoch milliseconds. */
  dueAt: number | null
  providerId: string | null
  reason: string | null
}

/** The state that the outcome of an attempt brings (DOMAIN.md §7): only what certainly was not sent is tried again. */
export function settle(mail: { id: string; attempts: number }, outcome: Outcome, now: number): Settled {
  const { id, attempts } = mail
  const ended = (status: Settled['status'], reason: string | null, providerId: string | null = null) => ({
    ...{ id, attempts, status, dueAt: null, providerId, reason },
  })
  switch (outcome.kind) {
    case 'accepted':
      return ended('sent', null, outcome.providerId)
    case 'captured':
      return ended('captured', null)
    case 'refused':
      return ended('failed', outcome.reason)
    case 'unknown':
      return ended('unknown', outcome.reason)
    case 'retry': {
      const delay = RETRY_DELAYS_MS[attempts - 1]
      if (delay === undefined) return ended('failed', outcome.reason)
      const asked = Math.min((outcome.afterSeconds ?? 0) * 1000, MAX_DELAY_MS)
      return { ...ended('queued', outcome.reason), dueAt: now + Math.max(delay, asked) }
    }
  }
}
