import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { aMailedOrder, consume } from '../testing/mail-fixtures.ts'
import { anInbox } from '../testing/mail-inbox.ts'
import { aBrand, aLineChange, anOrderMessage, aStatement, manyLines } from '../testing/statement-fixtures.ts'
import { orderMessage } from './order-message.ts'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '</td></table><form action=https://evil.example><input name=code>',
  '<a href="https://evil.example">Pay here</a>',
  '<style>body{display:none}</style>',
  '<!-- ',
  '&lt;b&gt;',
]
const HARMLESS_ELEMENTS = [
  ...['html', 'head', 'meta', 'title', 'style', 'body', 'div', 'table', 'tr', 'td', 'th', 'b', 'h1', 'p'],
  ...['br', 'ul', 'li', 'a', 'span', 'img'],
]
const HARMLESS_ATTRIBUTES = [
  ...['lang', 'charset', 'name', 'content', 'class', 'style', 'role', 'width', 'cellpadding', 'cellspacing'],
  ...['align', 'valign', 'scope', 'href', 'src', 'alt', 'height'],
]

/** What an independent parser finds in a message. */
async function partsOf(html: string) {
  const elements = new Set<string>()
  const attributes = new Set<string>()
  const links: string[] = []
  const pictures: { src: string | null; alt: string | null }[] = []
  const rewritten = new HTMLRewriter()
    .on('*', {
      element(element) {
        elements.add(element.tagName)
        for (const [name] of element.attributes) attributes.add(name!)
        const href = element.getAttribute('href')
        if (href !== null) links.push(href)
        if (element.tagName === 'img') {
          pictures.push({ src: element.getAttribute('src'), alt: plain(element.getAttribute('alt') ?? '') })
        }
      },
    })
    .transform(new Response(html))
  await rewritten.text()
  return { elements: [...elements], attributes: [...attributes], links, pictures }
}

/** The rewriter gives attributes as they are written. */
const plain = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const LOGO = new URL('https://desk.example/photos/logo/small.webp')
const DESK = new URL('https://desk.example/orders/1282')

it.each(HOSTILE)('stays text wherever it stands: %s', async (hostile) => {
  const statement = aStatement({
    ...{ retailerName: hostile, contactName: hostile, poNumber: hostile, trackingNumber: hostile },
    invoiceLink: `https://pay.example/${hostile}`,
    lines: manyLines(2, 10).map((line) => ({ ...line, name: hostile, sku: hostile })),
  })
  const fields = [{ field: 'poNumber' as const, from: hostile, to: hostile }]
  const lines = [aLineChange(hostile, null, [1, 1])]
  const { html } = orderMessage(
    anOrderMessage({
      ...{ statement, comment: hostile, changes: { fields, lines } },
      ...{ brand: aBrand({ businessName: hostile, logo: LOGO }), audience: 'business', desk: DESK },
    }),
  )
  const parts = await partsOf(html)
  expect(parts.elements.filter((name) => !HARMLESS_ELEMENTS.includes(name))).toEqual([])
  expect(parts.attributes.filter((name) => !HARMLESS_ATTRIBUTES.includes(name))).toEqual([])
  expect(parts.links.map((href) => new URL(href).origin)).toEqual([DESK.origin, 'https://pay.example'])
  expect(parts.pictures).toEqual([{ src: LOGO.href, alt: hostile }])
  expect(html).toContain('</html>')
})

it.each([
  'javascript:alert(1)',
  'http://pay.example/1',
  'data:text/html,<b>',
  'HTTPS:',
  '//pay.example',
  ' https',
])('makes no link of %s', async (invoiceLink) => {
  const statement = aStatement({ invoiceLink, trackingNumber: invoiceLink })
  const { html, text } = orderMessage(anOrderMessage({ statement }))
  expect((await partsOf(html)).links).toEqual([])
  expect(text).toContain(invoiceLink)
})

it('reaches the provider as text, in one subject line', async () => {
  await env.DB.prepare('UPDATE settings SET business_name = ?').bind('Evil\r\nBcc: x@evil.example <b>').run()
  const inbox = anInbox()
  const order = await aMailedOrder({ name: '<img src=x onerror=alert(1)>' })
  await consume(order.mailIds, { ...env, ...inbox.vars })
  const { body } = (await inbox.received())[0]!
  expect(body.subject).toBe(`Order #${order.number} · Evil Bcc: x@evil.example <b>`)
  expect(body.from.name).toBe('Evil Bcc: x@evil.example <b>')
  const html = body.content.find(({ type }) => type === 'text/html')!.value
  expect((await partsOf(html)).elements).not.toContain('img')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
})
