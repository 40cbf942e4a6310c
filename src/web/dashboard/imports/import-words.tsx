import type { ImportFormat, ImportKind, ImportStatus, Tally } from '../../../imports/import.ts'
import { numberWords } from '../../../number-words.ts'
import { Pill, type Tone } from '../../ui/pill.tsx'

const STATUSES: Record<ImportStatus, { tone: Tone; words: string }> = {
  reading: { tone: 'blue', words: 'Reading' },
  comparing: { tone: 'blue', words: 'Comparing' },
  ready: { tone: 'amber', words: 'Preview' },
  applying: { tone: 'blue', words: 'Applying' },
  counting: { tone: 'blue', words: 'Applying' },
  applied: { tone: 'green', words: 'Applied' },
  failed: { tone: 'red', words: 'Failed' },
}

export const ImportStatusPill = ({ status }: { status: ImportStatus }) => (
  <Pill tone={STATUSES[status].tone}>{STATUSES[status].words}</Pill>
)

/** "1 product", "12 retailers". */
export function countOf(number: number, kind: ImportKind): string {
  return `${numberWords(number)} ${number === 1 ? kind.slice(0, -1) : kind}`
}

/** "Add 23 products and change 4": what applying does, where it does anything. */
export function deedWords(tally: Tally, kind: ImportKind): string {
  const { created, changed } = tally
  if (created > 0 && changed > 0) return `Add ${countOf(created, kind)} and change ${numberWords(changed)}`
  if (created > 0) return `Add ${countOf(created, kind)}`
  return `Change ${countOf(changed, kind)}`
}

/** "23 products added, 4 changed, the stock of 20 recorded.": what applying did. */
export function doneWords({ kind, created, changed, counted }: Tally & { kind: ImportKind }): string {
  const parts = [
    created > 0 ? `${countOf(created, kind)} added` : '',
    changed > 0 ? `${countOf(changed, kind)} changed` : '',
    counted > 0 ? `the stock of ${numberWords(counted)} recorded` : '',
  ].filter((part) => part !== '')
  return parts.length > 0
    ? `${parts.join(', ')}.`
    : `Nothing had to change: your ${kind} were as in the file.`
}

/** How a format is read, for those who want to know before they apply it. */
export const READING_RULES: Record<ImportFormat, readonly string[]> = {
  shopify: [
    'Each variant becomes a product, named after the title and its options.',
    'Products are matched by SKU. A variant without one gets a SKU made from its handle and options, the same in every import.',
    'A number in the quantity column is taken as the stock on hand and turns stock tracking on, even if Shopify’s inventory tracker is empty. A new product receives it; for one that is here, it is recorded as a count.',
    'Type becomes the collection. Only published, active products are listed for retail.',
    'Descriptions are taken as text. Photos are not imported, and rows with only a photo are skipped.',
    'An empty cell leaves what is here as it is.',
  ],
  products: [
    'Products are matched by SKU. A row without one gets a SKU made from its name, the same in every import.',
    'A number in the quantity column is taken as the stock on hand and turns stock tracking on. A new product receives it; for one that is here, it is recorded as a count. A new product without a quantity is not tracked.',
    'An empty cell leaves what is here as it is.',
  ],
  retailers: [
    'Retailers are matched by name; capital letters make no difference, accents do. Two that share a name here are told apart by e-mail.',
    'The rate is what the retailer keeps of the retail price: 50%, 50 and 0.5 are the same.',
    'An empty cell leaves what is here as it is.',
  ],
}
