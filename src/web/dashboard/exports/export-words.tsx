import type { ExportContent, ExportStatus } from '../../../exports/export.ts'
import { numberWords } from '../../../number-words.ts'
import type { OrderFilter } from '../../../orders/order-filter.ts'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { conditionsOf } from '../orders/filter-words.ts'

const STATUSES: Record<ExportStatus, { tone: Tone; words: string }> = {
  writing: { tone: 'blue', words: 'Writing' },
  ready: { tone: 'green', words: 'Ready' },
  failed: { tone: 'red', words: 'Failed' },
}

export const CONTENT_WORDS: Record<ExportContent, string> = { orders: 'Orders', lines: 'Line items' }

export const ExportStatusPill = ({ status }: { status: ExportStatus }) => (
  <Pill tone={STATUSES[status].tone}>{STATUSES[status].words}</Pill>
)

/** "Shipped, Wholesale, From 1 Nov 2026", or that it is everything. */
export function filterWords(filter: OrderFilter, retailerName: string | null): string {
  const conditions = conditionsOf(filter, retailerName).map(({ label }) => label)
  return conditions.length > 0 ? conditions.join(', ') : 'All orders'
}

/** "340 kB", "12.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000_000) return `${numberWords(Math.max(1, Math.round(bytes / 1000)))} kB`
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
}
