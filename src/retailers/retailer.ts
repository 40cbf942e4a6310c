import { z } from 'zod'
import type { RetailerType } from '../orders/order.ts'
import { emailOrNothing, lineOfText, textBlock } from '../parse.ts'

export const RETAILER_TYPES = ['wholesale', 'consignment'] as const satisfies RetailerType[]

/** Room for the history of a long relationship; a page with it stays small. */
const MAX_NOTES_CHARACTERS = 5_000
/** Everything, in basis points. */
const MAX_RATE = 10_000

const RATE_WORDS = 'Enter a percentage from 0 to 100, like 50 or 45.5.'

/** What people say of a retailer. Everything but name, type and rate may be ''. */
export const retailerFields = {
  name: lineOfText(120).min(1, 'Enter the name of the shop.'),
  type: z.enum(RETAILER_TYPES, 'Choose wholesale or consignment.'),
  contactName: lineOfText(120),
  email: emailOrNothing(),
  phone: lineOfText(40),
  street: lineOfText(200),
  city: lineOfText(100),
  region: lineOfText(100),
  postcode: lineOfText(20),
  country: lineOfText(100),
  /** The retailer's share of the retail price, in basis points. */
  rate: z.int(RATE_WORDS).min(0, RATE_WORDS).max(MAX_RATE, RATE_WORDS),
  notes: textBlock(MAX_NOTES_CHARACTERS),
}

const fields = z.object(retailerFields)
export type RetailerFields = z.output<typeof fields>

/** True when nothing that people say of a retailer differs. */
export function sameFields(one: RetailerFields, other: RetailerFields): boolean {
  const names = Object.keys(retailerFields) as (keyof RetailerFields)[]
  return names.every((name) => one[name] === other[name])
}

export interface Retailer extends RetailerFields {
  id: string
  active: boolean
  /** Whether its portal link opens, and the version of the link that does. */
  portalOpen: boolean
  portalLinkVersion: number
  /** The least net total of an order through the portal, in minor units; null takes the business's. */
  minimumOrder: number | null
  revision: number
  /** Epoch milliseconds. */
  createdAt: number
  updatedAt: number
}
