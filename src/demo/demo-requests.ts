import type { OrderRequest } from '../orders/order.ts'
import type { DemoOrder, DemoStep } from './demo-order.ts'

const APPROVED_AFTER_DAYS = 0.3

/** What a shop sends through the portal, in place of an order that staff place. */
export interface DemoRequest {
  /** Null where it comes from a shop that is no retailer yet. */
  retailerId: string | null
  lines: { productId: string; quantity: number }[]
  poNumber: string
  /** Days from the request to the day that it names; null where it names none. */
  wantedDays: number | null
  contact: Omit<OrderRequest, 'wantedDate'>
  /** Where staff have approved it: what they wrote to the shop. */
  approval: string | null
}

const nobody = {
  ...{ businessName: '', contactName: '', email: '', phone: '', street: '', city: '', region: '' },
  ...{ postcode: '', country: '', note: '' },
}

/** By the place of the order among the sixty. Quantities are whole cases. */
export const demoRequests: Record<number, DemoRequest> = {
  53: {
    retailerId: 'demo-marlowe-daughters',
    lines: [
      { productId: 'demo-mug-sea', quantity: 12 },
      { productId: 'demo-vas-rst', quantity: 6 },
    ],
    ...{ poNumber: 'MD-208', wantedDays: 21, approval: 'Thank you, June! We have everything on the shelf.' },
    contact: { ...nobody, contactName: 'June Marlowe', note: 'The tall window is empty: anything in rust.' },
  },
  57: {
    retailerId: null,
    lines: [
      { productId: 'demo-mug-oat', quantity: 12 },
      { productId: 'demo-bwl-oat', quantity: 12 },
      { productId: 'demo-esp-oat', quantity: 6 },
    ],
    ...{ poNumber: '', wantedDays: 30, approval: null },
    contact: {
      ...{
        businessName: 'Salt & Pine Provisions',
        contactName: 'Noa Berg',
        email: 'noa@saltandpine.example',
      },
      ...{ phone: '+1 413 555 0177', street: '84 Railroad Street', city: 'Great Barrington', region: 'MA' },
      ...{ postcode: '01230', country: 'US' },
      note: 'We met at the spring market. We open in six weeks and would love a shelf of oat.',
    },
  },
  58: {
    retailerId: 'demo-north-loop-mercantile',
    lines: [
      { productId: 'demo-tmb-sea', quantity: 8 },
      { productId: 'demo-pst-sea', quantity: 4 },
      { productId: 'demo-slt-oat', quantity: 6 },
    ],
    ...{ poNumber: 'NL 7731', wantedDays: null, approval: null },
    contact: {
      ...{ ...nobody, contactName: 'Sam Adeyemi', phone: '+1 612 555 0148' },
      ...{ street: '31 Hennepin Avenue, dock 4', city: 'Minneapolis', region: 'MN', postcode: '55401' },
      ...{ country: 'US', note: 'Please send these to our second shop.' },
    },
  },
}

/** The same order as a shop sent it: without what only staff say, and approved where they have done so. */
export function requested(order: DemoOrder, request: DemoRequest): DemoOrder {
  const { lines, poNumber, approval } = request
  const retailerId = request.retailerId ?? ''
  const approved: DemoStep[] =
    approval === null
      ? []
      : [
          {
            ...{ kind: 'update', status: 'new', pull: true, email: true, comment: approval, by: 'ana' },
            day: order.day - APPROVED_AFTER_DAYS,
          },
        ]
  return { ...order, retailerId, request, lines, poNumber, steps: approved }
}
