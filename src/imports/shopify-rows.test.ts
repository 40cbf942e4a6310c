import { expect, it } from 'vitest'
import { understand } from './columns.ts'
import type { RowReading } from './import.ts'
import { type ProductRow, shopifyFields } from './product-row.ts'
import { shopifyRowReader } from './shopify-rows.ts'

const headings = [
  ...['Handle', 'Title', 'Body (HTML)', 'Vendor', 'Type', 'Published', 'Option1 Name', 'Option1 Value'],
  ...['Option2 Value', 'Variant SKU', 'Variant Inventory Tracker', 'Variant Inventory Qty', 'Variant Price'],
  ...['Image Src', 'Status'],
]

type Cells = Partial<Record<string, string>>

function readAll(...rows: Cells[]): RowReading<ProductRow>[] {
  const read = shopifyRowReader(understand(shopifyFields, headings, 'EUR'), 'EUR')
  return rows.map((cells, index) =>
    read(
      headings.map((heading) => cells[heading] ?? ''),
      index + 2,
    ),
  )
}

const jug: Cells = {
  ...{
    Handle: 'oat-jug',
    Title: 'Oat jug',
    'Body (HTML)': '<p>Holds <b>1 l</b></p>',
    Vendor: 'Us',
    Type: 'Jugs',
  },
  ...{ Published: 'true', 'Option1 Name': 'Size', 'Option1 Value': 'Small', 'Variant Inventory Qty': '4' },
  ...{ 'Variant Price': '31.5', 'Image Src': 'https://x.example/1.jpg' },
}
const value = (reading: RowReading<ProductRow> | undefined) =>
  reading && 'value' in reading ? reading.value : null
const message = (reading: RowReading<ProductRow> | undefined) =>
  reading && 'message' in reading ? reading.message : ''

it('makes a product of each variant, with what the first row of its handle says', () => {
  const [small, large] = readAll(jug, {
    ...{ Handle: 'oat-jug', 'Option1 Value': 'Large', 'Option2 Value': 'Matt', 'Variant Inventory Qty': '0' },
    'Variant Price': '48',
  })
  expect(value(small)).toEqual({
    ...{ sku: 'OAT-JUG_SMALL', name: 'Oat jug, Small', collection: 'Jugs', description: 'Holds 1 l' },
    ...{ retailPrice: 3150, quantity: 4, stockTracked: true, listed: true },
  })
  expect(value(large)).toEqual({
    ...{
      sku: 'OAT-JUG_LARGE_MATT',
      name: 'Oat jug, Large, Matt',
      collection: 'Jugs',
      description: 'Holds 1 l',
    },
    ...{ retailPrice: 4800, quantity: 0, stockTracked: true, listed: true },
  })
})

it('leaves out the option of a product without options', () => {
  const [only] = readAll({ ...jug, 'Option1 Name': 'Title', 'Option1 Value': 'Default Title' })
  expect(value(only)).toMatchObject({ sku: 'OAT-JUG', name: 'Oat jug' })
})

it('skips rows that only bring a further photo', () => {
  expect(readAll(jug, { Handle: 'oat-jug', 'Image Src': 'https://x.example/2.jpg' })[1]).toBeNull()
})

it('keeps the SKU that a variant has', () => {
  expect(value(readAll({ ...jug, 'Variant SKU': 'jug-7' })[0])).toMatchObject({ sku: 'jug-7' })
})

it('tracks stock where there is a quantity or a tracker', () => {
  const tracked = (cells: Cells) => value(readAll({ ...jug, ...cells })[0])?.stockTracked
  expect(tracked({})).toBe(true)
  expect(tracked({ 'Variant Inventory Qty': '', 'Variant Inventory Tracker': 'shopify' })).toBe(true)
  expect(tracked({ 'Variant Inventory Qty': '' })).toBeUndefined()
})

it.each([
  ['true', 'active', { listed: true, archived: false }],
  ['true', 'draft', { listed: false, archived: false }],
  ['false', 'active', { listed: false, archived: false }],
  ['', 'archived', { listed: false, archived: true }],
  ['false', '', { listed: false }],
  ['', '', {}],
])('published %s and status %s', (published, status, expected) => {
  const { listed, archived } = value(readAll({ ...jug, Published: published, Status: status })[0])!
  expect(JSON.parse(JSON.stringify({ listed, archived }))).toEqual(expected)
})

it('says what is missing', () => {
  const readings = readAll(
    { ...jug, 'Variant Price': '' },
    { ...jug, Handle: 'other', Title: '' },
    { ...jug, Handle: '' },
    { ...jug, Handle: 'negative', 'Variant Inventory Qty': '-3' },
  )
  expect(readings.map(message)).toEqual([
    'There is no price.',
    'There is no title, and no row above with this handle has one.',
    'There is no handle.',
    'On hand “-3”: Enter a whole number from 0 to 1,000,000.',
  ])
})

it('keeps with a bad variant what it needs to be imported by itself', () => {
  const bad = readAll(jug, { Handle: 'oat-jug', 'Option1 Value': 'Large', 'Variant Price': 'x' })[1]
  const again = readAll(Object.fromEntries(headings.map((heading, index) => [heading, bad?.cells[index]])))
  expect(message(again[0])).toBe('Retail price “x” is not an amount. Write it like 12.50.')
})

it('refuses the same variant twice and the same SKU twice', () => {
  expect(readAll(jug, jug).map(message)).toEqual(['', 'The SKU “OAT-JUG_SMALL” is on row 2 already.'])
})
