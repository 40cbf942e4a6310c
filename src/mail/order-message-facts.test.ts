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

it.each([
  ['awaiting_payment', ['Order', 'Date', 'Order status']],
  ['paid_in_full', ['Order', 'Date', 'Order status', 'Payment status']],
] as const)(
  'promises nothing of a canceled order, and asks for nothing, when it is %s',
  (paymentStatus, labels) => {
    const canceled = { status: 'canceled', shipBy: '2026-12-04', paymentStatus } as const
    const empty = { poNumber: '', trackingNumber: '', invoiceLink: '' }
    const facts = factsOf(anOrderMessage({ statement: aStatement({ ...canceled, ...empty }) }))
    expect(facts.map(({ label }) => label)).toEqual(labels)
  },
)
