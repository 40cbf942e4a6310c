import { describe, expect, it } from 'vitest'
import {
  type AuditedOrder,
  differencesOf,
  type Evidence,
  follow,
  type LedgerEntry,
  START,
} from './audit-rules.ts'

const entry = (over: Partial<LedgerEntry>): LedgerEntry => ({
  ...{ sequence: 1, onHandChange: 10, reservedChange: 0, onHand: 10, reserved: 0, ...over },
})
const received = entry({})
const reserved = entry({ sequence: 2, onHandChange: 0, reservedChange: 4, reserved: 4 })

const order: AuditedOrder = {
  ...{ id: 'x', number: 1042, revision: 1, attempt: 'a', status: 'new', type: 'wholesale', pull: true },
  ...{ voided: false, line: { quantity: 4, stockTracked: true } },
}

/** Ten mugs of which order 1042 holds four, and everything agrees. */
const healthy: Evidence = {
  productId: 'mug',
  object: {
    ...{ onHand: 10, reserved: 4, available: 6, sequence: 2, projected: 2, prepared: [] },
    claims: [{ orderId: 'x', revision: 1, claim: { reserved: 4, shipped: 0 }, finished: false }],
  },
  ledger: follow(START, [received, reserved]),
  projection: { sequence: 2, onHand: 10, reserved: 4, entry: { onHand: 10, reserved: 4 } },
  orders: [order],
  now: 0,
}
const words = (over: Partial<Evidence>) => differencesOf({ ...healthy, ...over }).map(({ words }) => words)
const withObject = (over: Partial<Evidence['object']>) => words({ object: { ...healthy.object, ...over } })
const claimOf = (reserved: number, shipped = 0) => [
  { orderId: 'x', revision: 1, claim: { reserved, shipped }, finished: false },
]

describe('the replay of a ledger', () => {
  it('goes on where the chunk before it ended', () => {
    expect(follow(follow(START, [received]), [reserved])).toEqual(follow(START, [received, reserved]))
  })

  it('names the first entry that does not follow from those before it', () => {
    expect(follow(START, [received, reserved]).brokenAt).toBe(null)
    expect(follow(START, [received, { ...reserved, sequence: 3 }]).brokenAt).toBe(3)
    expect(follow(START, [{ ...received, onHand: 11 }, reserved]).brokenAt).toBe(1)
    expect(follow(START, [received, { ...reserved, reserved: 5 }]).brokenAt).toBe(2)
  })
})

it('finds nothing where everything agrees', () => {
  expect(words({})).toEqual([])
})

describe('a difference is said in plain words where', () => {
  it('the balance is not what the ledger adds up to', () => {
    expect(withObject({ onHand: 11 })).toEqual(['On hand is 11, but the ledger adds up to 10.'])
    expect(withObject({ reserved: 3 })).toEqual([
      'Reserved is 3, but the ledger adds up to 4.',
      'Reserved is 3, but what the orders hold adds up to 4.',
    ])
  })

  it('entries are missing, or do not follow', () => {
    expect(words({ ledger: { ...healthy.ledger, sequence: 1 } })).toEqual([
      'The ledger has 1 entries, but 2 were made.',
    ])
    expect(words({ ledger: { ...healthy.ledger, brokenAt: 2 } })).toEqual([
      'Entry 2 of the ledger does not follow from the entries before it.',
    ])
  })

  it('lists show something else than the ledger', () => {
    const projection = { ...healthy.projection!, onHand: 9 }
    expect(words({ projection })).toEqual([
      'Lists show 9 on hand and 4 reserved, but the ledger has 10 and 4.',
    ])
    expect(words({ projection: { ...projection, sequence: 1 } })).toEqual([
      'Lists show the stock after entry 1, but there are 2.',
    ])
    expect(words({ projection: null })).toEqual(['Lists show the stock after entry 0, but there are 2.'])
  })

  it('an order holds something else than it needs', () => {
    expect(words({ orders: [{ ...order, line: { quantity: 5, stockTracked: true } }] })).toEqual([
      'Order #1042 needs 5 reserved, but holds 4 reserved.',
    ])
    expect(words({ orders: [{ ...order, status: 'shipped' }] })).toEqual([
      'Order #1042 needs 4 gone, but holds 4 reserved.',
    ])
    expect(words({ orders: [{ ...order, line: null }] })).toEqual([
      'Order #1042 needs 0 reserved, but holds 4 reserved.',
    ])
    expect(words({ orders: [] })).toEqual(['4 reserved for an order that does not exist (x).'])
  })

  it('units stay set aside for a change that nobody decides', () => {
    const prepared = [
      { orderId: 'x', attempt: 'b', revision: 2, claim: { reserved: 5, shipped: 0 }, deadline: 30_000 },
    ]
    const object = { ...healthy.object, prepared }
    expect(words({ object, now: 60_000 })).toEqual([])
    expect(words({ object, now: 3_600_000 })).toEqual([
      '5 reserved is still set aside for a change of order #1042.',
    ])
  })
})

describe('no difference is', () => {
  it('a change that is committed but not settled yet', () => {
    const prepared = [
      { orderId: 'x', attempt: 'b', revision: 2, claim: { reserved: 5, shipped: 0 }, deadline: 30_000 },
    ]
    const changed = { ...order, revision: 2, attempt: 'b', line: { quantity: 5, stockTracked: true } }
    expect(words({ object: { ...healthy.object, prepared }, orders: [changed] })).toEqual([])
  })

  it('a change that is under way and not committed', () => {
    const prepared = [
      { orderId: 'x', attempt: 'b', revision: 2, claim: { reserved: 9, shipped: 0 }, deadline: 30_000 },
    ]
    expect(withObject({ prepared })).toEqual([])
  })

  it('a projection that is further by now', () => {
    const projection = { sequence: 3, onHand: 12, reserved: 4, entry: { onHand: 12, reserved: 4 } }
    expect(words({ projection })).toEqual([])
  })

  it('a finished order whose claim was let go', () => {
    const object = { ...healthy.object, claims: claimOf(0), reserved: 0 }
    const ledger = { ...healthy.ledger, reserved: 0 }
    const canceled = { ...order, status: 'canceled' as const }
    const delivered = { ...order, id: 'y', status: 'delivered' as const }
    const projection = { ...healthy.projection!, reserved: 0, entry: { onHand: 10, reserved: 0 } }
    expect(words({ object, ledger, projection, orders: [canceled, delivered] })).toEqual([])
  })

  it('a product that is not tracked', () => {
    const untracked = { ...order, id: 'y', line: { quantity: 4, stockTracked: false } }
    expect(words({ orders: [order, untracked] })).toEqual([])
  })
})
