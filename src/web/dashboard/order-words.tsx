import { html } from 'hono/html'
import { numberWords } from '../../number-words.ts'
import {
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  type OrderStatus,
  PAYMENT_STATUS_WORDS,
  PAYMENT_STATUSES,
  type PaymentStatus,
} from '../../orders/order.ts'
import { pill, type Tone } from '../ui/pill.tsx'

const ORDER_TONES: Record<OrderStatus, Tone> = {
  awaiting_approval: 'amber',
  new: 'blue',
  in_progress: 'violet',
  shipped: 'blue',
  delivered: 'green',
  canceled: 'grey',
}

const PAYMENT_TONES: Record<PaymentStatus, Tone> = {
  none_expected: 'grey',
  awaiting_payment: 'grey',
  paid_in_full: 'green',
  deposit_50: 'amber',
}

const orderPills = new Map(
  ORDER_STATUSES.map((status) => [status, pill(ORDER_TONES[status], ORDER_STATUS_WORDS[status])]),
)
const paymentPills = new Map(
  PAYMENT_STATUSES.map((status) => [status, pill(PAYMENT_TONES[status], PAYMENT_STATUS_WORDS[status])]),
)

const voidedPill = pill('red', 'Voided')
const voidedDelivery = html`${orderPills.get('delivered')} ${voidedPill}`

/** An order status in its fixed tone; beside Delivered, whether that was voided (DOMAIN.md §3). */
export const OrderStatusPill = ({ status, voided = false }: { status: OrderStatus; voided?: boolean }) =>
  voided ? voidedDelivery : orderPills.get(status)!

export const PaymentStatusPill = ({ status }: { status: PaymentStatus }) => paymentPills.get(status)!

/** The amounts of an order beside its lines, as forms name them. */
export const AMOUNTS = [
  { name: 'discount', label: 'Order discount' },
  { name: 'shipping', label: 'Shipping' },
  { name: 'otherCharges', label: 'Other charges' },
  { name: 'tax', label: 'Tax' },
] as const

export const TYPE_WORDS = { wholesale: 'Wholesale', consignment: 'Consignment' } as const

/** "1 piece", "24 pieces". */
export function count(number: number, noun: string): string {
  return `${numberWords(number)} ${noun}${number === 1 ? '' : 's'}`
}
