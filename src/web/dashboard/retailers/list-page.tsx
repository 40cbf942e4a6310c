import { formatRate } from '../../../money.ts'
import type { RetailerList } from '../../../retailers/list-retailers.ts'
import { RETAILER_TYPES } from '../../../retailers/retailer.ts'
import type { RetailerFilter } from '../../../retailers/retailer-store.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField } from '../../ui/field.tsx'
import { followsTyping } from '../../ui/follows-typing.ts'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { TYPE_WORDS } from '../order-words.tsx'

interface Props {
  list: RetailerList
  filter: RetailerFilter
  search: string
}

const urlOf = (filter: RetailerFilter, search: string, page: Record<string, string> = {}) =>
  routes.retailers({ show: filter.active ? '' : 'inactive', type: filter.type ?? '', q: search, ...page })

/** The retailers by name: active and inactive ones as tabs, by type, and a search. */
export const RetailersPage = ({ list, filter, search }: Props) => {
  const { rows, hasPrevious, hasNext } = list
  const [first, last] = [rows[0], rows.at(-1)]
  const tab = (label: string, active: boolean) => ({
    ...{ label, href: urlOf({ ...filter, active }, search), isCurrent: filter.active === active },
  })
  return (
    <>
      <Tabs label="Retailers" tabs={[tab('Active', true), tab('Inactive', false)]} />
      <Filters filter={filter} search={search} />
      <div class="column" id="retailers">
        {list.isCut && (
          <Banner tone="info">
            <p>Many retailers match; these are the newest {rows.length}. Type more of the name.</p>
          </Banner>
        )}
        <Card flush>
          {rows.length > 0 ? <RetailersTable rows={rows} /> : <NoRetailers filter={filter} search={search} />}
        </Card>
        <Pagination
          newerLabel="Previous"
          olderLabel="Next"
          newerHref={hasPrevious && first ? urlOf(filter, '', { before: String(first.number) }) : undefined}
          olderHref={hasNext && last ? urlOf(filter, '', { after: String(last.number) }) : undefined}
        />
      </div>
    </>
  )
}

const Filters = ({ filter, search }: Omit<Props, 'list'>) => (
  <form class="filters" method="get" action={routes.retailers()}>
    {!filter.active && <input type="hidden" name="show" value="inactive" />}
    <SearchField
      label="Search retailers"
      name="q"
      value={search}
      placeholder="Name, contact, e-mail or city"
      attributes={{
        ...{ 'hx-get': routes.retailers(), 'hx-include': 'closest form', 'hx-push-url': 'true' },
        ...followsTyping('#retailers'),
      }}
    />
    <SelectField
      label="Type"
      hideLabel
      name="type"
      value={filter.type ?? ''}
      options={[
        { value: '', label: 'Both types' },
        ...RETAILER_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] })),
      ]}
    />
    <Button>Filter</Button>
    {(search !== '' || filter.type) && (
      <LinkButton kind="quiet" href={urlOf({ active: filter.active }, '')}>
        Clear
      </LinkButton>
    )}
  </form>
)

const RetailersTable = ({ rows }: { rows: RetailerList['rows'] }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Retailer</th>
        <th scope="col">Type</th>
        <th scope="col">City</th>
        <th scope="col">Contact</th>
        <th scope="col">E-mail</th>
        <th scope="col" class="number">
          Keeps
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr>
          <td class="grow">
            <a class="row-link" href={routes.retailer(row.id)}>
              {row.name}
            </a>
          </td>
          <td>{TYPE_WORDS[row.type]}</td>
          <td class="second">{row.city}</td>
          <td class="wide">{row.contactName}</td>
          <td class="wide">{row.email === '' ? <span class="soft">No e-mail address</span> : row.email}</td>
          <td class="number second last" data-label="Keeps">
            {formatRate(row.rate)}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const NoRetailers = ({ filter, search }: Omit<Props, 'list'>) => {
  if (search !== '' || filter.type) {
    return (
      <Empty
        title="No retailer matches"
        icon="search"
        actions={<LinkButton href={urlOf({ active: filter.active }, '')}>Clear filters</LinkButton>}
      >
        {filter.active
          ? 'Inactive retailers have a tab of their own.'
          : 'Active retailers have a tab of their own.'}
      </Empty>
    )
  }
  if (!filter.active) {
    return (
      <Empty title="No inactive retailers" icon="store">
        Retailers are never deleted. One that you no longer sell to can be made inactive on its page.
      </Empty>
    )
  }
  return (
    <Empty
      title="No active retailers yet"
      icon="store"
      actions={
        <LinkButton kind="primary" href={routes.newRetailer()}>
          Add retailer
        </LinkButton>
      }
    >
      The shops that you sell through stand here.
    </Empty>
  )
}
