import type { AddressTrouble } from '../../mail/address-verdict-store.ts'
import { routes } from '../../routes.ts'
import { Banner } from '../ui/banner.tsx'
import { Time } from '../ui/time.tsx'

/** Says that an address does not take e-mail, until it is changed or one arrives there. */
export const AddressTroubleBanner = (props: {
  trouble: AddressTrouble
  /** Whose address it is; null for a shop that is no retailer yet. */
  retailerId: string | null
  timeZone: string
}) => {
  const { mailId, recipient, status, at, reason } = props.trouble
  const title =
    status === 'bounced' ? `E-mail to ${recipient} bounced` : `${recipient} reported an e-mail as spam`
  return (
    <Banner tone="warning" title={title}>
      <p>
        <Time at={at} timeZone={props.timeZone} />
        {status === 'bounced' && reason !== null && `: ${reason}`}
      </p>
      <p class="row">
        {props.retailerId !== null && <a href={routes.editRetailer(props.retailerId)}>Change the address</a>}
        <a href={routes.mail(mailId)}>View the e-mail</a>
      </p>
    </Banner>
  )
}
