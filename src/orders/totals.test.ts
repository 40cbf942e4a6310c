import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_AMOUNT } from '../money.ts'
import { MAX_LINES, MAX_QUANTITY } from './order.ts'
import { totalsOf, unitPriceFor } from './totals.ts'

const none = { discount: 0, shipping: 0, otherCharges: 0, tax: 0 }
const amount = fc.nat(MAX_AMOUNT)
const line = fc.record({
  quantity: fc.integer({ min: 1, max: MAX_QUANTITY }),
  unitRetail: amount,
  unitPrice: amount,
})
const charges = fc.record({ discount: amount, shipping: amount, otherCharges: amount, tax: amount })
const type = fc.constantFrom('wholesale' as const, 'consignment' as const)

describe('the totals of an order', () => {
  it('are those of the example: 10 × 20.00 at 50 %, shipping 8.00', () => {
    const unitPrice = unitPriceFor(
      { retailPrice: 2000, wholesalePrice: null },
      { type: 'wholesale', rate: 5000 },
    )
    const lines = [{ quantity: 10, unitRetail: 2000, unitPrice }]
    expect(totalsOf('wholesale', lines, { ...none, shipping: 800 })).toEqual({
      ...{ pieces: 10, grossTotal: 20_000, retailerShare: 10_000, netTotal: 10_000, amountDue: 10_800 },
    })
  })

  it('ask nothing of a consignment retailer', () => {
    const lines = [{ quantity: 10, unitRetail: 2000, unitPrice: 1200 }]
    expect(totalsOf('consignment', lines, { ...none, shipping: 800 })).toMatchObject({
      ...{ netTotal: 12_000, amountDue: 0 },
    })
  })

  it('add up: the parts are the whole', () => {
    fc.assert(
      fc.property(type, fc.array(line, { maxLength: 20 }), charges, (type, lines, charges) => {
        const totals = totalsOf(type, lines, charges)
        expect(totals.netTotal + charges.discount + totals.retailerShare).toBe(totals.grossTotal)
        const added = charges.shipping + charges.otherCharges + charges.tax
        expect(totals.amountDue).toBe(type === 'consignment' ? 0 : totals.netTotal + added)
      }),
    )
  })

  it('are the sums of the totals of each line', () => {
    fc.assert(
      fc.property(type, fc.array(line, { maxLength: 20 }), (type, lines) => {
        const each = lines.map((line) => totalsOf(type, [line], none))
        const whole = totalsOf(type, lines, none)
        for (const key of ['pieces', 'grossTotal', 'retailerShare', 'netTotal', 'amountDue'] as const) {
          expect(whole[key]).toBe(each.reduce((sum, totals) => sum + totals[key], 0))
        }
      }),
    )
  })

  it('stay exact for the largest order that may be placed', () => {
    const lines = Array.from({ length: MAX_LINES }, () => ({
      ...{ quantity: MAX_QUANTITY, unitRetail: MAX_AMOUNT, unitPrice: MAX_AMOUNT - 1 },
    }))
    const { grossTotal, retailerShare } = totalsOf('wholesale', lines, none)
    expect(Number.isSafeInteger(grossTotal)).toBe(true)
    expect(retailerShare).toBe(MAX_LINES * MAX_QUANTITY)
  })
})

describe('the price of a unit', () => {
  const product = { retailPrice: 1999, wholesalePrice: 900 }

  it('is the wholesale price for wholesale, if the product has one', () => {
    expect(unitPriceFor(product, { type: 'wholesale', rate: 5000 })).toBe(900)
  })

  it('is the retail price after the rate otherwise, rounded half up', () => {
    expect(unitPriceFor(product, { type: 'consignment', rate: 5000 })).toBe(1000)
    expect(unitPriceFor({ ...product, wholesalePrice: null }, { type: 'wholesale', rate: 5000 })).toBe(1000)
  })

  it('may be nothing', () => {
    expect(unitPriceFor({ ...product, wholesalePrice: 0 }, { type: 'wholesale', rate: 5000 })).toBe(0)
  })
})
