import type { PickedProduct } from '../../../catalog/search-products.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { followsTyping, whileTyping } from '../../ui/follows-typing.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { replacesPage } from './line-form.tsx'
import { OfferedProduct } from './offered-product.tsx'

/** Where the order page adds a line without being left: the answer, a part of a page, appears there. */
export const ADDING = 'adding'
const addsInPlace = (swap: 'innerHTML' | 'innerMorph') => ({ 'hx-target': `#${ADDING}`, 'hx-swap': swap })

/** A link to a step of adding a line that, with a script, is taken in place. */
export const addingLink = (href: string) => ({ 'hx-get': href, ...addsInPlace('innerHTML') })
/** The way back from it. */
export const leavingLink = (href: string) => ({ 'hx-get': href, ...replacesPage(), 'data-leave': '' })

interface Picking {
  number: number
  search: string
  offered: PickedProduct[]
  currency: string
  inPlace: boolean
}

/** The products that can be added to an order, with a search: the first step of adding a line. */
export const ProductPicker = (props: Picking) => {
  const { number, search, inPlace } = props
  const here = routes.newOrderLine(number)
  const leave = routes.order(number)
  // Morphed, so that the field keeps the focus.
  const searches = { 'hx-get': here, ...addsInPlace('innerMorph') }
  return (
    <>
      <form
        class={inPlace ? 'card-body filters' : 'filters'}
        method="get"
        action={here}
        {...(inPlace && searches)}
      >
        <SearchField
          label="Product name or SKU"
          name="q"
          value={search}
          autofocus={inPlace}
          attributes={
            inPlace ? { ...searches, ...whileTyping() } : { 'hx-get': here, ...followsTyping('#offered') }
          }
        />
        <Button>Search</Button>
        {inPlace && (
          <LinkButton kind="quiet" href={leave} attributes={leavingLink(leave)}>
            Leave
          </LinkButton>
        )}
      </form>
      <div id="offered">
        {inPlace ? (
          <Offered {...props} />
        ) : (
          <Card flush>
            <Offered {...props} />
          </Card>
        )}
      </div>
    </>
  )
}

const Offered = ({ number, offered, currency, inPlace }: Picking) =>
  offered.length === 0 ? (
    <Empty title="No product matches" icon="search">
      Try another name or SKU. Products that are on the order already are not offered.
    </Empty>
  ) : (
    <ul class="picks">
      {offered.map((product) => {
        const href = routes.newOrderLine(number, { product: product.id })
        return (
          <li>
            <a href={href} {...(inPlace && addingLink(href))}>
              <OfferedProduct {...{ product, currency }} />
            </a>
          </li>
        )
      })}
    </ul>
  )
