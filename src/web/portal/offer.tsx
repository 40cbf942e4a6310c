import type { OfferedProduct } from '../../catalog/read-catalogue.ts'
import { formatMoney } from '../../money.ts'
import type { Portal } from '../../retailers/open-portal.ts'
import { Icon } from '../ui/icon.tsx'
import { Photo } from '../ui/photo.tsx'

/** What a list shows of a description ends here. */
const SHOWN_CHARACTERS = 300

/** One product: what it is, what it costs, and how many. */
export const Offer = (props: { product: OfferedProduct; portal: Portal; value: string; error?: string }) => {
  const { product, portal, value, error } = props
  const { number, name, sku, caseSize, description, photo } = product
  const id = `p${number}`
  return (
    <li class={error ? 'card offer invalid' : 'card offer'}>
      <Photo id={photo} alt="" />
      <div>
        <h3>{name}</h3>
        <Prices product={product} portal={portal} />
        <p class="soft small">
          {sku}
          {caseSize > 1 && ` · by ${caseSize}`}
        </p>
        {description !== '' && <p class="small quote">{shortened(description)}</p>}
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

const Prices = ({ product, portal }: { product: OfferedProduct; portal: Portal }) => {
  const money = (amount: number) => formatMoney(amount, portal.settings.currency)
  return (
    <p>
      <b>{money(product.unitPrice)}</b>{' '}
      <span class="soft">
        {portal.type === 'consignment' && 'to us when sold '}· sells at {money(product.retailPrice)}
      </span>
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

function shortened(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text
  return `${text.slice(0, SHOWN_CHARACTERS).replace(/\s+\S*$/, '')} …`
}
