const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Clocks are only ever changed at these moments. */
const QUARTER_MS = 15 * MINUTE_MS
/** Up to here hours are counted even across midnight; then the calendar speaks. */
const COUNTED_HOURS = 12

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

// Making a formatter costs many times as much as using one, and using one many times as much as adding an offset;
// a list page shows a hundred times.
const formatters = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()
const MAX_OFFSETS = 10_000

/** "23 Nov 2026, 16:04" for epoch milliseconds, in an IANA zone. */
export const dateAndTime = (at: number, timeZone: string): string => {
  const { date, time } = inZone(at, timeZone)
  return `${dayText(date)}, ${time}`
}

/** 'YYYY-MM-DD' of a moment in an IANA zone. */
export const dateInZone = (at: number, timeZone: string): string => inZone(at, timeZone).date

/** "23 Nov 2026" for '2026-11-23'. */
export const dayText = (date: string): string => `${shortDay(date)} ${date.slice(0, 4)}`

/** "just now", "4 min ago", "2 h ago", "yesterday", "21 Nov", "21 Nov 2025"; a later moment is told in full. */
export const relativeTime = (at: number, now: number, timeZone: string): string => {
  const age = now - at
  if (age < -MINUTE_MS) return dateAndTime(at, timeZone)
  if (age < MINUTE_MS) return 'just now'
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min ago`

  const date = dateInZone(at, timeZone)
  const today = dateInZone(now, timeZone)
  if (age < COUNTED_HOURS * HOUR_MS || date === today) return `${Math.floor(age / HOUR_MS)} h ago`
  if (date === dayBefore(today)) return 'yesterday'
  return date.slice(0, 4) === today.slice(0, 4) ? shortDay(date) : dayText(date)
}

const shortDay = (date: string) => `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]}`

const dayBefore = (date: string) =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 24 * HOUR_MS).toISOString().slice(0, 10)

const inZone = (at: number, timeZone: string): { date: string; time: string } => {
  const local = new Date(at + offsetAt(at, timeZone)).toISOString()
  return { date: local.slice(0, 10), time: local.slice(11, 16) }
}

/** By how many milliseconds clocks there are ahead of UTC. */
const offsetAt = (at: number, timeZone: string): number => {
  const quarter = Math.floor(at / QUARTER_MS)
  const key = `${timeZone} ${quarter}`
  let offset = offsets.get(key)
  if (offset === undefined) {
    offset = askOffset(quarter * QUARTER_MS, timeZone)
    if (offsets.size >= MAX_OFFSETS) offsets.clear()
    offsets.set(key, offset)
  }
  return offset
}

const askOffset = (at: number, timeZone: string): number => {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatterFor(timeZone).formatToParts(at)) part[type] = value
  const { year = '', month, day, hour, minute } = part
  return Date.parse(`${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}Z`) - at
}

const formatterFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formatters.set(timeZone, made)
  return made
}
