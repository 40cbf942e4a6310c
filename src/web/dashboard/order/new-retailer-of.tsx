import type { Order } from '../../../orders/order.ts'
import type { Problem } from '../../../result.ts'
import { rateText } from '../../../retailers/rate.ts'
import { routes } from '../../../routes.ts'
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
}) => {
  const { order, retailerId, changeId, revision, typed, problems } = props
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
    </RetailerForm>
  )
}
