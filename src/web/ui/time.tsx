import { html, raw } from 'hono/html'
import { dateAndTime, dayText, relativeTime } from './time-text.ts'

type TimeProps = {
  /** Epoch milliseconds, UTC. */
  at: number
  /** IANA name of the business's zone. */
  timeZone: string
  /** Epoch milliseconds; when given, the distance is shown ("4 min ago") until app.js puts the moment itself there. */
  now?: number
}

// As text: lists show a hundred of them, and elements take many times as long to build.

/** A moment in the business's zone: "23 Nov 2026, 16:04". */
export const Time = ({ at, timeZone, now }: TimeProps) => {
  const full = dateAndTime(at, timeZone)
  const datetime = new Date(at).toISOString()
  const text = now === undefined ? full : relativeTime(at, now, timeZone)
  // What counts from now is soon wrong.
  const isRelative = /(now|ago)$/.test(text)
  const title = isRelative || text !== full ? ` title="${full}"` : ''
  const relative = isRelative ? ' data-relative-time' : ''
  // Nothing but digits and our own words: there is nothing to escape.
  return raw(`<time class="nowrap" datetime="${datetime}"${title}${relative}>${text}</time>`)
}

/** An order's date, 'YYYY-MM-DD', which belongs to no zone: "23 Nov 2026". */
export const Day = ({ date }: { date: string }) =>
  html`<time class="nowrap" datetime="${date}">${dayText(date)}</time>`
