import type { z } from 'zod'
import { MAX_AMOUNT, parseMoney } from '../money.ts'

// What a cell says, or what is wrong with it in words. Nothing is guessed where a number could mean two.

export type Cell<T> = { value: T } | { problem: string }

const MAX_SHOWN_CHARACTERS = 40

/** A cell that has to obey the rule of the form field for the same thing. */
export function checkedCell<T>(schema: z.ZodType<T>, value: unknown, text: string): Cell<T> {
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { value: parsed.data }
    : { problem: `${shown(text)}: ${parsed.error.issues[0]!.message}` }
}

/** A cell as one line: runs of white space become one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

const CURRENCY_SIGNS = /\p{Sc}|^[A-Z]{3}\b|\b[A-Z]{3}$/gu

/**
 * An amount in minor units of `currency`, as spreadsheets write it: "42.99", "$1,299.00", "1.299,00 €". "1,200" may
 * be 1.20 as well as 1200 and is refused, unless `isPointDecimal` or the currency leaves only one reading.
 */
export function priceCell(text: string, currency: string, isPointDecimal = false): Cell<number> {
  const bare = text.replace(CURRENCY_SIGNS, '').replace(/[\s'’]/g, '')
  const plain = withoutThousands(bare)
  // Files write as many zeros as they like.
  const asDecimal = parseMoney(plain.replace(',', '.').replace(/(\.\d*?)0+$/, '$1'), currency)
  const group = /^([1-9]\d{0,2})([.,])(\d{3})$/.exec(plain)
  if (group && !(isPointDecimal && group[2] === '.')) {
    const whole = `${group[1]}${group[3]}`
    const asThousands = parseMoney(whole, currency)
    if (asDecimal !== null && asThousands !== null) {
      return {
        problem: `${shown(text)} can be read in two ways. Write ${whole}.00 or ${group[1]}.${group[3]?.slice(0, 2)}.`,
      }
    }
    if (asThousands !== null) return { value: asThousands }
  }
  if (asDecimal !== null) return { value: asDecimal }
  if (bare.startsWith('-')) return { problem: `${shown(text)} is less than 0.` }
  const isTooMuch = /^\d+([.,]\d{0,2})?$/.test(plain) && Number.parseInt(plain, 10) > MAX_AMOUNT / 100
  return {
    problem: `${shown(text)} is ${isTooMuch ? 'too much.' : 'not an amount. Write it like 12.50.'}`,
  }
}

/** A whole number, also as spreadsheets write it ("12.00"); NaN for anything else. */
export function wholeOf(text: string): number {
  const match = /^(-?\d{1,12})(?:[.,]0{1,2})?$/.exec(text.replace(/\s/g, ''))
  return match ? Number(match[1]) : Number.NaN
}

/**
 * The retailer's share in basis points: "50%", "40", "0,5" (a half). A bare 1 could be 1 % or everything and is
 * refused.
 */
export function rateCell(text: string): Cell<number> {
  const match = /^(\d{1,3})(?:[.,](\d{1,6}))?\s*(%?)$/.exec(text)
  if (!match) return { problem: `${shown(text)} is not a rate. Write it like 50%.` }
  const number = Number(`${match[1]}.${match[2] ?? 0}`)
  const hasSign = match[3] === '%'
  if (number === 1 && !hasSign) {
    return { problem: `${shown(text)} could be 1% or 100%. Write it with a % sign.` }
  }
  const rate = Math.round(number * (hasSign || number > 1 ? 100 : 10_000))
  return rate <= 10_000 ? { value: rate } : { problem: `${shown(text)} is more than 100%.` }
}

/** What of a cell a message repeats. */
export function shown(text: string): string {
  const line = oneLine(text)
  return `“${line.length > MAX_SHOWN_CHARACTERS ? `${line.slice(0, MAX_SHOWN_CHARACTERS)}…` : line}”`
}

/** Takes thousands separators out where they are plain: "1,299.00", "1.299,00", "1,299,000". */
function withoutThousands(text: string): string {
  if (/^\d{1,3}(,\d{3})+\.\d*$/.test(text) || /^\d{1,3}(,\d{3}){2,}$/.test(text))
    return text.replaceAll(',', '')
  if (/^\d{1,3}(\.\d{3})+,\d*$/.test(text) || /^\d{1,3}(\.\d{3}){2,}$/.test(text))
    return text.replaceAll('.', '')
  return text
}
