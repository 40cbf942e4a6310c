import { decimalOf, formatMoney } from '../../../money.ts'
import type { PortalEvent } from '../../../retailers/portal-event-store.ts'
import type { Retailer } from '../../../retailers/retailer.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { MoneyField } from '../../ui/field.tsx'
import { Pill } from '../../ui/pill.tsx'
import { PortalEvents } from '../portal/portal-events.tsx'
import { NoSecret, PortalLink, ReplaceLink } from '../portal/portal-link.tsx'

/** A minimum that could not be saved, as it was typed. */
export interface RefusedMinimum {
  typed: string
  message: string
}

type PortalCardProps = {
  retailer: Retailer
  /** Null where this deployment makes no links. */
  link: string | null
  isLocal: boolean
  /** Of the e-mail that the form would send: sent twice, it is one. */
  mailId: string
  events: PortalEvent[]
  currency: string
  timeZone: string
  /** What goes for retailers without a minimum of their own, in minor units. */
  businessMinimum: number
  refused?: RefusedMinimum
}

/** A retailer's way into the portal: its link, and on what terms it orders there. */
export const PortalCard = (props: PortalCardProps) => {
  const { retailer, link, isLocal, mailId, events, timeZone } = props
  const isOpen = retailer.portalOpen && retailer.active
  return (
    <Card
      title="Portal link"
      id="portal"
      actions={
        <div class="row">
          <Pill tone={isOpen ? 'green' : 'grey'}>{isOpen ? 'On' : 'Off'}</Pill>
          {retailer.active && <AccessForm retailer={retailer} />}
        </div>
      }
    >
      <div class="column">
        {!retailer.active && <p class="soft">The link opens nothing while {retailer.name} is inactive.</p>}
        {retailer.active && !retailer.portalOpen && (
          <p class="soft">The link opens nothing while it is switched off.</p>
        )}
        {link === null ? (
          <NoSecret />
        ) : (
          <PortalLink
            {...{ link, isLocal, printHref: routes.retailerLink(retailer.id) }}
            hint={`Whoever has it orders as ${retailer.name}, at its prices, and sees its orders.`}
          >
            {isOpen && retailer.email !== '' && (
              <form method="post" action={routes.retailerInvitation(retailer.id)}>
                <input type="hidden" name="id" value={mailId} />
                <Button icon="mail">Send by e-mail</Button>
              </form>
            )}
          </PortalLink>
        )}
        <MinimumForm {...props} />
        {link !== null && (
          <ReplaceLink
            action={routes.retailerLink(retailer.id)}
            version={retailer.portalLinkVersion}
            noun={`The link that ${retailer.name} has`}
          />
        )}
        <PortalEvents events={events} timeZone={timeZone} />
      </div>
    </Card>
  )
}

/** The button that switches the portal off or on; also the Undo of having done so. */
export const AccessForm = ({ retailer, label }: { retailer: Retailer; label?: string }) => (
  <form method="post" action={routes.retailerAccess(retailer.id)}>
    <input type="hidden" name="open" value={retailer.portalOpen ? 'no' : 'yes'} />
    <Button kind="quiet">{label ?? (retailer.portalOpen ? 'Switch off' : 'Switch on')}</Button>
  </form>
)

const MinimumForm = ({ retailer, currency, businessMinimum, refused }: PortalCardProps) => {
  const { minimumOrder } = retailer
  const general = businessMinimum === 0 ? 'none' : formatMoney(businessMinimum, currency)
  return (
    <form class="form" method="post" action={routes.retailerMinimum(retailer.id)} novalidate>
      <input type="hidden" name="currency" value={currency} />
      <div class="prose">
        <MoneyField
          label="Minimum order"
          name="minimumOrder"
          currency={currency}
          value={refused?.typed ?? minimumText(minimumOrder, currency)}
          error={refused?.message}
          hint={`Empty: ${general}, as for the whole business. 0: none.`}
        />
      </div>
      <div class="row">
        <Button>Save minimum</Button>
      </div>
    </form>
  )
}

function minimumText(minimum: number | null, currency: string): string {
  return minimum === null ? '' : decimalOf(minimum, currency)
}
