import { dateAndTime, dayText, relativeTime } from './time-text.ts'

type TimeProps = {
  /** Epoch milliseconds, UTC. */
  at: number
  /** IANA name of the business's zone. */
  timeZone: string
  /** Epoch milliseconds; when given, the distance is shown ("4 min ago") until app.js puts the moment itself there. */
  now?: number
}

/** A moment in the business's zone: "23 Nov 2026, 16:04". */
export const Time = ({ at, timeZone, now }: TimeProps) => {
  const full = dateAndTime(at, timeZone)
  const datetime = new Date(at).toISOString()
  const text = now === undefined ? full : relativeTime(at, now, timeZone)
  // What counts from now is soon wrong.
  return /(now|ago)$/.test(text) ? (
    <time class="nowrap" datetime={datetime} title={full} data-relative-time>
      {text}
    </time>
  ) : (
    <time class="nowrap" datetime={datetime} title={text === full ? undefined : full}>
      {text}
    </time>
  )
}

/** An order's date, 'YYYY-MM-DD', which belongs to no zone: "23 Nov 2026". */
export const Day = ({ date }: { date: string }) => (
  <time class="nowrap" datetime={date}>
    {dayText(date)}
  </time>
)
