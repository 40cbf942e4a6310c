import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterRate,
  decimalOf,
  formatMoney,
  formatRate,
  MAX_AMOUNT,
  minorDigits,
  parseMoney,
} from './money.ts'

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD')
const amount = fc.nat(MAX_AMOUNT)

describe('what remains after the rate', () => {
  it('is rounded half up to a minor unit', () => {
    expect(afterRate(1999, 5000)).toBe(1000)
    expect(afterRate(1, 5000)).toBe(1)
    expect(afterRate(1, 5001)).toBe(0)
    expect(afterRate(2000, 3333)).toBe(1333)
    expect(afterRate(333, 0)).toBe(333)
    expect(afterRate(333, 10_000)).toBe(0)
  })

  it('is the nearest minor unit to the exact amount, the upper one of two', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (amount, rate) => {
        const exactTenThousandths = BigInt(amount) * BigInt(10_000 - rate)
        const error = BigInt(afterRate(amount, rate)) * 10_000n - exactTenThousandths
        expect(error > -5000n && error <= 5000n).toBe(true)
      }),
    )
  })
})

describe('a typed amount', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(amount, currency, (amount, currency) => {
        expect(parseMoney(decimalOf(amount, currency), currency)).toBe(amount)
      }),
    )
  })

  it('has as many decimals as the currency', () => {
    expect([minorDigits('USD'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3])
    expect(decimalOf(1540, 'USD')).toBe('15.40')
    expect(decimalOf(5, 'USD')).toBe('0.05')
    expect(decimalOf(-910, 'USD')).toBe('-9.10')
    expect(decimalOf(1540, 'JPY')).toBe('1540')
    expect(decimalOf(1540, 'KWD')).toBe('1.540')
  })

  it.each([
    ['12', 1200],
    ['12.5', 1250],
    ['12,50', 1250],
    [' 12.50 ', 1250],
    ['12.5000', 1250],
    ['0', 0],
    ['1000000', MAX_AMOUNT],
  ])('%j is %i cents', (text, cents) => {
    expect(parseMoney(text, 'USD')).toBe(cents)
  })

  it.each([
    '',
    '.5',
    '12.345',
    '1.250',
    '1,250',
    '-1',
    '+1',
    '1e3',
    '1,234.50',
    'ten',
    '1000000.01',
    '999999999999',
    'NaN',
  ])('%j is not one', (text) => {
    expect(parseMoney(text, 'USD')).toBe(null)
  })

  it('of yen has no decimals', () => {
    expect(parseMoney('12.0', 'JPY')).toBe(12)
    expect(parseMoney('12.5', 'JPY')).toBe(null)
  })
})

it('reads as people write it', () => {
  expect(formatMoney(127_850, 'USD')).toBe('$1,278.50')
  expect(formatMoney(-910, 'USD')).toBe('−$9.10')
  expect(formatMoney(1540, 'JPY')).toBe('¥1,540')
  expect(formatRate(5000)).toBe('50%')
  expect(formatRate(4550)).toBe('45.5%')
})
