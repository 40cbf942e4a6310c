import { expect, it } from 'vitest'
import { priceCell, rateCell, shown, wholeOf } from './cell-values.ts'

it.each([
  ['42.99', 4299],
  ['85', 8500],
  ['55.5', 5550],
  ['42.9900', 4299],
  ['12,50', 1250],
  ['$1,299.00', 129_900],
  ['1.299,00 €', 129_900],
  ['USD 20', 2000],
  ['1 299.00', 129_900],
  ["1'299.50", 129_950],
  ['1,299', 129_900],
  ['0.500', 50],
  ['0', 0],
])('reads the price %s', (text, amount) => {
  expect(priceCell(text, 'USD')).toEqual({ value: amount })
})

it('refuses a price that could be another, unless the point is known to be decimal', () => {
  expect(priceCell('1,200', 'USD')).toEqual({
    problem: '“1,200” can be read in two ways. Write 1200.00 or 1.20.',
  })
  expect(priceCell('1.200', 'USD')).toHaveProperty('problem')
  expect(priceCell('1.200', 'USD', true)).toEqual({ value: 120 })
  expect(priceCell('1,200', 'USD', true)).toHaveProperty('problem')
})

it('counts in the minor units of the currency', () => {
  expect(priceCell('1,200', 'JPY')).toEqual({ value: 1200 })
  expect(priceCell('12.5', 'JPY')).toHaveProperty('problem')
  expect(priceCell('1.250', 'KWD', true)).toEqual({ value: 1250 })
})

it.each([
  ['-5', '“-5” is less than 0.'],
  ['12.999', '“12.999” is not an amount. Write it like 12.50.'],
  ['1000001', '“1000001” is too much.'],
  ['free', '“free” is not an amount. Write it like 12.50.'],
  ['1e5', '“1e5” is not an amount. Write it like 12.50.'],
  ['12.50 or 13', '“12.50 or 13” is not an amount. Write it like 12.50.'],
])('says what is wrong with the price %s', (text, problem) => {
  expect(priceCell(text, 'USD', true)).toEqual({ problem })
})

it.each([
  ['50%', 5000],
  ['40', 4000],
  ['0,5', 5000],
  ['0.45', 4500],
  ['0.5%', 50],
  ['45,5 %', 4550],
  ['100', 10_000],
  ['0', 0],
  ['1%', 100],
])('reads the rate %s', (text, rate) => {
  expect(rateCell(text)).toEqual({ value: rate })
})

it.each(['1', '1.0', '101%', '150', 'half', '-5', '5%%'])('refuses the rate %s', (text) => {
  expect(rateCell(text)).toEqual({ problem: expect.stringContaining(text) })
})

it('reads whole numbers as spreadsheets write them, and nothing else', () => {
  expect(['12', ' 7 ', '3.0', '3,00', '-2', '1 000'].map(wholeOf)).toEqual([12, 7, 3, 3, -2, 1000])
  expect(['1.5', '1,000', 'ten', '', '1e3', '0x10'].map(wholeOf)).toEqual(Array(6).fill(Number.NaN))
})

it('repeats only the beginning of a long cell', () => {
  expect(shown('x'.repeat(5_000_000))).toBe(`“${'x'.repeat(40)}…”`)
})
