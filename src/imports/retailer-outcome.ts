import { formatRate } from '../money.ts'
import type { StoredRetailer } from '../retailers/bulk-retailer-store.ts'
import type { RetailerFields } from '../retailers/retailer.ts'
import { asText, differences, type FieldWords, said } from './differences.ts'
import { createdId, type ImportRow, type RowOutcome } from './import.ts'
import { nameKey, type RetailerRow } from './retailer-row.ts'

/** What a row of a retailer file comes to: for the page and for the list of retailers. */
export interface RetailerOutcome {
  outcome: RowOutcome
  added?: RetailerFields & { id: string }
  updated?: RetailerFields & { id: string; revision: number }
}

const newRetailer: Omit<RetailerFields, 'name' | 'type' | 'rate'> = {
  ...{ contactName: '', email: '', phone: '', street: '', city: '', region: '', postcode: '', country: '' },
  notes: '',
}

const typeText = { wholesale: 'Wholesale', consignment: 'Consignment' }

const words: FieldWords<RetailerFields> = {
  type: { label: 'Type', text: (type) => typeText[type] },
  contactName: { label: 'Contact', text: asText },
  email: { label: 'E-mail', text: asText },
  phone: { label: 'Phone', text: asText },
  street: { label: 'Street', text: asText },
  city: { label: 'City', text: asText },
  region: { label: 'State', text: asText },
  postcode: { label: 'Postcode', text: asText },
  country: { label: 'Country', text: asText },
  rate: { label: 'Retailer keeps', text: formatRate },
  notes: { label: 'Notes', text: asText },
}
const comparedFields = Object.keys(words) as Exclude<keyof RetailerFields, 'name'>[]

/**
 * Holds a row against the retailers with its name, whatever its capital letters. Several with one name are told
 * apart by the e-mail; where that does not help, the row is a problem.
 */
export function retailerOutcome(
  imported: { id: string },
  { row, value, cells }: ImportRow<RetailerRow>,
  named: StoredRetailer[],
): RetailerOutcome {
  const [stored, ...others] = named.length > 1 ? named.filter((one) => hasEmail(one, value.email)) : named
  if (others.length > 0 || (named.length > 1 && !stored)) {
    const message = `There are ${named.length} retailers called ${value.name}. Give each a name of its own first.`
    return { outcome: { row, kind: 'problem', message, cells } }
  }
  if (!stored) return creation(imported, { row, value, cells })
  const { id, revision, ...before } = stored
  const after = { ...before, ...said(value, comparedFields) } as RetailerFields
  const changes = differences<RetailerFields>(before, after, words)
  if (changes.length === 0) return { outcome: { row, kind: 'unchanged' } }
  const { name, email } = after
  return {
    outcome: { row, kind: 'changed', title: name, code: email, changes },
    updated: { ...after, id, revision },
  }
}

/** The name as the database may have it: it takes only A–Z and a–z for the same letter. */
export function spellings(name: string): string[] {
  const lower = name.toLowerCase()
  const capitalised = lower.replace(/(^|[\s\-'’])(\p{Ll})/gu, (match) => match.toUpperCase())
  return [name, lower, name.toUpperCase(), capitalised]
}

/** The retailers of each name, by `nameKey`. */
export function byName(retailers: StoredRetailer[]): Map<string, StoredRetailer[]> {
  return Map.groupBy(retailers, ({ name }) => nameKey(name))
}

function creation(imported: { id: string }, { row, value, cells }: ImportRow<RetailerRow>): RetailerOutcome {
  const { name, type, rate } = value
  if (type === undefined || rate === undefined) {
    const missing = [
      type === undefined && 'a type (Wholesale or Consignment)',
      rate === undefined && 'a rate (what the retailer keeps, like 50%)',
    ].filter(Boolean)
    const message = `${name} is new, and a new retailer needs ${missing.join(' and ')}.`
    return { outcome: { row, kind: 'problem', message, cells } }
  }
  const added = {
    ...newRetailer,
    ...said(value, comparedFields),
    id: createdId(imported.id, row),
    name,
    type,
    rate,
  }
  const changes = [
    { label: 'Type', from: null, to: typeText[type] },
    { label: 'Retailer keeps', from: null, to: formatRate(rate) },
    { label: 'City', from: null, to: added.city },
  ]
  return { outcome: { row, kind: 'created', title: name, code: added.email, changes }, added }
}

function hasEmail({ email }: StoredRetailer, wanted: string | undefined): boolean {
  return wanted !== undefined && email.toLowerCase() === wanted.toLowerCase()
}
