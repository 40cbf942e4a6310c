import type { PropsWithChildren } from 'hono/jsx'
import { Time } from '../ui/time.tsx'

type TimelineEntryProps = {
  title: string
  /** Epoch milliseconds. */
  at: number
  timeZone: string
  /** The name of who did it; nothing where nobody knows. */
  by?: string
}

/** An entry of `ol.timeline`: what was done, when and by whom, and below it what changed. */
export const TimelineEntry = ({
  title,
  at,
  timeZone,
  by,
  children,
}: PropsWithChildren<TimelineEntryProps>) => (
  <li>
    <div class="timeline-head">
      <b>{title}</b>{' '}
      <span class="when">
        <Time at={at} timeZone={timeZone} />
        {by && ` · ${by}`}
      </span>
    </div>
    {children}
  </li>
)

/** A field, before → after, in words. */
export const FieldChange = ({ label, from, to }: { label: string; from: string; to: string }) => (
  <p class="soft">
    {label}: {from} → {to}
  </p>
)
