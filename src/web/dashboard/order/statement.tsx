import { afterRate, formatMoney, formatRate } from '../../../money.ts'
import type { Statement } from '../../../orders/statement.ts'
import { Card } from '../../ui/card.tsx'
import { count } from '../order-words.tsx'

/** The torn-off stub: what an order comes to, as the retailer sees it. */
export const StatementStub = ({ statement }: { statement: Statement }) => (
  <Card title="Statement" stub actions={<span class="soft">{count(statement.totals.pieces, 'piece')}</span>}>
    <Totals statement={statement} />
  </Card>
)

const Totals = ({ statement }: { statement: Statement }) => {
  const { totals, type, rate, discount, shipping, otherCharges, tax, currency } = statement
  const money = (amount: number) => formatMoney(amount, currency)
  const atTheRate = statement.lines.every(
    ({ unitRetail, unitPrice }) => unitPrice === afterRate(unitRetail, rate),
  )
  return (
    <dl class="sum">
      <Entry label="Gross total" value={money(totals.grossTotal)} />
      <Entry
        label={atTheRate ? `Retailer keeps ${formatRate(rate)}` : 'Retailer keeps'}
        value={money(-totals.retailerShare)}
      />
      {discount > 0 && <Entry label="Order discount" value={money(-discount)} />}
      <Entry
        label={type === 'consignment' ? 'Net total, if all sold' : 'Net total'}
        value={money(totals.netTotal)}
        strong
      />
      {shipping > 0 && <Entry label="Shipping" value={money(shipping)} />}
      {otherCharges > 0 && <Entry label="Other charges" value={money(otherCharges)} />}
      {tax > 0 && <Entry label="Tax" value={money(tax)} />}
      <Entry label="Amount due" value={money(totals.amountDue)} total />
    </dl>
  )
}

const Entry = (props: { label: string; value: string; strong?: boolean; total?: boolean }) => (
  <div class={props.total ? 'total' : props.strong ? 'strong' : undefined}>
    <dt>{props.label}</dt>
    <dd>{props.value}</dd>
  </div>
)
