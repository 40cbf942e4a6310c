import type { Claim } from '../stock/ledger.ts'

/** Order statuses in the order in which people meet them. Words: DOMAIN.md §3. */
export const ORDER_STATUSES = [
  'awaiting_approval',
  'new',
  'in_progress',
  'shipped',
  'delivered',
  'canceled',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const PAYMENT_STATUSES = ['none_expected', 'awaiting_payment', 'paid_in_full', 'deposit_50'] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

export type RetailerType = 'wholesale' | 'consignment'

export const ORDER_STATUS_WORDS: Record<OrderStatus, string> = {
  awaiting_approval: 'Awaiting Approval',
  new: 'New',
  in_progress: 'In Progress',
  shipped: 'Shipped',
  delivered: 'Delivered',
  canceled: 'Canceled',
}

export const PAYMENT_STATUS_WORDS: Record<PaymentStatus, string> = {
  none_expected: 'None Expected',
  awaiting_payment: 'Awaiting Payment',
  paid_in_full: 'Paid in Full',
  deposit_50: '50% Deposit',
}

/** The state machine (DOMAIN.md §3): what each status may become. Staying the same is always possible. */
export const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  awaiting_approval: ['new', 'in_progress', 'shipped', 'delivered', 'canceled'],
  new: ['awaiting_approval', 'in_progress', 'shipped', 'delivered', 'canceled'],
  in_progress: ['awaiting_approval', 'new', 'shipped', 'delivered', 'canceled'],
  shipped: ['new', 'in_progress', 'delivered', 'canceled'],
  delivered: [],
  canceled: ['awaiting_approval', 'new', 'in_progress'],
}

/** More units of one product than any maker ships at once; keeps every sum exact. */
export const MAX_QUANTITY = 100_000
/** One line per product; each line is a call to its stock object, and a Worker may make 1,000. */
export const MAX_LINES = 200

export interface Line {
  productId: string
  name: string
  sku: string
  /** Minor units, copied when the line was added. */
  unitRetail: number
  unitPrice: number
  quantity: number
  /** Copied too, so that what an order holds is a function of the order alone. */
  stockTracked: boolean
}

/** The charges of an order beside its lines, in minor units. */
export interface Charges {
  discount: number
  shipping: number
  otherCharges: number
  tax: number
}

/** What a shop wrote when it sent its order through the portal. Everything may be ''; it is never changed. */
export interface OrderRequest {
  businessName: string
  contactName: string
  email: string
  phone: string
  street: string
  city: string
  region: string
  postcode: string
  country: string
  /** 'YYYY-MM-DD', or ''. */
  wantedDate: string
  note: string
}

export interface Order extends Charges {
  id: string
  number: number
  revision: number
  /** The attempt that made this revision: the basis of the next one. */
  attempt: string
  retailerId: string | null
  type: RetailerType
  status: OrderStatus
  paymentStatus: PaymentStatus
  pull: boolean
  /** A delivered order whose transaction was reversed. */
  voided: boolean
  /** The retailer's share in basis points, copied when the order was placed. */
  rate: number
  /** The business day, 'YYYY-MM-DD'. */
  date: string
  /** The ship date promised to the retailer, 'YYYY-MM-DD', or ''. */
  shipBy: string
  poNumber: string
  trackingNumber: string
  invoiceLink: string
  /** Links to the statement are good while they carry this number. */
  linkVersion: number
  lines: Line[]
  /** Null where staff placed the order. */
  request: OrderRequest | null
}

/** What an order holds of each product (DOMAIN.md §3). Products of which it holds nothing are left out. */
export function demand(
  order: Pick<Order, 'status' | 'type' | 'pull' | 'voided'> & {
    lines: readonly Pick<Line, 'productId' | 'quantity' | 'stockTracked'>[]
  },
): Map<string, Claim> {
  const held = holding(order)
  const claims = new Map<string, Claim>()
  if (held === 'nothing') return claims
  for (const line of order.lines) {
    if (!line.stockTracked) continue
    claims.set(
      line.productId,
      held === 'reserved' ? { reserved: line.quantity, shipped: 0 } : { reserved: 0, shipped: line.quantity },
    )
  }
  return claims
}

function holding({ status, type, pull, voided }: Pick<Order, 'status' | 'type' | 'pull' | 'voided'>) {
  if (voided) return 'nothing'
  switch (status) {
    case 'awaiting_approval':
      return type === 'wholesale' && pull ? 'reserved' : 'nothing'
    case 'new':
    case 'in_progress':
      return type === 'consignment' || pull ? 'reserved' : 'nothing'
    case 'shipped':
    case 'delivered':
      return 'shipped'
    case 'canceled':
      return 'nothing'
  }
}

/** Whom an order is about: its retailer or, until staff link it to one, the shop that asked for it. */
export function contactOf<Contact extends { name: string; contactName: string }>(
  order: Pick<Order, 'request'>,
  retailer: Contact | null,
): Contact | { name: string; contactName: string; email: string } {
  if (retailer) return retailer
  const { businessName = '', contactName = '', email = '' } = order.request ?? {}
  return { name: businessName, contactName, email }
}

/** A finished order asks nothing more of the stock unless it is taken up again. */
export function isFinished(status: OrderStatus): boolean {
  return status === 'delivered' || status === 'canceled'
}

export function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
  return from === to || TRANSITIONS[from].includes(to)
}

/** Why lines and charges cannot be changed, in words; null while they can. */
export function whyFixed(status: OrderStatus): string | null {
  if (status === 'delivered') return 'This order is delivered. Its lines and charges are final.'
  return linesAreEditable(status)
    ? null
    : `This order is ${ORDER_STATUS_WORDS[status]}. Take it up again first.`
}

/** Delivered orders are fixed, canceled ones hold nothing to edit until they are taken up again. */
export function linesAreEditable(status: OrderStatus): boolean {
  return !isFinished(status)
}
