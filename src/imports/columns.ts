import { type ImportColumn, MAX_HEADING_CHARACTERS } from './import.ts'

/** What a field is called on the page, and the headings it is known by, in the form of `plainHeading`. */
export type Fields<Field extends string> = Record<Field, { label: string; headings: readonly string[] }>

/** "Discount / commission" is "discount commission", "E-Mail" is "e mail": how headings are compared. */
export function plainHeading(heading: string): string {
  return heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * Understands headings as fields; of two columns for one field, the one whose heading is listed first counts.
 * "Price (USD)" is a price where the business counts in `currency` USD.
 */
export function understand(fields: Fields<string>, headings: string[], currency: string): ImportColumn[] {
  const ending = ` ${currency.toLowerCase()}`
  const plain = headings
    .map(plainHeading)
    .map((heading) => (heading.endsWith(ending) ? heading.slice(0, -ending.length) : heading))
  const fieldByIndex = new Map<number, string>()
  for (const [field, { headings: known }] of Object.entries(fields)) {
    const heading = known.find((candidate) => plain.includes(candidate))
    if (heading !== undefined) fieldByIndex.set(plain.indexOf(heading), field)
  }
  return headings.map((heading, index) => ({
    heading: heading.trim().slice(0, MAX_HEADING_CHARACTERS),
    field: fieldByIndex.get(index) ?? null,
  }))
}

/** Reads the cell of a field in a record; '' where there is no such column or cell. */
export function cellReader<Field extends string>(columns: ImportColumn[]) {
  const indexes = new Map(columns.map(({ field }, index) => [field, index]))
  return (record: string[], field: Field): string => {
    const index = indexes.get(field)
    return index === undefined ? '' : cleanCell(record[index] ?? '')
  }
}

/**
 * A cell as text. An apostrophe that shields a formula or a phone number, as in our own exports, is taken off; the
 * control characters that word processors leave behind become spaces.
 */
function cleanCell(cell: string): string {
  return cell
    .replace(/[^\P{Cc}\t\n]/gu, ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
}
