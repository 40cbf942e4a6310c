import { KEPT_DAYS } from '../../../exports/export.ts'
import type { OrderFilter } from '../../../orders/order-filter.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { RadioChoice } from '../../ui/field.tsx'
import { filterWords } from './export-words.tsx'

type NewExportPageProps = {
  /** The id of the export that this form starts, however often it is sent. */
  newId: string
  filter: OrderFilter
  retailerName: string | null
  /** The filter as it goes along in the form's address. */
  parameters: [string, string][]
  content: string
  problems: Problem[]
}

/** What is going to be exported, and as what. */
export const NewExportPage = (props: NewExportPageProps) => {
  const { newId, filter, retailerName, parameters, content, problems } = props
  return (
    <>
      <ErrorSummary
        problems={problems.map(({ field, message }) => ({ message, name: field || undefined }))}
      />
      <Card>
        <form class="form prose" method="post" action={routes.exports(parameters)} novalidate>
          <dl class="facts aside">
            <div>
              <dt>Orders</dt>
              <dd>{filterWords(filter, retailerName)}</dd>
            </div>
          </dl>
          <input type="hidden" name="id" value={newId} />
          <RadioChoice
            label="One row per"
            name="content"
            value={content}
            error={problems.find(({ field }) => field === 'content')?.message}
            choices={[
              { value: 'orders', label: 'Order', hint: 'The columns of the orders list, with totals' },
              {
                value: 'lines',
                label: 'Line item',
                hint: 'Product, quantity and prices, before the discount of the order',
              },
            ]}
          />
          <p class="soft">
            The file says what stands in the list when you start it, newest orders first. It is written in the
            background and kept for {KEPT_DAYS} days.
          </p>
          <div class="row">
            <Button kind="primary" icon="download">
              Start export
            </Button>
            <LinkButton kind="quiet" href={routes.exports()}>
              Past exports
            </LinkButton>
          </div>
        </form>
      </Card>
    </>
  )
}
