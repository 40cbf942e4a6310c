import type { Brand } from '../mail/brand.ts'
import type { OrderMessageInput } from '../mail/order-message.ts'
import type { LineChange } from '../orders/history.ts'
import type { Statement } from '../orders/statement.ts'
import { totalsOf } from '../orders/totals.ts'
import { accentOf } from '../settings/accent.ts'

const LINES: Statement['lines'] = [
  { name: 'Speckled mug, sea', sku: 'MUG-SEA', quantity: 24, unitRetail: 2800, unitPrice: 1540 },
  { name: 'Supper bowl, oat', sku: 'BWL-OAT', quantity: 30, unitRetail: 3400, unitPrice: 1870 },
  { name: 'Bud vase, rust', sku: 'VAS-RST', quantity: 20, unitRetail: 2900, unitPrice: 1595 },
]

/** `count` line items whose names have `nameLength` characters. */
export function manyLines(count: number, nameLength: number): Statement['lines'] {
  return Array.from({ length: count }, (_, index) => ({
    ...LINES[index % LINES.length]!,
    name: `No. ${index + 1}, `.padEnd(nameLength, 'a mug with a long name '),
    sku: `SKU-${index + 1}`,
  }))
}

/** The statement of a shipped wholesale order; its totals follow from what is given. */
export function aStatement(over: Partial<Statement> = {}): Statement {
  const statement = {
    ...{ retailerName: 'North Loop Mercantile', contactName: 'Sam', type: 'wholesale' as const, rate: 4500 },
    ...{ date: '2026-11-22', shipBy: '', poNumber: 'PO 5519', status: 'shipped' as const, currency: 'USD' },
    ...{ paymentStatus: 'deposit_50' as const, trackingNumber: '1Z 999 AA1 01 2345 6784' },
    ...{ invoiceLink: 'https://pay.example/inv/8841', lines: LINES },
    ...{ discount: 910, shipping: 3800, otherCharges: 0, tax: 0 },
    ...over,
  }
  return { ...statement, totals: totalsOf(statement.type, statement.lines, statement) }
}

export function aBrand(over: Partial<Brand> = {}): Brand {
  return { businessName: 'Tidewater Clay', accent: accentOf(''), logo: null, ...over }
}

/** The message that tells the retailer of a shipment. */
export function anOrderMessage(over: Partial<OrderMessageInput> = {}): OrderMessageInput {
  return {
    ...{ number: 1282, kind: 'updated', audience: 'retailer', brand: aBrand(), desk: null },
    comment: 'Glazing is done.\nThe kiln was kind.',
    changes: {
      fields: [
        { field: 'status', from: 'in_progress', to: 'shipped' },
        { field: 'paymentStatus', from: 'awaiting_payment', to: 'deposit_50' },
        { field: 'pull', from: true, to: false },
      ],
      lines: [],
    },
    statement: aStatement(),
    ...over,
  }
}

/** A line before and after, each as its quantity and unit price; null where it was not there. */
export function aLineChange(
  name: string,
  from: [number, number] | null,
  to: [number, number] | null,
): LineChange {
  const side = (values: [number, number] | null) => values && { quantity: values[0], unitPrice: values[1] }
  return {
    productId: name,
    name,
    sku: name,
    unitRetail: 2800,
    stockTracked: true,
    from: side(from),
    to: side(to),
  }
}
