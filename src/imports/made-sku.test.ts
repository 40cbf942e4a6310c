import fc from 'fast-check'
import { expect, it } from 'vitest'
import { skuMaker } from './made-sku.ts'

it('is made from the handle and the options', () => {
  const make = skuMaker()
  expect(make(['spotted-mug', 'Sea blue'])).toBe('SPOTTED-MUG_SEA-BLUE')
  expect(make(['spotted-mug', 'Größe M', 'Crème'])).toBe('SPOTTED-MUG_GROSSE-M_CREME')
  expect(make(['bud-vase'])).toBe('BUD-VASE')
})

it('is the same in every import, whatever else is in the file', () => {
  const parts = [['mug', 'blue large'], ['mug-blue', 'large'], ['花瓶'], ['x'.repeat(90), 'y']]
  const forwards = skuMaker()
  const backwards = skuMaker()
  const made = parts.map(forwards)
  expect(parts.toReversed().map(backwards).toReversed()).toEqual(made)
  expect(new Set(made).size).toBe(parts.length)
})

it('keeps two apart that would look the same, and gives equal parts the same', () => {
  const make = skuMaker()
  const [first, second] = [make(['mug', 'Blue/Green']), make(['mug', 'Blue-Green'])]
  expect(first).toBe('MUG_BLUE-GREEN')
  expect(second).toMatch(/^MUG_BLUE-GREEN-[0-9A-Z]{7}$/)
  expect(make(['mug', 'Blue/Green'])).toBe(first)
  expect(make(['mug', 'Blue-Green'])).toBe(second)
})

it('is upper-case ASCII of bounded length, and unique, for any parts', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('a', 'A', 'á', '-', '_', ''),
  )
  const someParts = fc.uniqueArray(fc.array(part, { minLength: 1, maxLength: 4 }), {
    selector: (parts) => parts.join('\0'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(someParts, (rows) => {
      const skus = rows.map(skuMaker())
      for (const sku of skus) expect(sku).toMatch(/^[A-Z0-9][A-Z0-9_-]{0,39}$/)
      expect(new Set(skus).size).toBe(rows.length)
    }),
  )
})
