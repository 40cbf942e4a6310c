import { formatMoney, formatRate } from '../../../money.ts'
import type { Order } from '../../../orders/order.ts'
import type { Choice } from '../../../orders/read-linking.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { TYPE_WORDS } from '../order-words.tsx'

/** What linking a request to the chosen retailer does, and the button that does it. */
export const ConfirmLink = (props: {
  order: Order
  choice: Choice
  currency: string
  changeId: string
  revision: string
  ownPrices: boolean
}) => {
  const { order, choice, currency, changeId, revision, ownPrices } = props
  const { retailer, netKept, netAtOwnPrices } = choice
  const money = (amount: number) => formatMoney(amount, currency)
  const action = routes.orderRetailer(order.number)
  return (
    <Card title={retailer.name}>
      <form class="form prose" method="post" action={action}>
        <input type="hidden" name="changeId" value={changeId} />
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="retailerId" value={retailer.id} />
        <p>
          The order becomes one of {retailer.name}: {TYPE_WORDS[retailer.type].toLowerCase()}, retailer keeps{' '}
          {formatRate(retailer.rate)}. {retailer.name} sees it in its portal
          {retailer.email === ''
            ? ', and has no e-mail address: nobody there is written to.'
            : `, and e-mails about it go to ${retailer.email}.`}
        </p>
        {netAtOwnPrices === netKept ? (
          <p class="soft">The prices that the shop saw are those of {retailer.name}.</p>
        ) : (
          <Checkbox
            label={`Use ${retailer.name}’s own prices`}
            name="ownPrices"
            checked={ownPrices}
            hint={`Net total ${money(netKept)} → ${money(netAtOwnPrices)}. Otherwise the prices stay as the shop saw them.`}
          />
        )}
        <div class="row">
          <Button kind="primary">{`Link to ${retailer.name}`}</Button>
          <LinkButton kind="quiet" href={action}>
            Choose another one
          </LinkButton>
        </div>
      </form>
    </Card>
  )
}
