import { afterRate, formatRate } from '../money.ts'
import type { Statement } from './statement.ts'

/** One line below the line items. `amount` is in minor units, negative where it is taken off. */
export interface StatementRow {
  label: string
  amount: number
  weight: 'plain' | 'strong' | 'total'
}

/**
 * How a statement adds up, as every surface shows it (DOMAIN.md §1). Charges of nothing are left out, and the rate
 * where a line has a price of its own.
 */
export function statementRows(statement: Statement): StatementRow[] {
  const { totals, type, rate, discount, shipping, otherCharges, tax, lines } = statement
  const isAtRate = lines.every(({ unitRetail, unitPrice }) => unitPrice === afterRate(unitRetail, rate))
  const charge = (label: string, amount: number): StatementRow[] =>
    amount === 0 ? [] : [{ label, amount, weight: 'plain' }]
  return [
    { label: 'Gross total', amount: totals.grossTotal, weight: 'plain' },
    {
      label: isAtRate ? `Retailer keeps ${formatRate(rate)}` : 'Retailer keeps',
      amount: -totals.retailerShare,
      weight: 'plain',
    },
    ...charge('Order discount', -discount),
    {
      label: type === 'consignment' ? 'Net total, if all sold' : 'Net total',
      amount: totals.netTotal,
      weight: 'strong',
    },
    ...charge('Shipping', shipping),
    ...charge('Other charges', otherCharges),
    ...charge('Tax', tax),
    { label: 'Amount due', amount: totals.amountDue, weight: 'total' },
  ]
}
