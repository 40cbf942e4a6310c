import { expect, it } from 'vitest'
import type { EventChanges, EventKind } from '../orders/history.ts'
import { ORDER_STATUSES, type OrderStatus } from '../orders/order.ts'
import { anOrderMessage, aStatement } from '../testing/statement-fixtures.ts'
import { orderMessage } from './order-message.ts'
import { STORIES, storyOf } from './order-message-story.ts'

const DESK = new URL('https://desk.tidewater.example/orders/1282')
const changed = (...fields: EventChanges['fields']): EventChanges => ({ fields, lines: [] })
const becomes = (from: OrderStatus, to: OrderStatus) => changed({ field: 'status', from, to })
const gets = (field: 'invoiceLink' | 'trackingNumber', to: string) => changed({ field, from: '', to })

/** A message's title, first sentence and button, as its plain text has them. */
function told(kind: EventKind, changes: EventChanges, audience: 'retailer' | 'business', comment = '') {
  const { text } = orderMessage(anOrderMessage({ kind, changes, audience, comment, desk: DESK }))
  const [title, , , , intro] = text.split('\n')
  return { title, intro, action: text.split('\n').find((line) => /^(Open|Track) .*: https:/.test(line)) }
}

const retailer: [EventKind, EventChanges, title: string, intro: string][] = [
  ['placed', changed(), 'ORDER PLACED', 'Thank you for your order. This is what we have noted.'],
  [
    ...(['requested', changed(), 'ORDER REQUEST RECEIVED'] as const),
    'Thank you, your request has arrived. It becomes an order when we approve it: you will hear from us.',
  ],
  [
    ...(['updated', becomes('awaiting_approval', 'new'), 'ORDER APPROVED'] as const),
    'Good news: we have approved your order.',
  ],
  [
    ...(['updated', becomes('awaiting_approval', 'in_progress'), 'ORDER APPROVED'] as const),
    'Good news: we have approved your order.',
  ],
  [
    ...(['updated', becomes('awaiting_approval', 'canceled'), 'ORDER DECLINED'] as const),
    'We are sorry: we cannot take this order.',
  ],
  ['updated', becomes('new', 'in_progress'), 'ORDER IN PROGRESS', 'We are working on your order.'],
  ['updated', becomes('new', 'shipped'), 'ORDER SHIPPED', 'Your order is on its way with UPS.'],
  ['updated', becomes('shipped', 'delivered'), 'ORDER DELIVERED', 'Your order has been delivered.'],
  ['updated', becomes('new', 'canceled'), 'ORDER CANCELED', 'Your order has been canceled.'],
  ['updated', changed(), 'ORDER UPDATE', 'There is news about your order.'],
  [
    ...(['updated', gets('invoiceLink', 'https://pay.example/1'), 'INVOICE FOR YOUR ORDER'] as const),
    'The invoice for your order is ready.',
  ],
  ['updated', gets('trackingNumber', '1Z'), 'TRACKING FOR YOUR ORDER', 'Your order can be tracked.'],
  ['answered', changed(), 'ANSWER RECEIVED', 'Thank you, we have your answer.'],
]

it.each(retailer)('tells the retailer of “%s” with %o', (kind, changes, title, intro) => {
  expect(told(kind, changes, 'retailer')).toMatchObject({ title, intro })
})

it('gives the reason where an order is declined', () => {
  const changes = becomes('awaiting_approval', 'canceled')
  const { text, html } = orderMessage(anOrderMessage({ changes, comment: 'The glaze is gone.' }))
  expect(text).toContain('we cannot take this order. This is why:\n\n> The glaze is gone.')
  expect(html).toContain('This is why:')
})

it('leads the retailer to the parcel and to the invoice', () => {
  expect(told('updated', becomes('new', 'shipped'), 'retailer').action).toBe(
    'Track with UPS: https://www.ups.com/track?tracknum=1Z999AA10123456784',
  )
  expect(told('updated', gets('invoiceLink', 'https://pay.example/1'), 'retailer').action).toBe(
    'Open the invoice: https://pay.example/inv/8841',
  )
  const unknown = aStatement({ trackingNumber: 'by hand' })
  const { text } = orderMessage(anOrderMessage({ statement: unknown }))
  expect(text).toContain('Your order is on its way.\n')
  expect(text).not.toContain('Track with')
})

it('leads staff to the order at their desk, and nobody else', () => {
  for (const [kind, changes] of retailer) {
    expect(told(kind, changes, 'business').action).toBe(`Open order #1282: ${DESK.href}`)
    expect(told(kind, changes, 'retailer').action ?? '').not.toContain(DESK.host)
  }
  const { text, html } = orderMessage(anOrderMessage({ audience: 'business', desk: null }))
  for (const part of [text, html]) expect(part).not.toContain('Open order')
})

it.each(retailer)('tells the business of “%s” with %o of whom it is about', (kind, changes) => {
  expect(told(kind, changes, 'business').intro).toBe(
    `Order #1282 of North Loop Mercantile ${STORIES[storyOf({ kind, changes })].told}`,
  )
})

it('has words for every change of status', () => {
  for (const from of ORDER_STATUSES) {
    for (const to of ORDER_STATUSES) {
      expect(STORIES[storyOf({ kind: 'updated', changes: becomes(from, to) })].title).toMatch(/^Order /)
    }
  }
})
