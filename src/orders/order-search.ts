import { matchExpression } from '../db/full-text.ts'
import { facetsOf, hasEveryFacet, type OrderFilter } from './order-filter.ts'

// The words of the search index's `state` column, as the trigger in the migrations writes them.

const FIRST_YEAR = 2000
const LAST_YEAR = 2099

/** True for a day that the list can be narrowed to. */
export const isSearchable = (day: string) => clamp(day) === day

/**
 * The filter as one FTS5 expression: every condition, dates included, is a word of the index, so that a search reads
 * only what it answers. Null when the text typed cannot be found; '' when there is no condition at all.
 */
export function searchExpression(filter: OrderFilter): string | null {
  const parts: string[] = []
  if (filter.search.trim() !== '') {
    const text = matchExpression(filter.search)
    if (text === null) return null
    parts.push(`{reference retailer goods} : (${text})`)
  }
  if (!hasEveryFacet(filter)) parts.push(oneOf(facetsOf(filter).map((facet) => `f${facet}`)))
  if (filter.retailerId) parts.push(oneOf([`r${filter.retailerId.replaceAll(/\W|_|-/g, '')}`]))
  if (filter.from !== '' || filter.to !== '') {
    const words = dateWords(filter.from || `${FIRST_YEAR}-01-01`, filter.to || `${LAST_YEAR}-12-31`)
    if (words.length === 0) return null
    parts.push(oneOf(words))
  }
  return parts.join(' AND ')
}

const oneOf = (words: string[]) => `state : (${words.map((word) => `"${word}"`).join(' OR ')})`

/** The fewest years, months and days that cover the range exactly: 'y2026', 'm202611', 'd20261123'. */
export function dateWords(from: string, to: string): string[] {
  const words: string[] = []
  let day = clamp(from)
  const last = clamp(to)
  while (day <= last) {
    const [year, month] = [day.slice(0, 4), day.slice(0, 7)]
    if (day.endsWith('-01-01') && `${year}-12-31` <= last) {
      words.push(`y${year}`)
      day = `${Number(year) + 1}-01-01`
    } else if (day.endsWith('-01') && lastDayOf(month) <= last) {
      words.push(`m${month.replace('-', '')}`)
      day = nextDay(lastDayOf(month))
    } else {
      words.push(`d${day.replaceAll('-', '')}`)
      day = nextDay(day)
    }
  }
  return words
}

function clamp(day: string): string {
  if (day < `${FIRST_YEAR}-01-01`) return `${FIRST_YEAR}-01-01`
  return day > `${LAST_YEAR}-12-31` ? `${LAST_YEAR}-12-31` : day
}

function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10)
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}
