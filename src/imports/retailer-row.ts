import type { RetailerFields } from '../retailers/retailer.ts'
import type { Fields } from './columns.ts'

/** What a file says of a retailer. What it does not say stays as it is, or is empty for a new one. */
export type RetailerRow = Pick<RetailerFields, 'name'> & Partial<RetailerFields>

/** The same name, in whatever letters and spaces; accents tell names apart. */
export function nameKey(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}

export const retailerColumns = {
  name: {
    label: 'Name',
    headings: [
      ...['shop name', 'retailer name', 'store name', 'business name', 'company name', 'retailer', 'shop'],
      ...['store', 'stockist', 'account name', 'company', 'business', 'name'],
    ],
  },
  type: { label: 'Type', headings: ['type', 'retailer type', 'account type', 'terms'] },
  contactName: { label: 'Contact', headings: ['contact', 'contact name', 'contact person', 'buyer'] },
  email: {
    label: 'E-mail',
    headings: ['email', 'e mail', 'email address', 'e mail address', 'contact email'],
  },
  phone: { label: 'Phone', headings: ['phone', 'phone number', 'telephone', 'tel', 'mobile'] },
  street: {
    label: 'Street',
    headings: ['street', 'street address', 'address', 'address 1', 'address line 1'],
  },
  city: { label: 'City', headings: ['city', 'town', 'town city'] },
  region: { label: 'State', headings: ['state', 'region', 'province', 'county', 'state province'] },
  postcode: {
    label: 'Postcode',
    headings: ['postcode', 'zip', 'zip code', 'postal code', 'post code', 'zipcode'],
  },
  country: { label: 'Country', headings: ['country', 'country code'] },
  rate: {
    label: 'Retailer keeps',
    headings: [
      ...['retailer keeps', 'rate', 'discount commission', 'discount or commission', 'discount'],
      ...['commission', 'margin', 'share', 'wholesale discount'],
    ],
  },
  notes: { label: 'Notes', headings: ['notes', 'note', 'comments', 'comment', 'remarks'] },
} as const satisfies Fields<keyof RetailerFields>
export type RetailerField = keyof typeof retailerColumns
