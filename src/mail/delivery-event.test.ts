import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DeliveryEvent, type Verdict, verdictOf } from './delivery-event.ts'

const an = (event: string, at = 1_700_000_000_000, reason = ''): DeliveryEvent => ({
  ...{ messageId: 'm', requestId: '', mailId: '', recipient: 'jo@shop.example', event, at, reason },
})

/** What becomes of a message that is told these events, one after the other. */
function fateOf(events: DeliveryEvent[]): string {
  const fate = events.reduce<Pick<Verdict, 'status' | 'rank'> | { status: 'unknown'; rank: 0 }>(
    (fate, event) => {
      const verdict = verdictOf(event)
      return verdict && verdict.rank > fate.rank ? verdict : fate
    },
    { status: 'unknown', rank: 0 },
  )
  return fate.status
}

it.each([
  [['processed'], 'sent'],
  [['processed', 'delivered'], 'delivered'],
  [['soft-bounced', 'soft-bounced', 'delivered'], 'delivered'],
  [['delivered', 'hard-bounced'], 'bounced'],
  [['processed', 'hard-bounced', 'delivered'], 'delivered'],
  [['processed', 'dropped'], 'bounced'],
  [['delivered', 'complained', 'hard-bounced'], 'complained'],
  [['open', 'click', 'unsubscribed', 'test', 'constructor', 'bounced'], 'unknown'],
  [['delivered', 'open'], 'delivered'],
])('%j, in this order, means %s, whichever comes in first', (names, status) => {
  const events = names.map((name, index) => an(name, 1_700_000_000_000 + index * 1000))
  expect(fateOf(events)).toBe(status)
  expect(fateOf(events.toReversed())).toBe(status)
})

it('hides no refusal behind a delivery within the same second, unless it may pass', () => {
  expect(fateOf([an('delivered'), an('hard-bounced')])).toBe('bounced')
  expect(fateOf([an('delivered'), an('dropped')])).toBe('bounced')
  expect(fateOf([an('delivered'), an('soft-bounced')])).toBe('delivered')
})

it('comes to the same whatever the order, and however often each is told', () => {
  const events = fc.array(
    fc.record({
      name: fc.constantFrom(
        'processed',
        'soft-bounced',
        'delivered',
        'dropped',
        'hard-bounced',
        'complained',
      ),
      second: fc.integer({ min: 0, max: 9_999_999_999 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.nat()), (told, chances) => {
      const all = told.map(({ name, second }) => an(name, second * 1000))
      const shuffled = [...all, ...all]
        .map((event) => ({ event, place: chances.next().value! }))
        .sort((a, b) => a.place - b.place)
        .map(({ event }) => event)
      expect(fateOf(shuffled)).toBe(fateOf(all))
      for (const event of all) expect(Number.isSafeInteger(verdictOf(event)!.rank)).toBe(true)
    }),
  )
})

it('says why, in words for people', () => {
  expect(verdictOf(an('hard-bounced', 0, '550 5.1.1 No such user'))!.reason).toBe(
    'The recipient’s mail server refused it. 550 5.1.1 No such user',
  )
  expect(verdictOf(an('delivered', 0, '250 OK'))!.reason).toBeNull()
})
