let codes: string[] | undefined
let zones: string[] | undefined

/** Every currency that can be chosen, as ISO 4217 codes in alphabetical order. */
export function currencies(): string[] {
  codes ??= Intl.supportedValuesOf('currency')
  return codes
}

/** Every time zone that can be chosen, as IANA names in alphabetical order; some runtimes leave UTC out. */
export function timeZones(): string[] {
  zones ??= [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort()
  return zones
}
