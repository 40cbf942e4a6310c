import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rateFrom, rateText } from './rate.ts'

it.each([
  ['50', 5000],
  [' 50 % ', 5000],
  ['45.5', 4550],
  ['45,5%', 4550],
  ['33.33', 3333],
  ['0', 0],
  ['100', 10_000],
  ['101', 10_100],
])('reads %s as %d basis points', (typed, rate) => {
  expect(rateFrom(typed)).toBe(rate)
})

it.each(['', 'half', '-5', '5e1', '12.345', '1.2.3', '50 %%', '٥٠', '9999', '0x10', '.5'])(
  'does not read %j',
  (typed) => {
    expect(rateFrom(typed)).toBeNaN()
  },
)

it('reads back every rate that it writes', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (rate) => rateFrom(rateText(rate)) === rate))
})
