import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { count } from '../order-words.tsx'
import { type OrderQuery, parametersOf } from './order-query.ts'

/** What can be done with the ticked orders, or with all of the list; there once one is ticked. */
export const SelectionBar = (props: { query: OrderQuery; total: number | null; canChange: boolean }) => {
  const { query, total, canChange } = props
  return (
    <div class="bottom-bar">
      <div class="row">
        {canChange && (
          <Button
            kind="primary"
            size="compact"
            attributes={{ 'data-one': 'Change 1 order', 'data-many': 'Change # orders' }}
          >
            Change selected orders
          </Button>
        )}
        <Button icon="print" size="compact" formaction={routes.packingSlips()}>
          Print packing slips
        </Button>
      </div>
      {canChange && (
        <LinkButton
          kind="quiet"
          size="compact"
          href={routes.newBulkChange([...parametersOf(query), ['all', '1']])}
        >
          Change {total === null ? 'all orders that match' : `all ${count(total, 'order')} of this list`}
        </LinkButton>
      )}
    </div>
  )
}
