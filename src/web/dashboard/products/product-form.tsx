import type { CreateProductInput } from '../../../catalog/create-product.ts'
import {
  MAX_COLLECTION_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_SKU_CHARACTERS,
} from '../../../catalog/product.ts'
import type { Product } from '../../../catalog/product-store.ts'
import { decimalOf } from '../../../money.ts'
import type { Problem } from '../../../result.ts'
import type { Form } from '../../form.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Checkbox, MoneyField, NumberField, TextArea, TextField } from '../../ui/field.tsx'
import { type Difference, SavedMeanwhile } from '../saved-meanwhile.tsx'

/** What stands in the form: from the product, or as it was typed when it was refused. */
export interface ProductValues {
  sku: string
  name: string
  collection: string
  description: string
  retailPrice: string
  wholesalePrice: string
  caseSize: string
  stockTracked: boolean
  lowStockThreshold: string
  listed: boolean
}

export const newProductValues: ProductValues = {
  ...{ sku: '', name: '', collection: '', description: '', retailPrice: '', wholesalePrice: '' },
  ...{ caseSize: '1', stockTracked: true, lowStockThreshold: '', listed: true },
}

export function valuesOf(product: Product, currency: string): ProductValues {
  const { sku, name, collection, description, wholesalePrice, stockTracked, lowStockThreshold } = product
  return {
    ...{ sku, name, collection, description, stockTracked, listed: product.listed },
    retailPrice: decimalOf(product.retailPrice, currency),
    wholesalePrice: wholesalePrice === null ? '' : decimalOf(wholesalePrice, currency),
    caseSize: String(product.caseSize),
    lowStockThreshold: lowStockThreshold === null ? '' : String(lowStockThreshold),
  }
}

export function typedValues(form: Form): ProductValues {
  const text = (name: keyof ProductValues) => form.text(name)
  return {
    ...{ sku: text('sku'), name: text('name'), collection: text('collection') },
    ...{ description: text('description'), retailPrice: text('retailPrice') },
    ...{ wholesalePrice: text('wholesalePrice'), caseSize: text('caseSize') },
    ...{ stockTracked: form.checked('stockTracked'), lowStockThreshold: text('lowStockThreshold') },
    listed: form.checked('listed'),
  }
}

/** The form as numbers; what cannot be read is NaN, which the use case refuses with all else that is wrong. */
export function fieldsFrom(form: Form): Omit<CreateProductInput, 'id'> {
  const price = (name: 'retailPrice' | 'wholesalePrice') => {
    const amount = form.moneyOrNull(name)
    return form.problems.some((problem) => problem.field === name) ? Number.NaN : amount
  }
  const isUnset = (name: keyof ProductValues) => form.text(name).trim() === ''
  return {
    ...typedValues(form),
    retailPrice: price('retailPrice') ?? Number.NaN,
    wholesalePrice: price('wholesalePrice'),
    caseSize: form.whole('caseSize'),
    lowStockThreshold: isUnset('lowStockThreshold') ? null : form.whole('lowStockThreshold'),
  }
}

interface ProductFormProps {
  action: string
  /** What makes the form this one: the new product's id, or the revision that is edited. */
  hidden: Record<string, string>
  values: ProductValues
  problems: Problem[]
  collections: string[]
  currency: string
  button: string
  cancelHref: string
  /** What stands there now, where somebody saved in the meantime. */
  current?: ProductValues
}

/** The form of a product, new or not. */
export const ProductForm = (props: ProductFormProps) => {
  const { values, problems, currency } = props
  const errorOf = (name: string) => problems.find(({ field }) => field === name)?.message
  const text = (name: Exclude<keyof ProductValues, 'stockTracked' | 'listed'>) => ({
    ...{ name, label: LABELS[name], value: values[name], error: errorOf(name) },
  })
  return (
    <form class="form" method="post" action={props.action} novalidate>
      <ErrorSummary
        problems={problems.map(({ field, message }) => ({
          ...{ message, name: field in LABELS ? field : undefined },
        }))}
      />
      {props.current && <SavedMeanwhile differences={differences(props.current, values)} />}
      {Object.entries({ ...props.hidden, currency }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="order">
        <div class="column">
          <Card title="Product">
            <div class="form">
              <TextField {...text('name')} required maxlength={MAX_NAME_CHARACTERS} />
              <div class="fields">
                <TextField
                  {...text('sku')}
                  required
                  maxlength={MAX_SKU_CHARACTERS}
                  hint="Its own short code, like MUG-SEA"
                />
                <TextField {...text('collection')} maxlength={MAX_COLLECTION_CHARACTERS} list="collections" />
                <datalist id="collections">
                  {props.collections.map((collection) => (
                    <option value={collection}></option>
                  ))}
                </datalist>
              </div>
              <TextArea {...text('description')} />
            </div>
          </Card>
        </div>
        <div class="column">
          <Card title="Selling">
            <div class="form">
              <div class="fields">
                <MoneyField {...text('retailPrice')} required currency={currency} />
                <MoneyField
                  {...text('wholesalePrice')}
                  currency={currency}
                  hint="Empty: the retailer’s rate decides"
                />
                <NumberField {...text('caseSize')} required hint="Retailers order in steps of it" />
              </div>
              <Checkbox
                name="listed"
                label={LABELS.listed}
                checked={values.listed}
                hint="Retailers see it in their portal"
              />
            </div>
          </Card>
          <Card title="Stock">
            <div class="form">
              <Checkbox
                name="stockTracked"
                label={LABELS.stockTracked}
                checked={values.stockTracked}
                hint="Off: orders take it without counting"
              />
              <NumberField {...text('lowStockThreshold')} hint="At this many available. Empty: no warning" />
            </div>
          </Card>
        </div>
      </div>
      <div class="actions">
        <Button kind="primary">{props.button}</Button>
        <LinkButton kind="quiet" href={props.cancelHref}>
          Cancel
        </LinkButton>
      </div>
    </form>
  )
}

/** How the fields of a product are called, in the form and among its changes. */
export const LABELS: Record<keyof ProductValues, string> = {
  sku: 'SKU',
  name: 'Name',
  collection: 'Collection',
  description: 'Description',
  retailPrice: 'Retail price',
  wholesalePrice: 'Wholesale price',
  caseSize: 'Case size',
  stockTracked: 'Track its stock',
  lowStockThreshold: 'Low stock warning',
  listed: 'Listed for retail',
}

function differences(current: ProductValues, typed: ProductValues): Difference[] {
  const words = (value: string | boolean) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : value)
  return (Object.keys(LABELS) as (keyof ProductValues)[])
    .filter((name) => current[name] !== typed[name])
    .map((name) => ({ label: LABELS[name], saved: words(current[name]), typed: words(typed[name]) }))
}
