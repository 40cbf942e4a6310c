import { html } from 'hono/html'
import { formatMoney } from '../money.ts'
import { numberWords } from '../number-words.ts'
import type { Statement } from '../orders/statement.ts'
import { type StatementRow, statementRows } from '../orders/statement-rows.ts'
import type { Brand } from './brand.ts'
import { button, link, messageHtml, paragraph, quote, RULE, SOFT } from './message-layout.ts'
import type { OrderMessageInput } from './order-message.ts'
import { type Fact, factsOf } from './order-message-facts.ts'
import type { Wording } from './order-message-words.ts'

/** Gmail cuts a message off here. */
const MAX_BYTES = 102_000
/** How much of names and SKUs is kept, tried in this order until a message fits; the plain text has them whole. */
const NAME_CHARACTERS = [Number.POSITIVE_INFINITY, 40, 12]

/** The HTML part, below the size at which Gmail cuts it off. */
export function orderMessageHtml(input: OrderMessageInput, wording: Wording): string {
  let written = ''
  for (const characters of NAME_CHARACTERS) {
    written = page(input, wording, (text) =>
      text.length > characters ? `${text.slice(0, characters - 1)}…` : text,
    )
    if (new TextEncoder().encode(written).length <= MAX_BYTES) break
  }
  return written
}

type Shorten = (text: string) => string

function page(input: OrderMessageInput, wording: Wording, shorten: Shorten): string {
  const { brand, comment, statement } = input
  return messageHtml({ ...wording, brand }, [
    html`${paragraph(wording.greeting)}
${paragraph(wording.intro)}
${comment === '' ? '' : quote(comment, brand)}
${wording.action ? button(wording.action.href, wording.action.words, brand) : ''}
${wording.changes.length === 0 ? '' : changes(wording.changes)}
${facts(factsOf(input), brand)}`,
    html`${lineItems(statement, shorten)}
${totals(statement)}`,
  ])
}

const changes = (lines: string[]) =>
  html`<ul style="margin:0 0 12px;padding-left:20px;word-break:break-word">${lines.map((line) => html`<li>${line}</li>`)}</ul>`

const facts = (rows: Fact[], brand: Brand) =>
  html`<table role="presentation" cellpadding="0" cellspacing="0" style="font-size:15px">${rows.map(
    ({ label, value, link: follow }) =>
      html`<tr valign="baseline"><td class="soft" style="padding:2px 16px 2px 0;white-space:nowrap;${SOFT}">${label}</td><td style="padding:2px 0;word-break:break-word">${
        follow ? link(follow.href, follow.words, brand) : value
      }</td></tr>`,
  )}</table>`

const lineItems = ({ lines, currency }: Statement, shorten: Shorten) =>
  html`<table width="100%" cellpadding="6" cellspacing="0" style="font-size:15px">
<tr class="soft" style="${SOFT}"><th align="left" scope="col">Product</th><th align="right" scope="col">Qty</th><th align="right" scope="col">Price</th><th align="right" scope="col">Total</th></tr>
${lines.map(({ name, sku, quantity, unitPrice }) => {
  const amount = (value: number) =>
    html`<td align="right" style="${RULE}">${formatMoney(value, currency)}</td>`
  return html`<tr valign="top"><td style="${RULE};word-break:break-word">${shorten(name)}<br><span class="soft" style="${SOFT}">${shorten(sku)}</span></td><td align="right" style="${RULE}">${numberWords(quantity)}</td>${amount(unitPrice)}${amount(quantity * unitPrice)}</tr>
`
})}</table>`

const WEIGHTS: Record<StatementRow['weight'], string> = {
  plain: '',
  strong: 'font-weight:bold',
  total: `font-weight:bold;font-size:17px;${RULE}`,
}

const totals = (statement: Statement) =>
  html`<table role="presentation" class="rule" width="100%" cellpadding="6" cellspacing="0" style="font-size:15px;line-height:1.3;border-top:2px solid #dfdcd3">${statementRows(
    statement,
  ).map(
    ({ label, amount, weight }) =>
      html`<tr><td style="${WEIGHTS[weight]}">${label}</td><td align="right" style="${WEIGHTS[weight]}">${formatMoney(amount, statement.currency)}</td></tr>`,
  )}</table>`
