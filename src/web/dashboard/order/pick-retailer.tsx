import type { LinkingView } from '../../../orders/read-linking.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { RetailerPicks } from '../retailers/retailer-picks.tsx'

/** Retailers that a request may be of: those with its e-mail address first, then those that are searched for. */
export const PickRetailer = ({ view, search }: { view: LinkingView; search: string }) => {
  const { order, offered, sameEmail } = view
  const action = routes.orderRetailer(order.number)
  const hrefOf = (to: string) => routes.orderRetailer(order.number, { to })
  const makeNew = (
    <LinkButton icon="add" href={routes.orderRetailer(order.number, { new: '1' })}>
      Make a new retailer
    </LinkButton>
  )
  return (
    <>
      {sameEmail.length > 0 && (
        <Card title={`With the e-mail address ${order.request?.email}`} flush>
          <RetailerPicks retailers={sameEmail} hrefOf={hrefOf} />
        </Card>
      )}
      <form class="filters" method="get" action={action}>
        <SearchField
          label="Retailer"
          name="q"
          value={search}
          placeholder="Name, contact or city"
          autofocus
          attributes={{
            ...{ 'hx-get': action, 'hx-trigger': 'input changed delay:200ms', 'hx-target': '#retailers' },
            ...{ 'hx-select': '#retailers', 'hx-swap': 'outerHTML' },
          }}
        />
        <Button>Search</Button>
        {makeNew}
      </form>
      <div id="retailers">
        <Card flush>
          {offered.length === 0 ? (
            <Empty title={search === '' ? 'No retailers yet' : 'No retailer matches'}>
              Inactive retailers are not offered. Try another name, or make a new retailer of the request.
            </Empty>
          ) : (
            <RetailerPicks retailers={offered} hrefOf={hrefOf} />
          )}
        </Card>
      </div>
    </>
  )
}
