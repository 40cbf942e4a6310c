import { describe, expect, it } from 'vitest'
import type { Claim } from '../stock/ledger.ts'
import {
  demand,
  linesAreEditable,
  mayBecome,
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  type Order,
  type OrderStatus,
} from './order.ts'

/** DOMAIN.md §3, in its own words: from → may become. */
const DOMAIN_TABLE: Record<string, string> = {
  'Awaiting Approval': 'New, In Progress, Shipped, Delivered, Canceled',
  New: 'In Progress, Awaiting Approval, Shipped, Delivered, Canceled',
  'In Progress': 'New, Awaiting Approval, Shipped, Delivered, Canceled',
  Shipped: 'New, In Progress, Delivered, Canceled',
  Delivered: '',
  Canceled: 'Awaiting Approval, New, In Progress',
}

describe('what a status may become', () => {
  const pairs = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to) => ({ from, to })))

  it.each(pairs)('$from → $to is as the table says', ({ from, to }) => {
    const targets = DOMAIN_TABLE[ORDER_STATUS_WORDS[from]]?.split(', ')
    expect(mayBecome(from, to)).toBe(from === to || targets?.includes(ORDER_STATUS_WORDS[to]))
  })

  it('is asked of every pair', () => {
    expect(Object.keys(DOMAIN_TABLE)).toEqual(ORDER_STATUSES.map((status) => ORDER_STATUS_WORDS[status]))
    expect(pairs).toHaveLength(36)
  })
})

describe('what an order holds', () => {
  const reserved: Claim = { reserved: 3, shipped: 0 }
  const gone: Claim = { reserved: 0, shipped: 3 }
  /** DOMAIN.md §3: wholesale pulled, wholesale not pulled, consignment. */
  const rows: [OrderStatus, pulled: Claim | null, notPulled: Claim | null, consignment: Claim | null][] = [
    ['awaiting_approval', reserved, null, null],
    ['new', reserved, null, reserved],
    ['in_progress', reserved, null, reserved],
    ['shipped', gone, gone, gone],
    ['delivered', gone, gone, gone],
    ['canceled', null, null, null],
  ]
  const line = {
    ...{ productId: 'mug', name: 'Mug', sku: 'M', unitRetail: 2000, unitPrice: 1000, quantity: 3 },
    stockTracked: true,
  }
  const held = (order: Pick<Order, 'status' | 'type' | 'pull'>) =>
    demand({ ...order, voided: false, lines: [line] }).get('mug') ?? null

  it.each(rows)('in %s is as the table says', (status, pulled, notPulled, consignment) => {
    expect(held({ status, type: 'wholesale', pull: true })).toEqual(pulled)
    expect(held({ status, type: 'wholesale', pull: false })).toEqual(notPulled)
    expect(held({ status, type: 'consignment', pull: false })).toEqual(consignment)
  })

  it('is asked of every status', () => {
    expect(rows.map(([status]) => status)).toEqual(ORDER_STATUSES)
  })

  it('is nothing once a delivery is voided', () => {
    const voided = { status: 'delivered', type: 'wholesale', pull: true, voided: true } as const
    expect(demand({ ...voided, lines: [line] }).size).toBe(0)
  })

  it('leaves out products whose stock is not tracked', () => {
    const untracked = { ...line, productId: 'class', stockTracked: false }
    for (const status of ORDER_STATUSES) {
      const claims = demand({
        status,
        type: 'wholesale',
        pull: true,
        voided: false,
        lines: [untracked, line],
      })
      expect(claims.has('class')).toBe(false)
      expect(claims.size).toBe(status === 'canceled' ? 0 : 1)
    }
  })
})

it('lets lines be edited until an order is delivered or canceled', () => {
  expect(ORDER_STATUSES.filter(linesAreEditable)).toEqual([
    'awaiting_approval',
    'new',
    'in_progress',
    'shipped',
  ])
})
