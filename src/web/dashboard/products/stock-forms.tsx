import type { Product } from '../../../catalog/product-store.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { MAX_REASON_CHARACTERS } from '../../../stock/adjust-stock.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { fieldId, NumberField, TextField } from '../../ui/field.tsx'

export type AdjustmentKind = 'receive' | 'count'

/** What stands in one of the two stock forms. */
export interface AdjustmentValues {
  kind: AdjustmentKind
  /** Of this very adjustment, so that sending it twice counts once. */
  id: string
  quantity: string
  reason: string
}

type Props = { product: Product; values: AdjustmentValues; problems: Problem[] }

/** Both forms stand on one page, so the fields need an id beside their name. */
export const adjustmentFieldId = (kind: AdjustmentKind, field: string) => fieldId(`${kind}-${field}`)

export const ReceiveForm = (props: Props) => (
  <Card title="Receive stock" id="receive">
    <AdjustmentForm
      {...props}
      quantity={{ label: 'Units received' }}
      reason={{ label: 'Note', hint: 'Goes into the history' }}
      button="Receive stock"
    />
  </Card>
)

export const CountForm = (props: Props) => (
  <Card title="Correct the count" id="count">
    <AdjustmentForm
      {...props}
      quantity={{ label: 'Units counted', hint: 'On hand becomes this, reserved units included' }}
      reason={{ label: 'Reason', hint: 'As in “2 broken in the kiln”', required: true }}
      button="Correct the count"
    />
  </Card>
)

type FieldWords = { label: string; hint?: string; required?: boolean }

const AdjustmentForm = (props: Props & { quantity: FieldWords; reason: FieldWords; button: string }) => {
  const { product, values, problems, quantity, reason, button } = props
  const field = (name: 'quantity' | 'reason') => ({
    ...{ name, id: adjustmentFieldId(values.kind, name), value: values[name] },
    error: problems.find((problem) => problem.field === name)?.message,
  })
  return (
    <form class="form" method="post" action={routes.productAdjustments(product.id)} novalidate>
      <input type="hidden" name="kind" value={values.kind} />
      <input type="hidden" name="id" value={values.id} />
      <NumberField {...quantity} {...field('quantity')} required />
      <TextField {...reason} {...field('reason')} maxlength={MAX_REASON_CHARACTERS} />
      <div class="actions">
        <Button>{button}</Button>
      </div>
    </form>
  )
}
