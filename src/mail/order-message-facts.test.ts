import { expect, it } from 'vitest'
import { anOrderMessage, aStatement } from '../testing/statement-fixtures.ts'
import { factsOf } from './order-message-facts.ts'

const promised = (shipBy: string) =>
  factsOf(anOrderMessage({ statement: aStatement({ shipBy }) })).find(
    ({ label }) => label === 'Promised ship date',
  )

it('tells the promised ship date in words, where there is one', () => {
  expect(promised('2026-12-04')?.value).toBe('4 December 2026')
  expect(promised('')).toBeUndefined()
})
