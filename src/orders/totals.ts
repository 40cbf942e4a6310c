import { afterRate } from '../money.ts'
import type { Charges, Line, RetailerType } from './order.ts'

/** The totals of an order, in minor units (DOMAIN.md §2). */
export interface Totals {
  pieces: number
  /** What the goods are worth in the shop. */
  grossTotal: number
  /** What the retailer keeps of it: gross less the goods at the retailer's price. */
  retailerShare: number
  /** What the maker earns for the goods. */
  netTotal: number
  /** What the retailer is to pay; nothing for consignment. */
  amountDue: number
}

export function totalsOf(
  type: RetailerType,
  lines: readonly Pick<Line, 'quantity' | 'unitRetail' | 'unitPrice'>[],
  charges: Charges,
): Totals {
  let pieces = 0
  let grossTotal = 0
  let goods = 0
  for (const line of lines) {
    pieces += line.quantity
    grossTotal += line.quantity * line.unitRetail
    goods += line.quantity * line.unitPrice
  }
  const netTotal = goods - charges.discount
  return {
    pieces,
    grossTotal,
    retailerShare: grossTotal - goods,
    netTotal,
    amountDue: type === 'consignment' ? 0 : netTotal + charges.shipping + charges.otherCharges + charges.tax,
  }
}

/** The price one unit has for a retailer: the product's wholesale price for wholesale, else retail after the rate. */
export function unitPriceFor(
  product: { retailPrice: number; wholesalePrice: number | null },
  retailer: { type: RetailerType; rate: number },
): number {
  if (retailer.type === 'wholesale' && product.wholesalePrice !== null) return product.wholesalePrice
  return afterRate(product.retailPrice, retailer.rate)
}
