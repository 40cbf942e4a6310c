import type { Order } from '../../../orders/order.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { fieldId, TextField } from '../../ui/field.tsx'

const LINK = 'link'

/** The link that shows a statement to the retailer, to be copied, and the way to withdraw it. */
export const ShareCard = (props: {
  order: Order
  /** Null where this deployment has no secret to sign it with. */
  link: string | null
  /** True where only this machine can open it. */
  isLocal: boolean
  changeId: string
}) => {
  const { order, link, isLocal, changeId } = props
  if (link === null) {
    return (
      <Banner tone="info">
        <p>
          Statements cannot be shared by a link yet: the secret <code>LINK_SECRET</code> is not set.
        </p>
      </Banner>
    )
  }
  return (
    <Card title="Share with the retailer" id="share">
      <TextField
        label="Link"
        name={LINK}
        value={link}
        readonly
        hint={`Whoever has it sees this statement as it stands then, without internal notes.${
          isLocal ? ' Counterfoil runs on this machine only, so nobody else can open it yet.' : ''
        }`}
      />
      <div class="row">
        <Button type="button" icon="copy" attributes={{ 'data-copy': fieldId(LINK) }}>
          Copy link
        </Button>
        <LinkButton kind="quiet" icon="external" href={link}>
          Open it
        </LinkButton>
      </div>
      <details class="disclosure">
        <summary>Replace the link</summary>
        <form class="form" method="post" action={routes.orderLink(order.number)}>
          <input type="hidden" name="changeId" value={changeId} />
          <input type="hidden" name="revision" value={String(order.revision)} />
          <p>Every link to this statement that was made before stops working at once, for good.</p>
          <div class="row">
            <Button kind="danger">Replace link</Button>
          </div>
        </form>
      </details>
    </Card>
  )
}
