import { html, raw } from 'hono/html'
import { formatMoney } from '../money.ts'
import type { Statement } from '../orders/statement.ts'
import { type StatementRow, statementRows } from '../orders/statement-rows.ts'
import type { OrderMessageInput } from './order-message.ts'
import { type Fact, factsOf } from './order-message-facts.ts'
import type { Wording } from './order-message-words.ts'

/** Gmail cuts a message off here. */
const MAX_BYTES = 102_000
/** How much of names and SKUs is kept, tried in this order until a message fits; the plain text has them whole. */
const NAME_CHARACTERS = [Number.POSITIVE_INFINITY, 40, 12]

// Mail clients ignore style sheets that are linked and many of those that are embedded: what matters is inline, and
// the embedded one only turns the colours for clients that show a dark message.
const DARK = raw(`<style>
:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page{background:#15181a!important}
.card,.card td{background:#1d2124!important;color:#e9e7e2!important;border-color:#343a3e!important}
.card .soft{color:#a7aeb1!important}
.card a,.card .name{color:#62c8ba!important}
.card .quote{border-color:#62c8ba!important}
.card .rule{border-color:#343a3e!important}
}
@media (max-width:480px){.card>tbody>tr>td{padding-left:16px!important;padding-right:16px!important}}
</style>`)
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const RULE = 'border-top:1px solid #dfdcd3'
const SOFT = 'color:#566064;font-size:13px'
// Outlook knows no max-width and needs a table that is 600 wide.
const OUTLOOK_START = raw(
  '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0"><tr><td><![endif]-->',
)
const OUTLOOK_END = raw('<!--[if mso]></td></tr></table><![endif]-->')

/** The HTML part: one table of 600 px, styles inline, no pictures, below the size at which Gmail cuts it off. */
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
  const { businessName, comment, statement } = input
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${wording.title}</title>
${DARK}
</head>
<body class="page" style="margin:0;padding:0;background:#f6f5f1">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${wording.preheader}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f5f1"><tr><td align="center" style="padding:16px 8px">
${OUTLOOK_START}
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#fffefc;border:1px solid #dfdcd3;border-radius:8px;color:#1b2124;font-size:15px;line-height:1.5;text-align:left;${FONT}">
<tr><td style="padding:20px 28px 0"><b class="name" style="color:#0b5d56">${businessName}</b>
<h1 style="margin:12px 0;font-size:22px;line-height:1.3">${wording.title}</h1>
<p style="margin:0 0 12px">${wording.greeting}</p>
<p style="margin:0 0 12px">${wording.intro}</p>
${comment === '' ? '' : quote(comment)}
${wording.changes.length === 0 ? '' : changes(wording.changes)}
${facts(factsOf(input))}
</td></tr>
<tr><td style="padding:12px 28px 0">${lineItems(statement, shorten)}</td></tr>
<tr><td style="padding:0 28px 20px">${totals(statement)}</td></tr>
<tr><td class="soft" style="padding:14px 28px;${RULE};${SOFT}">${businessName}</td></tr>
</table>
${OUTLOOK_END}
</td></tr></table>
</body>
</html>
`)
}

const quote = (comment: string) =>
  html`<p class="quote" style="margin:0 0 12px;padding:2px 0 2px 12px;border-left:3px solid #0b5d56;word-break:break-word">${comment
    .split('\n')
    .map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p>`

const changes = (lines: string[]) =>
  html`<ul style="margin:0 0 12px;padding-left:20px;word-break:break-word">${lines.map((line) => html`<li>${line}</li>`)}</ul>`

const facts = (rows: Fact[]) =>
  html`<table role="presentation" cellpadding="0" cellspacing="0" style="font-size:15px">${rows.map(
    ({ label, value, href }) =>
      html`<tr><td class="soft" valign="top" style="padding:2px 16px 2px 0;${SOFT}">${label}</td><td style="padding:2px 0;word-break:break-word">${
        href ? html`<a href="${href.href}" style="color:#0b5d56">View on ${href.host}</a>` : value
      }</td></tr>`,
  )}</table>`

const lineItems = ({ lines, currency }: Statement, shorten: Shorten) =>
  html`<table width="100%" cellpadding="6" cellspacing="0" style="font-size:15px">
<tr class="soft" style="${SOFT}"><th align="left" scope="col">Product</th><th align="right" scope="col">Qty</th><th align="right" scope="col">Price</th><th align="right" scope="col">Total</th></tr>
${lines.map(({ name, sku, quantity, unitPrice }) => {
  const amount = (value: number) =>
    html`<td align="right" style="${RULE}">${formatMoney(value, currency)}</td>`
  return html`<tr valign="top"><td style="${RULE};word-break:break-word">${shorten(name)}<br><span class="soft" style="${SOFT}">${shorten(sku)}</span></td><td align="right" style="${RULE}">${quantity.toLocaleString('en')}</td>${amount(unitPrice)}${amount(quantity * unitPrice)}</tr>
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
