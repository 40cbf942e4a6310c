import { formatRate } from '../../../money.ts'
import type { LinkingView } from '../../../orders/read-linking.ts'
import type { PickedRetailer } from '../../../retailers/search-retailers.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { TYPE_WORDS } from '../order-words.tsx'

/** Retailers that a request may be of: those with its e-mail address first, then those that are searched for. */
export const PickRetailer = ({ view, search }: { view: LinkingView; search: string }) => {
  const { order, offered, sameEmail } = view
  const action = routes.orderRetailer(order.number)
  const makeNew = (
    <LinkButton icon="add" href={routes.orderRetailer(order.number, { new: '1' })}>
      Make a new retailer
    </LinkButton>
  )
  return (
    <>
      {sameEmail.length > 0 && (
        <Card title={`With the e-mail address ${order.request?.email}`} flush>
          <Picks retailers={sameEmail} number={order.number} />
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
            <Picks retailers={offered} number={order.number} />
          )}
        </Card>
      </div>
    </>
  )
}

const Picks = ({ retailers, number }: { retailers: PickedRetailer[]; number: number }) => (
  <ul class="picks">
    {retailers.map(({ id, name, type, rate, contactName, city }) => (
      <li>
        <a href={routes.orderRetailer(number, { to: id })}>
          {name}{' '}
          <span class="soft">
            {[TYPE_WORDS[type], `keeps ${formatRate(rate)}`, contactName, city].filter(Boolean).join(' · ')}
          </span>
        </a>
      </li>
    ))}
  </ul>
)
