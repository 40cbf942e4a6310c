import type { PickedRetailer } from '../../../retailers/search-retailers.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { RetailerPicks } from '../retailers/retailer-picks.tsx'
import { type OrderQuery, parametersOf, urlOf } from './order-query.ts'

/** Retailers to filter the orders list by, each as a link to the list. */
export const RetailerChoice = (props: { retailers: PickedRetailer[]; search: string; query: OrderQuery }) => {
  const { retailers, search, query } = props
  return (
    <>
      <form class="filters" method="get" action={routes.ordersOfRetailer()}>
        {parametersOf(query).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <SearchField
          label="Retailer"
          name="name"
          value={search}
          placeholder="Name, contact or city"
          autofocus
        />
        <Button>Search</Button>
      </form>
      <Card flush>
        {retailers.length === 0 ? (
          <Empty title="No retailer matches">
            Try another name. Inactive retailers are found through their page.
          </Empty>
        ) : (
          <RetailerPicks
            retailers={retailers}
            hrefOf={(retailerId) => urlOf({ ...query, filter: { ...query.filter, retailerId } })}
          />
        )}
      </Card>
    </>
  )
}
