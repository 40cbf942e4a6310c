import { dayOf } from '../calendar.ts'

export const TIME_ZONE = 'America/New_York'
const DAY = 86_400_000
const HOUR = 3_600_000

/** The studio opens at half past nine in summer, in UTC, and works eight hours. */
const OPENS_AT = 13.5 * HOUR
const WORKING = 8 * HOUR

/**
 * The moment so many days before `now`, in epoch milliseconds, moved into the working hours of its day. What is less
 * than a day ago stays where it is. Fewer days are never earlier.
 */
export function momentOf(now: number, daysAgo: number): number {
  if (daysAgo < 1) return Math.round(now - daysAgo * DAY)
  const today = Math.floor(now / DAY) * DAY
  const days = Math.ceil(daysAgo)
  return Math.round(today - days * DAY + OPENS_AT + (days - daysAgo) * WORKING)
}

/** The studio's calendar day so many days after a moment. */
export function dayAfter(moment: number, days: number): string {
  return dayOf(moment + days * DAY, TIME_ZONE)
}
