import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginningOf, linesOf } from './csv-lines.ts'
import type { ExportedLine, ExportedOrder, ExportTerms } from './export.ts'

const terms = (content: ExportTerms['content'], over: Partial<ExportTerms> = {}): ExportTerms => ({
  ...{ content, currency: 'USD', timeZone: 'America/New_York', ...over },
})
const line: ExportedLine = {
  sku: 'MUG-SEA',
  name: 'Mug, sea',
  quantity: 12,
  unitRetail: 2850,
  unitPrice: 1425,
}
const order: ExportedOrder = {
  ...{ number: 1042, retailerName: 'Crème & Fils', date: '2026-11-23', status: 'in_progress' },
  ...{ paymentStatus: 'deposit_50', netTotal: 127850, grossTotal: 255700 },
  ...{ createdAt: Date.UTC(2026, 10, 24, 3, 4, 5), lines: [line, { ...line, sku: 'JUG', quantity: 1 }] },
}

it('writes the eight columns of the list in their order, the zone in the heading of the timestamps', () => {
  expect(beginningOf(terms('orders')) + linesOf(order, terms('orders'))).toBe(
    '\uFEFFOrder ID,Retailer,Date,Order Status,Payment Status,Net Total,Gross Total,Created (America/New_York)\r\n' +
      '1042,Crème & Fils,2026-11-23,In Progress,50% Deposit,1278.50,2557.00,2026-11-23 22:04:05\r\n',
  )
})

it('writes one row per line item', () => {
  expect(beginningOf(terms('lines')) + linesOf(order, terms('lines'))).toBe(
    '\uFEFFOrder ID,Retailer,Date,Order Status,Payment Status,SKU,Product,Quantity,Unit Retail Price,Unit Price,' +
      'Line Net Total,Line Gross Total,Created (America/New_York)\r\n' +
      '1042,Crème & Fils,2026-11-23,In Progress,50% Deposit,MUG-SEA,"Mug, sea",12,28.50,14.25,171.00,342.00,2026-11-23 22:04:05\r\n' +
      '1042,Crème & Fils,2026-11-23,In Progress,50% Deposit,JUG,"Mug, sea",1,28.50,14.25,14.25,28.50,2026-11-23 22:04:05\r\n',
  )
  expect(linesOf({ ...order, lines: [] }, terms('lines'))).toBe('')
})

it('writes amounts in the decimals of the currency, and never shields a number', () => {
  const owed = { ...order, netTotal: -500, grossTotal: 7 }
  expect(linesOf(owed, terms('orders'))).toContain(',-5.00,0.07,')
  expect(linesOf(owed, terms('orders', { currency: 'JPY' }))).toContain(',-500,7,')
  const back = { ...order, lines: [{ ...line, quantity: 2, unitPrice: -3 }] }
  expect(linesOf(back, terms('lines'))).toContain(',2,28.50,-0.03,-0.06,57.00,')
})

const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r', '\0']
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.tuple(fc.constantFrom(...FORMULA_STARTS), fc.string({ maxLength: 10 })).map((both) => both.join('')),
  fc.constantFrom('=1+1', '@SUM(A1)', '-1', '+49 40 1', '\t=1', '"quoted"', 'a\r\nb', ' padded ', '', "'"),
)

it('is read back by another parser as it was, with text that begins a formula shielded', () => {
  const shielded = (text: string) => (FORMULA_STARTS.includes(text.slice(0, 1)) ? `'${text}` : text)
  fc.assert(
    fc.property(texts, texts, texts, (retailerName, sku, name) => {
      const drawn = { ...order, retailerName, lines: [{ ...line, sku, name }] }
      for (const content of ['orders', 'lines'] as const) {
        const file = beginningOf(terms(content)) + linesOf(drawn, terms(content))
        const [headings, row, ...more] = parse(file, { bom: true, record_delimiter: '\r\n' })
        expect(more).toEqual([])
        expect(row?.length).toBe(headings?.length)
        expect(row?.[1]).toBe(shielded(retailerName))
        if (content === 'lines') expect(row?.slice(5, 7)).toEqual([shielded(sku), shielded(name)])
      }
    }),
    { numRuns: 500 },
  )
})
