import { describe, expect, it } from 'vitest'
import { aLineChange, anOrderMessage, aStatement, manyLines } from '../testing/statement-fixtures.ts'
import { orderMessage } from './order-message.ts'

/** Gmail cuts a message off above this. */
const CLIPPED_AT_BYTES = 102 * 1024
const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** The words of the HTML part, its style sheet and the hidden preheader included. */
const wordsOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')

describe('an update', () => {
  const message = orderMessage(anOrderMessage())
  const both = [message.text, wordsOf(message.html)]

  it('has the subject of its order’s thread', () => {
    expect(message.subject).toBe('Order #1282 · Tidewater Clay')
  })

  it.each([
    ...['Hello Sam,', 'Your order is on its way with UPS.', 'Glazing is done.', 'The kiln was kind.'],
    ...['Payment status: Awaiting Payment → 50% Deposit', '22 November 2026', 'PO 5519', 'Shipped'],
    ...['1Z 999 AA1 01 2345 6784', 'Speckled mug, sea', 'MUG-SEA', '$15.40', '$369.60', 'Tidewater Clay'],
    ...['Gross total', '$2,272.00', 'Retailer keeps 45%', '−$1,022.40', 'Order discount', '−$9.10'],
    ...['Net total', '$1,240.50', 'Shipping', '$38.00', 'Amount due', '$1,278.50'],
  ])('says “%s” in both parts', (words) => {
    for (const part of both) expect(part).toContain(words)
  })

  it('tells nobody whether stock is set aside', () => {
    for (const part of both) expect(part).not.toMatch(/pull|on hand/i)
  })

  it('links the invoice, and spells it out in the text', () => {
    expect(message.html).toContain('href="https://pay.example/inv/8841"')
    expect(message.text).toContain('https://pay.example/inv/8841')
  })

  it('leaves out what is not filled in', () => {
    const statement = aStatement({
      trackingNumber: '',
      invoiceLink: '',
      poNumber: '',
      discount: 0,
      shipping: 0,
    })
    const { html, text } = orderMessage(anOrderMessage({ comment: '', statement }))
    for (const part of [html, text]) {
      expect(part).not.toMatch(/Tracking number|Invoice|PO number|Order discount|Shipping/)
    }
  })

  it('shows in a mailbox what it comes to', () => {
    expect(message.preheader).toBe('Order shipped: 3 line items, 74 pieces, $1,278.50 due')
    expect(message.html).toContain(message.preheader)
  })
})

it.each([
  [{ status: 'canceled' }, ''],
  [{ paymentStatus: 'paid_in_full' }, ', $1,278.50 paid'],
] as const)('claims no money in a mailbox that is not due: %o', (over, amount) => {
  const { preheader } = orderMessage(anOrderMessage({ statement: aStatement(over) }))
  expect(preheader).toBe(`Order shipped: 3 line items, 74 pieces${amount}`)
})

it('tells the business of whom it is about', () => {
  const { text } = orderMessage(anOrderMessage({ audience: 'business' }))
  expect(text).toContain('Order #1282 of North Loop Mercantile is now Shipped.')
  expect(text).not.toContain('Sam')
})

it('greets by the shop’s name where there is no contact, and without a name where there is none', () => {
  const greeting = (contactName: string, retailerName: string) =>
    orderMessage(anOrderMessage({ statement: aStatement({ contactName, retailerName }) })).text.split('\n')[2]
  expect(greeting('', 'North Loop Mercantile')).toBe('Hello North Loop Mercantile,')
  expect(greeting('', '')).toBe('Hello,')
})

it('asks nothing for consignment, and says what it comes to if all is sold', () => {
  const statement = aStatement({ type: 'consignment', discount: 0, shipping: 0 })
  const { text, preheader } = orderMessage(anOrderMessage({ kind: 'placed', statement }))
  expect(text).toMatch(/Net total, if all sold +\$1,249\.60\nAmount due +\$0\.00/)
  expect(preheader).toBe('Order placed: 3 line items, 74 pieces, $1,249.60 if all sold')
})

it('says what became of the lines', () => {
  const lines = [
    aLineChange('Mug', [24, 1540], [30, 1500]),
    aLineChange('Bowl', null, [2, 1870]),
    aLineChange('Vase', [3, 1595], null),
  ]
  const { text } = orderMessage(anOrderMessage({ kind: 'lines', changes: { fields: [], lines } }))
  expect(text).toContain('- Mug: 24 → 30, price $15.40 → $15.00\n- Bowl: added, 2 at $18.70\n- Vase: removed')
})

it('tells of another date in words', () => {
  const fields = [{ field: 'shipBy', from: '', to: '2026-12-04' } as const]
  const { text } = orderMessage(anOrderMessage({ kind: 'details', changes: { fields, lines: [] } }))
  expect(text).toContain('- Promised ship date: none → 4 Dec 2026')
})

it('names no rate where a line has a price of its own', () => {
  const lines = manyLines(2, 20).map((line) => ({ ...line, unitPrice: 1000 }))
  const { text } = orderMessage(anOrderMessage({ statement: aStatement({ lines }) }))
  expect(text).toMatch(/Retailer keeps +−\$/)
})

it.each([
  ['names of 20 characters', 20, ''],
  ['names of 120 characters', 120, 'x'.repeat(5000)],
  ['names of 255 characters and a long comment', 255, 'ß'.repeat(5000)],
])('stays below the size at which it is cut off with 200 lines and %s', (_, nameLength, comment) => {
  const statement = aStatement({ lines: manyLines(200, nameLength) })
  const { html, text } = orderMessage(anOrderMessage({ statement, comment }))
  expect(bytesOf(html)).toBeLessThan(CLIPPED_AT_BYTES)
  expect(html.match(/No\. \d+,/g)).toHaveLength(200)
  for (const { name } of statement.lines) expect(text).toContain(name)
})

it('keeps a long list of changes short', () => {
  const lines = manyLines(50, 20).map(({ name }) => aLineChange(name, [1, 1], null))
  const { text } = orderMessage(anOrderMessage({ kind: 'lines', changes: { fields: [], lines } }))
  expect(text).toContain('- and 30 more changes')
  expect(text.match(/removed/g)).toHaveLength(20)
})
