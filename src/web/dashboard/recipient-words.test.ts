import { expect, it } from 'vitest'
import { MAIL_EVENTS } from '../../mail/mail-event.ts'
import { recipientWords } from './recipient-words.ts'

const desk = [
  { email: 'ana@maker.example', events: [...MAIL_EVENTS] },
  { email: 'ship@maker.example', events: ['shipped' as const, 'updated' as const] },
  { email: 'new@maker.example', events: ['placed' as const] },
]

it('names those who are told in any case, and of the others when', () => {
  expect(recipientWords({ email: 'jo@shop.example' }, desk, ['updated', 'shipped', 'canceled'])).toBe(
    'jo@shop.example, ana@maker.example, ship@maker.example (only for other updates, Shipped)',
  )
  expect(recipientWords({ email: 'jo@shop.example' }, desk, ['updated'])).toBe(
    'jo@shop.example, ana@maker.example, ship@maker.example',
  )
})

it('says nothing where nobody is told', () => {
  expect(recipientWords({ email: '' }, desk.slice(2), ['updated', 'shipped'])).toBe('')
})
