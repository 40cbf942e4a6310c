import type { PortalEvent } from '../../../retailers/portal-event-store.ts'
import { routes } from '../../../routes.ts'
import type { SavedPortalSettings } from '../../../settings/portal-settings-store.ts'
import { Card } from '../../ui/card.tsx'
import { Pill } from '../../ui/pill.tsx'
import { PortalEvents } from '../portal/portal-events.tsx'
import { NoSecret, PortalLink, ReplaceLink } from '../portal/portal-link.tsx'

type NewShopsCardProps = {
  portal: SavedPortalSettings
  /** Null where this deployment makes no links. */
  link: string | null
  isLocal: boolean
  events: PortalEvent[]
  timeZone: string
}

/** The general link: shops that are no retailers yet send a first request with it. */
export const NewShopsCard = ({ portal, link, isLocal, events, timeZone }: NewShopsCardProps) => (
  <Card
    title="Link for new shops"
    id="new-shops"
    actions={<Pill tone={portal.newShopsOpen ? 'green' : 'grey'}>{portal.newShopsOpen ? 'On' : 'Off'}</Pill>}
  >
    <div class="column">
      {!portal.newShopsOpen && (
        <p class="soft">It opens nothing yet: tick “Open to new shops” above and save.</p>
      )}
      {link === null ? (
        <NoSecret />
      ) : (
        <>
          <PortalLink
            {...{ link, isLocal, printHref: routes.newShopsLink() }}
            hint="For your website, a trade fair or a signature. A request that comes through it waits until you link it to a retailer."
          />
          <ReplaceLink
            action={routes.newShopsLink()}
            version={portal.newShopsLinkVersion}
            noun="The link for new shops"
          />
        </>
      )}
      <PortalEvents events={events} timeZone={timeZone} />
    </div>
  </Card>
)
