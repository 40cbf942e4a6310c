import { expect, it } from 'vitest'
import { recipientsOf } from './recipients.ts'

it('writes to the retailer and to every notification address', () => {
  expect(recipientsOf({ email: 'jo@shop.example' }, ['ana@maker.example', 'bo@maker.example'])).toEqual([
    { recipient: 'jo@shop.example', audience: 'retailer' },
    { recipient: 'ana@maker.example', audience: 'business' },
    { recipient: 'bo@maker.example', audience: 'business' },
  ])
})

it('writes to each address once, whatever its capitals', () => {
  expect(
    recipientsOf({ email: 'Ana@Maker.example' }, [
      'ana@maker.example',
      'bo@maker.example',
      'BO@maker.example',
    ]),
  ).toEqual([
    { recipient: 'Ana@Maker.example', audience: 'retailer' },
    { recipient: 'bo@maker.example', audience: 'business' },
  ])
})

it('leaves out a retailer that is not known or has no address', () => {
  const business = [{ recipient: 'ana@maker.example', audience: 'business' }]
  expect(recipientsOf(null, ['ana@maker.example'])).toEqual(business)
  expect(recipientsOf({ email: '' }, ['ana@maker.example'])).toEqual(business)
  expect(recipientsOf({ email: '' }, [])).toEqual([])
})
