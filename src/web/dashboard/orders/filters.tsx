import {
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  PAYMENT_STATUS_WORDS,
  PAYMENT_STATUSES,
} from '../../../orders/order.ts'
import { isFiltered, NO_FILTER, type OrderFilter } from '../../../orders/order-filter.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { TYPE_WORDS } from '../order-words.tsx'
import { conditionsOf } from './filter-words.ts'
import { type OrderQuery, parametersOf, urlOf } from './order-query.ts'

/** One form for everything the list can be narrowed by, and a chip for each filter that is on. */
export const Filters = ({ query, retailerName }: { query: OrderQuery; retailerName: string | null }) => {
  const { filter, ordering } = query
  return (
    <>
      <form class="filters" method="get" action={routes.orders()}>
        <SearchField
          label="Search orders"
          name="q"
          value={filter.search}
          placeholder="Order, retailer, SKU, tracking, PO"
        />
        <Button>Search</Button>
        {filter.retailerId && <input type="hidden" name="retailer" value={filter.retailerId} />}
        {ordering.sort !== 'number' && <input type="hidden" name="sort" value={ordering.sort} />}
        {!ordering.descending && <input type="hidden" name="direction" value="asc" />}
        <details class="disclosure">
          <summary>Filters</summary>
          <FilterFields query={query} />
        </details>
      </form>
      <Chips query={query} retailerName={retailerName} />
    </>
  )
}

const FilterFields = ({ query }: { query: OrderQuery }) => (
  <div class="form">
    <div class="fields">
      <fieldset>
        <legend>Order status</legend>
        {ORDER_STATUSES.map((status) => (
          <Checkbox
            label={ORDER_STATUS_WORDS[status]}
            name="status"
            id={`status-${status}`}
            value={status}
            checked={query.filter.statuses.includes(status)}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>Payment status</legend>
        {PAYMENT_STATUSES.map((status) => (
          <Checkbox
            label={PAYMENT_STATUS_WORDS[status]}
            name="payment"
            id={`payment-${status}`}
            value={status}
            checked={query.filter.paymentStatuses.includes(status)}
          />
        ))}
      </fieldset>
      <div class="column">
        <SelectField
          label="Type"
          name="type"
          value={query.filter.type ?? ''}
          options={[
            { value: '', label: 'Any' },
            { value: 'wholesale', label: TYPE_WORDS.wholesale },
            { value: 'consignment', label: TYPE_WORDS.consignment },
          ]}
        />
        <TextField label="Date from" name="from" type="date" value={query.filter.from} />
        <TextField label="Date to" name="to" type="date" value={query.filter.to} />
      </div>
    </div>
    <div class="row">
      <Button kind="primary">Apply filters</Button>
      <LinkButton href={routes.ordersOfRetailer(parametersOf(query))}>Choose a retailer</LinkButton>
    </div>
  </div>
)

const Chips = ({ query, retailerName }: { query: OrderQuery; retailerName: string | null }) => {
  const { filter } = query
  if (!isFiltered(filter)) return null
  const without = (change: Partial<OrderFilter>) => urlOf({ ...query, filter: { ...filter, ...change } })
  return (
    <div class="row">
      {conditionsOf(filter, retailerName).map((condition) => (
        <Chip label={condition.label} href={without(condition.without)} />
      ))}
      <LinkButton kind="quiet" size="compact" href={urlOf({ ...query, filter: NO_FILTER })}>
        Clear filters
      </LinkButton>
    </div>
  )
}
