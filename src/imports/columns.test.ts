import { expect, it } from 'vitest'
import { cellReader, plainHeading, understand } from './columns.ts'
import { productFields, shopifyFields } from './product-row.ts'
import { retailerColumns } from './retailer-row.ts'

it('compares headings by their words', () => {
  expect(['Body (HTML)', ' E-Mail ', 'Discount / commission', 'Größe'].map(plainHeading)).toEqual([
    ...['body html', 'e mail', 'discount commission', 'große'],
  ])
})

it('understands each field once, and leaves the rest', () => {
  const columns = understand(productFields, ['Price', 'Item', 'Colour', 'RRP (USD)', 'price'], 'USD')
  expect(columns.map(({ field }) => field)).toEqual([null, 'name', null, 'retailPrice', null])
})

it.each([
  ['shopify', shopifyFields],
  ['products', productFields],
  ['retailers', retailerColumns],
])('gives no heading of %s two meanings', (_, fields) => {
  const headings = Object.values(fields).flatMap((field) => field.headings as readonly string[])
  expect(new Set(headings).size).toBe(headings.length)
  expect(headings.map(plainHeading)).toEqual(headings)
})

it('takes off the apostrophe that shields a cell, and what word processors leave', () => {
  const cell = cellReader(understand(productFields, ['Name', 'SKU'], 'USD'))
  const read = (text: string) => cell([text], 'name')
  expect(["'=1+1", "'+44 20", "'quoted'", ' a\vb\0 ', '=1'].map(read)).toEqual([
    ...['=1+1', '+44 20', "'quoted'", 'a b', '=1'],
  ])
  expect(cell(['x'], 'sku')).toBe('')
})
