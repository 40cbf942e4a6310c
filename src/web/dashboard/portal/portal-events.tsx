import type { PortalEvent } from '../../../retailers/portal-event-store.ts'
import { Time } from '../../ui/time.tsx'

const WORDS: Record<PortalEvent['kind'], string> = {
  replaced: 'Link replaced',
  opened: 'Switched on',
  closed: 'Switched off',
  minimum: 'Minimum order changed',
  saved: 'Settings saved',
}

/** Who changed a portal's link or terms lately. */
export const PortalEvents = ({ events, timeZone }: { events: PortalEvent[]; timeZone: string }) =>
  events.length === 0 ? null : (
    <div class="soft small">
      {events.map(({ kind, at, actor }) => (
        <p>
          {WORDS[kind]} · <Time at={at} timeZone={timeZone} /> · {actor.name}
        </p>
      ))}
    </div>
  )
