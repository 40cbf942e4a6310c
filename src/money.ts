/** The highest price or charge, in minor units: with the highest quantity and 200 lines, sums stay exact. */
export const MAX_AMOUNT = 100_000_000

/** What remains of `amount` (minor units) after the retailer's share `rate` (basis points), rounded half up. */
export function afterRate(amount: number, rate: number): number {
  return Math.floor((amount * (10_000 - rate) + 5_000) / 10_000)
}

const digitsByCurrency = new Map<string, number>()

/** How many decimals the currency's minor unit has: 2 for USD, 0 for JPY. */
export function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency)
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    digitsByCurrency.set(currency, digits)
  }
  return digits
}

const formats = new Map<string, Intl.NumberFormat>()

/** Minor units as people read them: 127850 USD is "$1,278.50", −910 is "−$9.10". */
export function formatMoney(amount: number, currency: string): string {
  let format = formats.get(currency)
  if (!format) {
    format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    formats.set(currency, format)
  }
  // Plus 0, since −0 would be written with its sign.
  return format.format(amount / 10 ** minorDigits(currency) + 0).replace('-', '−')
}

/** Minor units as a plain decimal, for forms and files: 1540 USD is "15.40". */
export function decimalOf(amount: number, currency: string): string {
  const digits = minorDigits(currency)
  const sign = amount < 0 ? '-' : ''
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * Reads a typed amount of at least 0 as minor units. Accepts "12", "12.5" and "12,50"; refuses more decimals than
 * the currency has, "1.250" and "1,250", which may mean thousands, signs, letters and anything above MAX_AMOUNT, with
 * null.
 */
export function parseMoney(text: string, currency: string): number | null {
  const match = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim())
  if (!match) return null
  const digits = minorDigits(currency)
  if (match[2]?.length === 3 && digits !== 3) return null
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > digits) return null
  const amount = Number(match[1]) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0)
  return amount <= MAX_AMOUNT ? amount : null
}

/** Basis points as a percentage: 4550 is "45.5%". */
export function formatRate(rate: number): string {
  return `${rate / 100}%`
}
