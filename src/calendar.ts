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

const timestampFormats = new Map<string, Intl.DateTimeFormat>()

/** A moment (epoch milliseconds) as 'YYYY-MM-DD HH:MM:SS' in a time zone, which spreadsheets read as a time. */
export function timestampOf(at: number, timeZone: string): string {
  let format = timestampFormats.get(timeZone)
  if (!format) {
    // Swedish dates are written like that.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    timestampFormats.set(timeZone, format)
  }
  return format.format(at)
}
