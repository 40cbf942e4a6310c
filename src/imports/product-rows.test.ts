import { expect, it } from 'vitest'
import { understand } from './columns.ts'
import type { RowReading } from './import.ts'
import { type ProductRow, productFields } from './product-row.ts'
import { productRowReader } from './product-rows.ts'

function readAll(headings: string[], ...records: string[][]): RowReading<ProductRow>[] {
  const read = productRowReader(understand(productFields, headings, 'USD'), 'USD')
  return records.map((record, index) => read(record, index + 2))
}

const message = (reading: RowReading<ProductRow> | undefined) =>
  reading && 'message' in reading ? reading.message : ''

it('reads a list in its own words', () => {
  const [reading] = readAll(
    [
      'Item code',
      'Product',
      'RRP',
      'Trade price',
      'Qty',
      'Category',
      'Details',
      'Case pack',
      'Reorder point',
    ],
    ['MUG-1', ' Tall  mug ', '$28.00', '14', '12.00', 'Mugs', '<p>Thrown</p>', '6', '3'],
  )
  expect(reading).toMatchObject({
    row: 2,
    value: {
      ...{ sku: 'MUG-1', name: 'Tall mug', retailPrice: 2800, wholesalePrice: 1400, quantity: 12 },
      ...{ collection: 'Mugs', description: 'Thrown', caseSize: 6, lowStockThreshold: 3, stockTracked: true },
    },
  })
})

it('says nothing of what the file says nothing of', () => {
  const [reading] = readAll(['SKU', 'Name', 'Price', 'Quantity'], ['A', 'Mug', '5'])
  expect(JSON.parse(JSON.stringify(reading))).toEqual({
    row: 2,
    cells: ['A', 'Mug', '5'],
    value: { sku: 'A', name: 'Mug', retailPrice: 500 },
  })
})

it('makes a SKU from the name where there is none', () => {
  expect(readAll(['Name', 'Price'], ['Tall mug', '5'])).toMatchObject([{ value: { sku: 'TALL-MUG' } }])
})

it('names everything that is wrong with a row', () => {
  const [reading] = readAll(
    ['SKU', 'Name', 'Price', 'Qty', 'Case size', 'Description'],
    ['A', 'x'.repeat(201), '', '-1', '0', 'y'.repeat(5001)],
  )
  const words = message(reading)
  expect(words).toContain('Name “xxx')
  expect(words).toContain('at most 200 characters')
  expect(words).toContain('On hand “-1”: Enter a whole number from 0 to 1,000,000.')
  expect(words).toContain('Case size “0”: ')
  expect(words).toContain('at most 5,000 characters')
  expect(words).toContain('There is no price.')
})

it('refuses the later row of two with one SKU, in whatever letters, but counts no bad row', () => {
  const readings = readAll(['SKU', 'Name', 'Price'], ['a', 'Mug', 'x'], ['A', 'Mug', '5'], ['a', 'Mug', '6'])
  expect(readings.map(message)).toEqual([
    'Retail price “x” is not an amount. Write it like 12.50.',
    '',
    'The SKU “a” is on row 3 already.',
  ])
})

it('refuses a row without name and SKU', () => {
  expect(message(readAll(['SKU', 'Name', 'Price'], ['', '', '5'])[0])).toBe('There is no name and no SKU.')
})
