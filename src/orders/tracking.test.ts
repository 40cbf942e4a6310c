import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recogniseTracking } from './tracking.ts'

/** Numbers that carriers print, or that are published as examples. */
const VALID: [carrier: string, ...numbers: string[]][] = [
  ['UPS', '1Z5R89390357567127', '1Z879E930346834440', '1Z410E7W0392751591', '1ZXX3150YW44070023'],
  ['USPS', '9400111201080805483016', '9361289878700317633795', '9405803699300124287899'],
  ['USPS', '92748931507708513018050063', '4201002334249200190132607600833457', '03071790000523483741'],
  ['USPS', '420221539101026837331000039521', '71123456789123456787', 'RB123456785US'],
  ['FedEx', '986578788855', '477179081230', '799531274483', '041441760228964', '568283610012000'],
  ['FedEx', '9622001900000000000000776632517510'],
  ['FedEx', '1001921334250001000300779017972697'],
  ['DHL', '3318810025', '8487135506', '3318810036', '00340434161094042557', 'RB123456785DE'],
  ['Royal Mail', 'RB123456785GB'],
  ['Canada Post', '0073938000549297', 'RB123456785CA'],
  ['DPD', '09980000020033F', '008182709980000020033350276C', '%008182709980000020045327276N'],
]

const examples = VALID.flatMap(([carrier, ...numbers]) => numbers.map((number) => [number, carrier] as const))

it.each(examples)('recognises %s as %s, however it is spaced', (number, carrier) => {
  for (const typed of [number, ` ${number.toLowerCase()} `, number.replace(/(....)/g, '$1 ')]) {
    expect(recogniseTracking(typed)?.carrier).toBe(carrier)
  }
})

it.each([
  ['1Z5R89390357567127', 'https://www.ups.com/track?tracknum=1Z5R89390357567127'],
  ['RB 123 456 785 GB', 'https://www.royalmail.com/track-your-item#/tracking-results/RB123456785GB'],
  ['008182709980000020033350276C', 'https://tracking.dpd.de/status/en_US/parcel/09980000020033'],
  ['09980000020033F', 'https://tracking.dpd.de/status/en_US/parcel/09980000020033'],
])('follows %s at the carrier', (number, href) => {
  expect(recogniseTracking(number)?.href).toBe(href)
})

it.each([
  ...['', '1', 'by hand', 'see e-mail', '2Z5R89390357567127', '1A5R89390357567127', '1Z1111111111111111'],
  ...['996578788855', '568283610012732', '9611020987654312345672', '1001901781990001000300617767839438'],
  ...['9261292700768711948020', '420000009200000000000000000000', '9622001560001234567100794808390595'],
  ...['3318810010', '3318810034', 'RB123456786US', 'RB123456785XX', 'RB123456785FR', '0073938000549292'],
  ...['008182709980000020033350276A', '09980000020033', '00340434161094042558', '1Z5R89390357567127 x'],
  ...['1Z5R8939035756712７', '٣٣١٨٨١٠٠٢٥', '1Z'.padEnd(100, '0')],
])('does not recognise “%s”', (number) => {
  expect(recogniseTracking(number)).toBeNull()
})

describe('one wrong digit', () => {
  /** Where a check digit cannot tell the digits apart: UPS doubles, DHL takes sevens, two remainders share a digit. */
  function isBlindTo(carrier: string, number: string, index: number, to: string): boolean {
    const difference = Math.abs(Number(number[index]) - Number(to))
    const isCheck = index === number.length - 1
    if (carrier === 'UPS') return !isCheck && difference === 5
    if (carrier === 'DHL' && number.length === 10) return !isCheck && difference === 7
    if (carrier === 'FedEx' && [12, 34].includes(number.length)) return number.endsWith('0')
    return /^[A-Z]{2}\d/.test(number) && number[10] === '5'
  }

  /** Digits that are checked: not those of the postcode before a USPS number, nor of the head of a FedEx one. */
  function checkedFrom(carrier: string, number: string): number {
    if (carrier === 'USPS' && number.startsWith('420')) return number.length - 22
    if (carrier === 'FedEx') return number.length === 34 ? 20 : 0
    return number.startsWith('%') ? 1 : 0
  }

  it('is never taken for another parcel', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (example, at, by) => {
          const [number, carrier] = example
          const places = [...number].flatMap((sign, index) =>
            /\d/.test(sign) && index >= checkedFrom(carrier, number) ? [index] : [],
          )
          const index = places[at % places.length]!
          const to = String((Number(number[index]) + by) % 10)
          fc.pre(!isBlindTo(carrier, number, index, to))
          expect(recogniseTracking(number.slice(0, index) + to + number.slice(index + 1))).toBeNull()
        },
      ),
      { numRuns: 5000 },
    )
  })
})

it('leads to https and never throws, whatever was typed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{10,28}$/)), (typed) => {
      const href = recogniseTracking(typed)?.href
      if (href !== undefined) expect(new URL(href).protocol).toBe('https:')
    }),
    { numRuns: 5000 },
  )
})
