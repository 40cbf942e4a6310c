import { html, raw } from 'hono/html'
import { PAPER } from '../settings/accent.ts'
import type { Brand } from './brand.ts'

// What every message looks like around its words: one table of 600 px, styles inline, readable without pictures and
// in the dark. Mail clients ignore style sheets that are linked and many of those that are embedded: what matters is
// inline, and the embedded one only turns the colours for clients that show a dark message.

/** A piece of HTML in which everything that people wrote is escaped. */
export type Markup = ReturnType<typeof html>

/** What stands around the words of a message. */
export interface MessageFrame {
  title: string
  /** What stands in the list of a mailbox below the subject. */
  preheader: string
  brand: Brand
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
export const RULE = 'border-top:1px solid #dfdcd3'
export const SOFT = 'color:#566064;font-size:13px'
// Outlook knows no max-width and needs a table that is 600 wide.
const OUTLOOK_START = raw(
  '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0"><tr><td><![endif]-->',
)
const OUTLOOK_END = raw('<!--[if mso]></td></tr></table><![endif]-->')

/** The HTML part of a message: its sections below each other, between the business's name and its foot. */
export function messageHtml(frame: MessageFrame, sections: Markup[]): string {
  const { title, preheader, brand } = frame
  const { accent } = brand.accent.light
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
${darkStyle(brand)}
</head>
<body class="page" style="margin:0;padding:0;background:#f6f5f1">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f5f1"><tr><td align="center" style="padding:16px 8px">
${OUTLOOK_START}
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:${PAPER.light};border:1px solid #dfdcd3;border-top:4px solid ${accent};border-radius:8px;color:#1b2124;font-size:15px;line-height:1.5;text-align:left;${FONT}">
<tr><td style="padding:18px 28px 0">${nameplate(brand)}
<h1 style="margin:12px 0 0;font-size:22px;line-height:1.3">${title}</h1></td></tr>
${sections.map(
  (section) => html`<tr><td style="padding:12px 28px 0">${section}</td></tr>
`,
)}<tr><td style="padding:0 0 20px"></td></tr>
<tr><td class="soft" style="padding:14px 28px;${RULE};${SOFT}">${brand.businessName}</td></tr>
</table>
${OUTLOOK_END}
</td></tr></table>
</body>
</html>
`)
}

/** The plain-text part: blocks of lines, those without any left out, between the title and the business's name. */
export function messageText({ title, brand }: MessageFrame, blocks: string[][]): string {
  const filled = [[title.toUpperCase()], ...blocks, ['--', brand.businessName]]
  return `${filled
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

export const paragraph = (words: string) => html`<p style="margin:0 0 12px">${words}</p>`

/** Words as somebody wrote them, line by line. */
export const quote = (words: string, { accent }: Brand) =>
  html`<p class="quote" style="margin:0 0 12px;padding:2px 0 2px 12px;border-left:3px solid ${accent.light.accent};word-break:break-word">${words
    .split('\n')
    .map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p>`

/** A link inside a line. */
export const link = (href: URL, words: string, { accent }: Brand) =>
  html`<a href="${href.href}" style="color:${accent.light.accent}">${words}</a>`

/** The one thing that a reader may want to do next. */
export const button = (href: URL, words: string, { accent }: Brand) =>
  html`<p style="margin:4px 0 16px"><a class="button" href="${href.href}" style="display:inline-block;padding:9px 18px;border-radius:6px;background:${accent.light.accent};color:${accent.light.onAccent};font-weight:600;text-decoration:none">${words}</a></p>`

// A picture made for paper may be dark ink on nothing, so it keeps its paper in the dark.
function nameplate({ businessName, logo, accent }: Brand): Markup {
  const ink = `color:${accent.light.accent}`
  if (!logo) return html`<b class="name" style="${ink}">${businessName}</b>`
  return html`<img src="${logo.href}" alt="${businessName}" height="44" style="display:block;height:44px;max-width:100%;padding:4px;border-radius:4px;background:${PAPER.light};font-weight:bold;${ink}">`
}

function darkStyle({ accent: { dark } }: Brand) {
  return raw(`<style>
:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page{background:#15181a!important}
.card,.card td,.card th{background:${PAPER.dark}!important;color:#e9e7e2!important;border-color:#343a3e!important}
.card{border-top-color:${dark.accent}!important}
.card .soft{color:#a7aeb1!important}
.card a,.card .name{color:${dark.accent}!important}
.card a.button{background:${dark.accent}!important;color:${dark.onAccent}!important}
.card .quote{border-color:${dark.accent}!important}
.card .rule{border-color:#343a3e!important}
}
@media (max-width:480px){.card>tbody>tr>td{padding-left:16px!important;padding-right:16px!important}}
</style>`)
}
