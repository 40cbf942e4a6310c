import type { MovementsView } from '../../../catalog/read-product.ts'
import { numberWords } from '../../../number-words.ts'
import { routes } from '../../../routes.ts'
import type { MovementKind } from '../../../stock/ledger.ts'
import type { MovementEntry } from '../../../stock/movement-store.ts'
import type { WebContext } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Time } from '../../ui/time.tsx'
import { staffPage } from '../page.tsx'

const KIND_WORDS: Record<MovementKind, string> = {
  received: 'Received',
  corrected: 'Count corrected',
  reserved: 'Reserved',
  released: 'Released',
  shipped: 'Shipped',
  returned: 'Came back',
  written_off: 'Written off',
}

/** All movements of one product, on pages. */
export function movementsPage(c: WebContext, view: MovementsView, isNewest: boolean) {
  const { frame, product, movements, hasOlderMovements } = view
  const last = movements.at(-1)
  return staffPage(
    c,
    frame,
    {
      title: 'Stock movements',
      section: 'products',
      back: { href: routes.product(product.id), label: product.name },
    },
    <>
      <Card flush>
        <MovementsTable movements={movements} timeZone={frame.settings.timeZone} />
      </Card>
      <Pagination
        newerHref={isNewest ? undefined : routes.productMovements(product.id)}
        newerLabel="Newest"
        olderHref={
          hasOlderMovements && last
            ? routes.productMovements(product.id, { before: String(last.sequence) })
            : undefined
        }
      />
    </>,
  )
}

/** Movements, newest first: what moved, by how much, what it left, and why. */
export const MovementsTable = (props: { movements: MovementEntry[]; timeZone: string }) =>
  props.movements.length === 0 ? (
    <Empty title="No movements yet" icon="boxes">
      Every unit that comes or goes will stand here.
    </Empty>
  ) : (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Movement</th>
          <th scope="col" class="number">
            Change
          </th>
          <th scope="col" class="number">
            Balance after
          </th>
        </tr>
      </thead>
      <tbody>
        {props.movements.map((movement) => (
          <tr>
            <td class="second soft">
              <Time at={movement.at} timeZone={props.timeZone} />
            </td>
            <td class="grow">
              <What movement={movement} />
            </td>
            <td class="number">
              <Change movement={movement} />
            </td>
            <td class="number second last soft">
              {numberWords(movement.onHand)} on hand
              {movement.reserved !== 0 && `, ${numberWords(movement.reserved)} reserved`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )

const What = ({ movement: { kind, orderNumber, reason, actor } }: { movement: MovementEntry }) => (
  <>
    {KIND_WORDS[kind as MovementKind]}
    {orderNumber !== null && (
      <>
        {' · '}
        <a href={routes.order(orderNumber)}>Order {orderNumber}</a>
      </>
    )}
    <div class="soft">{[reason, actor.name].filter(Boolean).join(' · ')}</div>
  </>
)

const Change = ({ movement: { onHandChange, reservedChange } }: { movement: MovementEntry }) => (
  <>
    {onHandChange !== 0 && <div>{signed(onHandChange)} on hand</div>}
    {reservedChange !== 0 && <div>{signed(reservedChange)} reserved</div>}
  </>
)

const signed = (change: number) => (change > 0 ? `+${numberWords(change)}` : numberWords(change))
