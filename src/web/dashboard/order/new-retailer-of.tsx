import { formatMoney } from '../../../money.ts'
import type { Order } from '../../../orders/order.ts'
import { totalsOf } from '../../../orders/totals.ts'
import type { Problem } from '../../../result.ts'
import { rateText } from '../../../retailers/rate.ts'
import { routes } from '../../../routes.ts'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { RetailerForm, type TypedRetailer } from '../retailers/retailer-form.tsx'

/** The form of a new retailer as the request describes it. */
export function typedFrom({ request, type, rate }: Order): TypedRetailer {
  const { businessName = '', contactName = '', email = '', phone = '', street = '' } = request ?? {}
  const { city = '', region = '', postcode = '', country = '' } = request ?? {}
  return {
    ...{ name: businessName, type, rate: rateText(rate), contactName, email, phone, street, city, region },
    ...{ postcode, country, notes: '' },
  }
}

/** Makes a retailer of a request and links it, in one step. */
export const NewRetailerOf = (props: {
  order: Order
  retailerId: string
  changeId: string
  revision: string
  typed: TypedRetailer
  problems: Problem[]
  currency: string
  ownPrices: boolean
}) => {
  const { order, retailerId, changeId, revision, typed, problems, currency, ownPrices } = props
  const net = totalsOf(order.type, order.lines, order).netTotal
  return (
    <RetailerForm
      {...{ typed, problems }}
      leadsTo={{
        action: routes.orderRetailer(order.number),
        button: 'Add retailer and link',
        cancelHref: routes.orderRetailer(order.number),
      }}
    >
      <input type="hidden" name="new" value="yes" />
      <input type="hidden" name="retailerId" value={retailerId} />
      <input type="hidden" name="changeId" value={changeId} />
      <input type="hidden" name="revision" value={revision} />
      <Card title={`Order ${order.number}`}>
        <Checkbox
          label="Price it at the new retailer’s terms"
          name="ownPrices"
          checked={ownPrices}
          hint={`Otherwise the prices stay as the shop saw them, and the net total ${formatMoney(net, currency)}.`}
        />
      </Card>
    </RetailerForm>
  )
}
