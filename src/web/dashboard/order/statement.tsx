import { formatMoney } from '../../../money.ts'
import type { Statement } from '../../../orders/statement.ts'
import { statementRows } from '../../../orders/statement-rows.ts'
import { Card } from '../../ui/card.tsx'
import { count } from '../order-words.tsx'

/** The torn-off stub: what an order comes to, as the retailer sees it. */
export const StatementStub = ({ statement }: { statement: Statement }) => (
  <Card title="Statement" stub actions={<span class="soft">{count(statement.totals.pieces, 'piece')}</span>}>
    <StatementTotals statement={statement} />
  </Card>
)

/** The totals alone, for where the statement is a page of its own. */
export const StatementTotals = ({ statement }: { statement: Statement }) => (
  <dl class="sum">
    {statementRows(statement).map(({ label, amount, weight }) => (
      <div class={weight === 'plain' ? undefined : weight}>
        <dt>{label}</dt>
        <dd>{formatMoney(amount, statement.currency)}</dd>
      </div>
    ))}
  </dl>
)
