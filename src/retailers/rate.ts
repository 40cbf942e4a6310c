/**
 * A retailer's share as people type it, in basis points: "50", "50 %", "45.5" and "45,5" are 5000, 5000, 4550 and
 * 4550. NaN for anything else, also for more than two decimals; the schema then refuses it in its own words.
 */
export function rateFrom(typed: string): number {
  const match = /^(\d{1,3})(?:[.,](\d{0,2}))?\s*%?$/.exec(typed.trim())
  if (!match) return Number.NaN
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** Basis points as they are typed, without the sign: 4550 is "45.5". */
export function rateText(rate: number): string {
  return String(rate / 100)
}
