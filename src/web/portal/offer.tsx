import { LISTED_DESCRIPTION_CHARACTERS } from '../../catalog/catalogue-store.ts'
import type { OfferedProduct } from '../../catalog/read-catalogue.ts'
import { formatMoney } from '../../money.ts'
import type { Portal } from '../../retailers/open-portal.ts'
import { routes } from '../../routes.ts'
import { Icon } from '../ui/icon.tsx'
import { Photo } from '../ui/photo.tsx'

/** Where the quantity of a product is typed. */
export const quantityId = (number: number) => `p${number}`

/** One product: what it is, what it costs, and how many. */
export const Offer = (props: {
  product: OfferedProduct
  portal: Portal
  token: string
  value: string
  error?: string
}) => {
  const { product, portal, token, value, error } = props
  const { number, name, caseSize, photo } = product
  const id = quantityId(number)
  const details = routes.portalProduct(token, number)
  return (
    <li class={error ? 'card offer invalid' : 'card offer'}>
      <a class="closer" href={details} aria-label={`View ${name}`}>
        <Photo id={photo} alt="" />
      </a>
      <div>
        <h3>{name}</h3>
        <OfferTerms product={product} portal={portal} />
        <Description text={product.description} details={details} name={name} />
        <div class="stepper">
          <Step name={name} by={-caseSize} />
          <input
            id={id}
            name={id}
            value={value}
            placeholder="0"
            inputmode="numeric"
            autocomplete="off"
            maxlength={6}
            aria-label={`Quantity of ${name}`}
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={error && `${id}-error`}
            data-price={product.unitPrice}
          />
          <Step name={name} by={caseSize} />
        </div>
        {error && (
          <p class="field-error" id={`${id}-error`}>
            <Icon name="error" />
            {error}
          </p>
        )}
      </div>
    </li>
  )
}

/** What a product costs, and how it is counted. */
export const OfferTerms = ({ product, portal }: { product: OfferedProduct; portal: Portal }) => {
  const { unitPrice, retailPrice, sku, caseSize } = product
  const money = (amount: number) => formatMoney(amount, portal.settings.currency)
  return (
    <>
      <p>
        <b>{money(unitPrice)}</b>{' '}
        <span class="soft">
          {portal.type === 'consignment' && 'to us when sold '}· sells at {money(retailPrice)}
        </span>
      </p>
      <p class="soft small">
        {sku}
        {caseSize > 1 && ` · by ${caseSize}`}
      </p>
    </>
  )
}

const Description = ({ text, details, name }: { text: string; details: string; name: string }) => {
  if (text === '') return null
  if (text.length <= LISTED_DESCRIPTION_CHARACTERS) return <p class="small quote">{text}</p>
  return (
    <p class="small quote">
      {text.slice(0, LISTED_DESCRIPTION_CHARACTERS).replace(/\s+\S*$/, '')} …{' '}
      <a href={details} aria-label={`More about ${name}`}>
        More
      </a>
    </p>
  )
}

/** Without a script a number is typed. */
const Step = ({ name, by }: { name: string; by: number }) => (
  <button
    class="button"
    type="button"
    data-by={by}
    aria-label={by > 0 ? `Add ${by} of ${name}` : `Remove ${-by} of ${name}`}
  >
    {by > 0 ? '+' : '−'}
  </button>
)
