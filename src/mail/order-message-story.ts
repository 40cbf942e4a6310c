import { ORDER_STATUS_WORDS, type OrderStatus } from '../orders/order.ts'
import type { OrderMessageInput } from './order-message.ts'

/** What a message tells: each is a template with words of its own. */
export type Story =
  | Exclude<OrderStatus, 'new'>
  | 'placed'
  | 'requested'
  | 'answered'
  | 'approved'
  | 'declined'
  | 'confirmed'
  | 'invoice'
  | 'tracking'
  | 'update'

interface Words {
  /** What happened, in two or three words. */
  title: string
  /** To the retailer. */
  intro: string
  /** To the business, after "Order #1042 of North Loop Mercantile". */
  told: string
}

const isNow = (status: OrderStatus) => `is now ${ORDER_STATUS_WORDS[status]}.`

export const STORIES: Record<Story, Words> = {
  placed: {
    title: 'Order placed',
    intro: 'Thank you for your order. This is what we have noted.',
    told: 'has been placed.',
  },
  requested: {
    title: 'Order request received',
    intro:
      'Thank you, your request has arrived. It becomes an order when we approve it: you will hear from us.',
    told: 'has been requested, and waits for approval.',
  },
  answered: {
    title: 'Answer received',
    intro: 'Thank you, we have your answer.',
    told: 'has an answer from the shop.',
  },
  approved: {
    title: 'Order approved',
    intro: 'Good news: we have approved your order.',
    told: 'has been approved.',
  },
  declined: {
    title: 'Order declined',
    intro: 'We are sorry: we cannot take this order.',
    told: 'has been declined.',
  },
  awaiting_approval: {
    title: 'Order awaits approval',
    intro: 'Your order waits for our approval.',
    told: isNow('awaiting_approval'),
  },
  confirmed: { title: 'Order confirmed', intro: 'Your order is confirmed.', told: isNow('new') },
  in_progress: {
    title: 'Order in progress',
    intro: 'We are working on your order.',
    told: isNow('in_progress'),
  },
  shipped: { title: 'Order shipped', intro: 'Your order is on its way.', told: isNow('shipped') },
  delivered: {
    title: 'Order delivered',
    intro: 'Your order has been delivered.',
    told: isNow('delivered'),
  },
  canceled: { title: 'Order canceled', intro: 'Your order has been canceled.', told: isNow('canceled') },
  invoice: {
    title: 'Invoice for your order',
    intro: 'The invoice for your order is ready.',
    told: 'has an invoice link.',
  },
  tracking: {
    title: 'Tracking for your order',
    intro: 'Your order can be tracked.',
    told: 'has a tracking number.',
  },
  update: {
    title: 'Order update',
    intro: 'There is news about your order.',
    told: 'has been updated.',
  },
}

/** What a change tells. A status tells more than what else changed with it. */
export function storyOf({ kind, changes: { fields } }: Pick<OrderMessageInput, 'kind' | 'changes'>): Story {
  if (kind === 'placed' || kind === 'requested') return kind
  const changeOf = (name: string) => fields.find(({ field }) => field === name)
  const status = changeOf('status')
  if (status) return storyOfStatus(status.from as OrderStatus, status.to as OrderStatus)
  if (kind === 'answered') return kind
  if (changeOf('invoiceLink')?.to) return 'invoice'
  return changeOf('trackingNumber')?.to ? 'tracking' : 'update'
}

function storyOfStatus(from: OrderStatus, to: OrderStatus): Story {
  if (from === 'awaiting_approval' && to === 'canceled') return 'declined'
  if (from === 'awaiting_approval' && (to === 'new' || to === 'in_progress')) return 'approved'
  return to === 'new' ? 'confirmed' : to
}
