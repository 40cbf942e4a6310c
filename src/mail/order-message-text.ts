import { formatMoney } from '../money.ts'
import { statementRows } from '../orders/statement-rows.ts'
import { messageText } from './message-layout.ts'
import type { OrderMessageInput } from './order-message.ts'
import { factsOf } from './order-message-facts.ts'
import type { Wording } from './order-message-words.ts'

/** The plain-text part: everything that the HTML says, at its full length. */
export function orderMessageText(input: OrderMessageInput, wording: Wording): string {
  const { statement, comment, brand } = input
  const money = (amount: number) => formatMoney(amount, statement.currency)
  return messageText({ ...wording, brand }, [
    [wording.greeting, '', wording.intro],
    comment === '' ? [] : comment.split('\n').map((line) => `> ${line}`),
    wording.action ? [`${wording.action.words}: ${wording.action.href.href}`] : [],
    wording.changes.map((change) => `- ${change}`),
    columns(factsOf(input).map(({ label, value }) => [`${label}:`, value])),
    [
      'LINE ITEMS',
      ...statement.lines.flatMap(({ name, sku, quantity, unitPrice }) => [
        `${quantity} x ${name} (${sku})`,
        `    ${money(unitPrice)} each, ${money(quantity * unitPrice)} in total`,
      ]),
    ],
    columns(statementRows(statement).map(({ label, amount }) => [label, money(amount)])),
  ])
}

/** Pairs with their second halves below each other. */
function columns(pairs: [string, string][]): string[] {
  const width = Math.max(...pairs.map(([label]) => label.length))
  return pairs.map(([label, value]) => `${label.padEnd(width)}  ${value}`)
}
