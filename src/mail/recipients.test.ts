import { expect, it } from 'vitest'
import { MAIL_EVENTS, type MailEvent, mailEventOf } from './mail-event.ts'
import { recipientsOf } from './recipients.ts'

const wants = (email: string, events: readonly MailEvent[] = MAIL_EVENTS) => ({ email, events: [...events] })

it('writes to the retailer and to every notification address', () => {
  const desk = [wants('ana@maker.example'), wants('bo@maker.example')]
  expect(recipientsOf({ email: 'jo@shop.example' }, desk, 'placed')).toEqual([
    { recipient: 'jo@shop.example', audience: 'retailer' },
    { recipient: 'ana@maker.example', audience: 'business' },
    { recipient: 'bo@maker.example', audience: 'business' },
  ])
})

it('writes to each address once, whatever its capitals', () => {
  const desk = [wants('ana@maker.example'), wants('bo@maker.example'), wants('BO@maker.example')]
  expect(recipientsOf({ email: 'Ana@Maker.example' }, desk, 'updated')).toEqual([
    { recipient: 'Ana@Maker.example', audience: 'retailer' },
    { recipient: 'bo@maker.example', audience: 'business' },
  ])
})

it('leaves out a retailer that is not known or has no address', () => {
  const business = [{ recipient: 'ana@maker.example', audience: 'business' }]
  expect(recipientsOf(null, [wants('ana@maker.example')], 'placed')).toEqual(business)
  expect(recipientsOf({ email: '' }, [wants('ana@maker.example')], 'placed')).toEqual(business)
  expect(recipientsOf({ email: '' }, [], 'placed')).toEqual([])
})

it.each(MAIL_EVENTS)('tells of “%s” those who want it, and the retailer in any case', (event) => {
  const others = MAIL_EVENTS.filter((one) => one !== event)
  const desk = [
    wants('all@maker.example'),
    wants('this@maker.example', [event]),
    wants('no@maker.example', others),
  ]
  expect(recipientsOf({ email: 'jo@shop.example' }, desk, event).map(({ recipient }) => recipient)).toEqual([
    ...['jo@shop.example', 'all@maker.example', 'this@maker.example'],
  ])
})

it('takes a change for what it brought about', () => {
  expect(mailEventOf('placed', null, 'new')).toBe('placed')
  expect(mailEventOf('requested', null, 'awaiting_approval')).toBe('requested')
  expect(mailEventOf('answered', 'new', 'canceled')).toBe('requested')
  expect(mailEventOf('updated', 'new', 'shipped')).toBe('shipped')
  expect(mailEventOf('updated', 'shipped', 'shipped')).toBe('updated')
  expect(mailEventOf('updated', 'shipped', 'delivered')).toBe('delivered')
  expect(mailEventOf('updated', 'awaiting_approval', 'canceled')).toBe('canceled')
  expect(mailEventOf('updated', 'awaiting_approval', 'new')).toBe('updated')
})
