/** A UPS number: 1Z, the shipper, the service, a running number and the check digit. */
export function upsNumber(running: number): string {
  const body = `A47T6203${String(running).padStart(7, '0')}`
  return `1Z${body}${upsCheckDigit(body)}`
}

/** Over the 15 signs after 1Z: letters count as digits from A = 2, every second sign counts twice. */
export function upsCheckDigit(body: string): number {
  let sum = 0
  for (const [index, sign] of [...body].entries()) {
    const value = /\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 63) % 10
    sum += index % 2 === 0 ? value : 2 * value
  }
  return (10 - (sum % 10)) % 10
}

/** A USPS number of 22 digits. */
export function uspsNumber(running: number): string {
  const body = `9405503699300${String(running).padStart(8, '0')}`
  return `${body}${uspsCheckDigit(body)}`
}

/** Over the digits before it: from the right, every second one counts three times. */
export function uspsCheckDigit(body: string): number {
  let sum = 0
  for (const [index, digit] of [...body].reverse().entries()) {
    sum += index % 2 === 0 ? 3 * Number(digit) : Number(digit)
  }
  return (10 - (sum % 10)) % 10
}
