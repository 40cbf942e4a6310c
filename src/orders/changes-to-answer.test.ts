import { expect, it } from 'vitest'
import { aLineChange } from '../testing/statement-fixtures.ts'
import { changesToAnswer } from './changes-to-answer.ts'
import type { EventChanges, OrderEvent } from './history.ts'
import type { Order, OrderRequest } from './order.ts'

const staff = { kind: 'staff', id: 'owner', name: 'Ana', role: 'owner' } as const
const shop = { kind: 'retailer', id: 'shop-0001', name: 'Shop' } as const
const none: EventChanges = { fields: [], lines: [] }

function anEvent(
  revision: number,
  actor: OrderEvent['actor'],
  changes: Partial<EventChanges> = {},
): OrderEvent {
  const kind = actor.kind === 'staff' ? 'lines' : 'answered'
  return {
    revision,
    at: revision,
    actor,
    kind,
    changes: { ...none, ...changes },
    comment: '',
    emailed: false,
  }
}

const sent = { request: {} as OrderRequest, status: 'awaiting_approval' } as const
const requested = anEvent(1, shop)
const fewer = (from: number, to: number) => aLineChange('Mug', [from, 1400], [to, 1400])

/** Newest first, as the history is read. */
const waiting = (order: Pick<Order, 'request' | 'status'>, ...events: OrderEvent[]) =>
  changesToAnswer(order, events.toReversed())

it('is the difference between what the shop last saw and what stands there now', () => {
  const found = waiting(
    sent,
    requested,
    anEvent(2, staff, { lines: [fewer(24, 18), aLineChange('Jug', null, [2, 900])] }),
    anEvent(3, staff, {
      ...{ lines: [fewer(18, 12)], fields: [{ field: 'shipping', from: 0, to: 800 }], toBeMade: true },
    }),
  )
  expect(found?.lines).toMatchObject([
    { name: 'Mug', from: { quantity: 24 }, to: { quantity: 12 } },
    { name: 'Jug', from: null, to: { quantity: 2 } },
  ])
  expect(found?.fields).toEqual([{ field: 'shipping', from: 0, to: 800 }])
  expect(found?.toBeMade).toBe(true)
})

it.each([
  ['nothing was changed', sent, [requested]],
  [
    'it came back to where it was',
    sent,
    [
      requested,
      ...[24, 12].map((from, index) => anEvent(index + 2, staff, { lines: [fewer(from, 36 - from)] })),
    ],
  ],
  [
    'the shop has answered it',
    sent,
    [requested, anEvent(2, staff, { lines: [fewer(24, 12)] }), anEvent(3, shop)],
  ],
  [
    'staff placed the order',
    { ...sent, request: null },
    [requested, anEvent(2, staff, { lines: [fewer(24, 12)] })],
  ],
  [
    'only the status and a note are new',
    sent,
    [requested, anEvent(2, staff, { fields: [{ field: 'status', from: 'awaiting_approval', to: 'new' }] })],
  ],
  ['the shop’s last word is too long ago', sent, [anEvent(200, staff, { lines: [fewer(24, 12)] })]],
  ...(['shipped', 'delivered', 'canceled'] as const).map((status): [string, typeof sent, OrderEvent[]] => [
    `it is ${status}`,
    { ...sent, status } as unknown as typeof sent,
    [requested, anEvent(2, staff, { lines: [fewer(24, 12)] })],
  ]),
] as [string, Pick<Order, 'request' | 'status'>, OrderEvent[]][])(
  'is nothing where %s',
  (_, order, events) => {
    expect(waiting(order, ...events)).toBeNull()
  },
)
