import type { PaymentStatus } from '../orders/order.ts'
import type { DemoRequest } from './demo-requests.ts'
import type { Person } from './in-the-past.ts'

export type DemoStep = { day: number; by: Person } & (
  | {
      kind: 'update'
      status: 'awaiting_approval' | 'new' | 'in_progress' | 'shipped' | 'delivered' | 'canceled'
      paymentStatus?: PaymentStatus
      email: boolean
      trackingNumber?: string
      invoiceLink?: string
      pull?: boolean
      comment: string
      goods?: 'came_back' | 'written_off'
    }
  | { kind: 'set'; productId: string; quantity: number; unitPrice: number }
  | { kind: 'add'; productId: string; quantity: number }
  | { kind: 'remove'; productId: string }
  | { kind: 'void'; reason: string }
)

/** An order and what happens to it. Days count back from today and may have a fraction. */
export interface DemoOrder {
  id: string
  retailerId: string
  day: number
  by: Person
  lines: { productId: string; quantity: number }[]
  /** What it starts with. */
  paymentStatus: PaymentStatus
  pull: boolean
  discount: number
  shipping: number
  otherCharges: number
  poNumber: string
  /** What the shop sent itself; null where staff placed it. */
  request: DemoRequest | null
  /** Days from the order to the ship date that is promised; null where none is. */
  promisedDays: number | null
  steps: DemoStep[]
}
