import type { Outcome, Refusal } from '../../../orders/bulk-change.ts'
import type { BulkChange } from '../../../orders/bulk-step-store.ts'
import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from '../../../orders/order.ts'
import { problemsOf } from '../../errors.tsx'
import { Pill, type Tone } from '../../ui/pill.tsx'

const OUTCOME_WORDS: Record<Outcome, { tone: Tone; words: string }> = {
  refused: { tone: 'red', words: 'Refused' },
  changed: { tone: 'green', words: 'Changed' },
  unchanged: { tone: 'grey', words: 'Nothing to change' },
}

export const OutcomePill = ({ outcome }: { outcome: Outcome }) => (
  <Pill tone={OUTCOME_WORDS[outcome].tone}>{OUTCOME_WORDS[outcome].words}</Pill>
)

/** Why an order stayed as it was. */
export function refusalWords({ failure, productNames }: Refusal): string {
  // There is no form to send again here, as there is where one order is changed.
  if (failure.reason === 'unavailable') return 'A part of the system did not answer. Try this order again.'
  const problems = problemsOf(failure, (id) => productNames[id] ?? 'A product')
  return problems.map(({ message }) => message).join(' ')
}

/** What is done to each order: "In Progress, Paid in Full, with an e-mail". */
export function changeWords({ status, paymentStatus, comment, email }: BulkChange): string {
  return [
    status && ORDER_STATUS_WORDS[status],
    paymentStatus && PAYMENT_STATUS_WORDS[paymentStatus],
    comment !== '' && 'a comment',
    email ? 'with an e-mail' : 'without an e-mail',
  ]
    .filter(Boolean)
    .join(', ')
}
