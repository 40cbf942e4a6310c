import type { Order } from '../../../orders/order.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioChoice, TextArea } from '../../ui/field.tsx'

export interface VoidingValues {
  reason: string
  goods: string
}

/** Corrects a delivery that was a mistake: folded away, since it is rare and cannot be undone. */
export const VoidForm = (props: {
  order: Order
  changeId: string
  values?: VoidingValues
  problems: Problem[]
}) => {
  const { order, changeId, values, problems } = props
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message
  return (
    <Card>
      <details class="disclosure" open={values !== undefined}>
        <summary>Void this delivery</summary>
        <form class="form" method="post" action={routes.orderVoiding(order.number)} novalidate>
          <p class="soft">
            The order stays Delivered and is marked Voided. The reversal is dated today and cannot be undone.
          </p>
          <input type="hidden" name="changeId" value={changeId} />
          <input type="hidden" name="revision" value={String(order.revision)} />
          <RadioChoice
            label="Did the goods come back?"
            name="goods"
            value={values?.goods ?? ''}
            error={errorOf('goods')}
            choices={[
              { value: 'came_back', label: 'Yes', hint: 'On hand grows' },
              { value: 'written_off', label: 'No', hint: 'Written off' },
            ]}
          />
          <TextArea label="Reason" name="reason" value={values?.reason ?? ''} error={errorOf('reason')} />
          <Button kind="danger">Void delivery</Button>
        </form>
      </details>
    </Card>
  )
}
