import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cartFrom, cartText, merged, missingToMinimum, quantityProblem, wholeCases } from './cart.ts'
import { MAX_LINES, MAX_QUANTITY } from './order.ts'

const quantities = fc.integer({ min: 1, max: MAX_QUANTITY })
const caseSizes = fc.integer({ min: 1, max: 10_000 })
const carts = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 999_999_999 }), quantities), { maxLength: MAX_LINES })
  .map((entries) => new Map(entries))

describe('a cart', () => {
  it('is the same after it was kept', () => {
    fc.assert(
      fc.property(carts, (cart) => {
        expect(cartFrom(cartText(cart))).toEqual(cart)
      }),
    )
  })

  it('is read from any text at all, and never holds more than an order does', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[\d._]{0,60}$/))
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 300 }), (parts) => {
        const cart = cartFrom(parts.join('_'))
        expect(cart.size).toBeLessThanOrEqual(MAX_LINES)
        for (const [product, quantity] of cart) {
          expect(product).toBeGreaterThan(0)
          expect(quantityProblem(quantity, 1)).toBeNull()
        }
      }),
    )
  })

  it('fits into a cookie with its 200 products', () => {
    const full = new Map(Array.from({ length: MAX_LINES }, (_, index) => [99_000 + index, 10_000]))
    expect(cartText(full).length).toBeLessThan(3_000)
  })

  it('takes the quantities of what is merged into it, and keeps the others', () => {
    const cart = merged(cartFrom('1.6_2.12'), cartFrom('2.4_3.1'))
    expect(cartText(cart)).toBe('1.6_2.4_3.1')
  })

  it('leaves out no more of what was chosen than an order has no room for', () => {
    const numbered = (from: number, to: number, quantity: number) =>
      new Map(Array.from({ length: to - from }, (_, index) => [from + index, quantity]))
    const fitting = merged(numbered(1, 151, 1), numbered(101, 201, 2))
    expect(fitting).toEqual(new Map([...numbered(1, 101, 1), ...numbered(101, 201, 2)]))
    const full = merged(numbered(1, 201, 1), numbered(151, 351, 2))
    expect(full).toEqual(numbered(151, 351, 2))
  })
})

describe('a quantity', () => {
  it('is refused exactly where it is no whole case, none, or too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 2 * MAX_QUANTITY }), caseSizes, (quantity, caseSize) => {
        const may = quantity >= 1 && quantity <= MAX_QUANTITY && quantity % caseSize === 0
        expect(quantityProblem(quantity, caseSize) === null).toBe(may)
      }),
    )
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('is refused as %d', (quantity) => {
    expect(quantityProblem(quantity, 1)).not.toBeNull()
  })

  it('is offered, where it is refused, as quantities that are taken', () => {
    fc.assert(
      fc.property(quantities, caseSizes, (quantity, caseSize) => {
        const [, offered = ''] = /enter (.*)\.$/.exec(quantityProblem(quantity, caseSize) ?? '') ?? []
        for (const one of offered.split(' or ').filter(Boolean)) {
          expect(quantityProblem(Number(one), caseSize)).toBeNull()
        }
      }),
    )
  })

  it('becomes the fewest whole cases that hold it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_QUANTITY - 10_000 }), caseSizes, (quantity, caseSize) => {
        const units = wholeCases(quantity, caseSize)
        expect(quantityProblem(units, caseSize)).toBeNull()
        expect(units - quantity).toBeGreaterThanOrEqual(0)
        expect(units - quantity).toBeLessThan(caseSize)
      }),
    )
  })
})

it('lacks of the minimum what remains of it, and nothing beyond', () => {
  const amounts = fc.integer({ min: 0, max: 10 ** 9 })
  fc.assert(
    fc.property(amounts, amounts, (netTotal, minimum) => {
      const missing = missingToMinimum(netTotal, minimum)
      expect(missing).toBeGreaterThanOrEqual(0)
      expect(missing === 0).toBe(netTotal >= minimum)
      expect(Math.max(netTotal, minimum)).toBe(netTotal + missing)
    }),
  )
})
