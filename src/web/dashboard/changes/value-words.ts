import { formatMoney, formatRate } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'

/** What the record keeps of a field: as it is in the database, where yes is 1 and no is 0. */
export type KeptValue = string | number | null

/** Both sides of a field's change, in words. */
export type Sides = (from: KeptValue, to: KeptValue) => [from: string, to: string]

/** So much of a long text is shown. */
const MAX_SHOWN_CHARACTERS = 80
/** Of what two long texts begin with alike, so much is shown before they part. */
const LEAD_CHARACTERS = 20

/** Each side by itself; `nothing` where the field was empty. */
export const each =
  <Value extends string | number>(text: (value: Value) => string, nothing = 'none'): Sides =>
  (from, to) => {
    const words = (value: KeptValue) => (value === null || value === '' ? nothing : text(value as Value))
    return [words(from), words(to)]
  }

export const asNumber = each(numberWords)
export const asYesOrNo = each((value: number) => (value === 0 ? 'no' : 'yes'))
/** Of basis points. */
export const asRate = each(formatRate)
/** Of minor units. */
export const asMoney = (currency: string) => each((amount: number) => formatMoney(amount, currency))
/** Of minor units, where 0 asks for nothing. */
export const asMinimum = (currency: string, nothing?: string) =>
  each((amount: number) => (amount === 0 ? 'none' : formatMoney(amount, currency)), nothing)

/** Of the ids of pictures. The one before is gone, so nothing can be said of it but that it was there. */
export const asPicture: Sides = (from, to) => [
  from === '' ? 'none' : 'a picture',
  to === '' ? 'none' : from === '' ? 'a picture' : 'another one',
]

/** Long texts are cut, from shortly before the place where they part. */
export const asText: Sides = (from, to) => {
  const [before, after] = [Array.from(String(from ?? '')), Array.from(String(to ?? ''))]
  const isLong = Math.max(before.length, after.length) > MAX_SHOWN_CHARACTERS
  const parting = before.findIndex((character, index) => character !== after[index])
  const alike = parting === -1 ? before.length : parting
  const start = isLong ? Math.max(0, alike - LEAD_CHARACTERS) : 0
  return [excerpt(before, start), excerpt(after, start)]
}

function excerpt(characters: string[], start: number): string {
  if (characters.length === 0) return 'none'
  const end = start + MAX_SHOWN_CHARACTERS
  const text = characters.slice(start, end).join('')
  return `${start > 0 ? `…${text.trimStart()}` : text}${end < characters.length ? '…' : ''}`
}
