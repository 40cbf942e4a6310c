const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day 'YYYY-MM-DD' at which a moment (epoch milliseconds) falls in a time zone. */
export function dayOf(at: number, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return format.format(at)
}
