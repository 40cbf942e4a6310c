import type { DraftView } from '../../../orders/read-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, MoneyField, TextField } from '../../ui/field.tsx'
import { AMOUNTS } from '../order-words.tsx'
import type { Cart } from './cart.ts'
import { changesCart } from './cart-swaps.ts'

/** What goes for the whole order beside its lines. */
export const TermsCard = (props: {
  cart: Cart
  view: DraftView
  errorOf: (field: string) => string | undefined
}) => {
  const { cart, view, errorOf } = props
  const { currency } = view.frame.settings
  return (
    <Card title="Terms">
      <div class="form">
        {view.retailer?.type === 'wholesale' && (
          <Checkbox
            label="Pull from On Hand"
            name="pull"
            checked={cart.pull}
            hint="Reserves the units now. Off: they stay available until the order ships."
          />
        )}
        {cart.isShort && (
          <Banner tone="warning">
            <input type="hidden" name="isShort" value="1" />
            <Checkbox
              label="Reserve anyway; the rest is to be made"
              name="allowShortage"
              checked={cart.allowShortage}
              hint="Available goes below zero."
            />
          </Banner>
        )}
        <div class="fields tight">
          {AMOUNTS.map(({ name, label }) => (
            <MoneyField
              label={label}
              name={name}
              value={cart[name]}
              currency={currency}
              error={errorOf(name)}
              attributes={changesCart()}
            />
          ))}
        </div>
        <div class="fields tight">
          <TextField label="PO number" name="poNumber" value={cart.poNumber} error={errorOf('poNumber')} />
          <TextField
            label="Date"
            name="date"
            type="date"
            value={cart.date || view.today}
            error={errorOf('date')}
          />
          <TextField
            label="Promised ship date"
            name="shipBy"
            type="date"
            value={cart.shipBy}
            error={errorOf('shipBy')}
          />
        </div>
      </div>
    </Card>
  )
}
