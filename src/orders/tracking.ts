/** Who carries a parcel, and where its way can be followed. */
export interface Tracking {
  carrier: string
  /** Starts with https://. */
  href: string
}

interface Format {
  carrier: keyof typeof CARRIERS
  /** The number without spaces, in capitals: what the check digit is taken over, and the check digit. */
  shape: RegExp
  checkDigit: (body: string) => string
}

const CARRIERS = {
  UPS: 'https://www.ups.com/track?tracknum=',
  USPS: 'https://tools.usps.com/go/TrackConfirmAction?tLabels=',
  FedEx: 'https://www.fedex.com/fedextrack/?trknbr=',
  DHL: 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=',
  'Royal Mail': 'https://www.royalmail.com/track-your-item#/tracking-results/',
  'Canada Post': 'https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=',
  DPD: 'https://tracking.dpd.de/status/en_US/parcel/',
}

// No number has the shape of two carriers. Where the formats are written down: UPS Tracking Number format; USPS
// Publication 199; the collected formats of github.com/jkeen/tracking_number_data; UPU standard S10; DPD Parcel Label
// Specification 2.4.1; GS1 General Specifications (SSCC) for DHL's parcels in Germany.
const FORMATS: Format[] = [
  { carrier: 'UPS', shape: /^1Z(?<body>[0-9A-Z]{15})(?<check>\d)$/, checkDigit: modulo10(1, 2) },
  {
    carrier: 'USPS',
    shape: /^(?:420(?:\d{5}|\d{9}))?(?<body>9[1-5]\d{17}(?:\d\d|\d{6})?)(?<check>\d)$/,
    checkDigit: modulo10(3, 1),
  },
  { carrier: 'USPS', shape: /^(?<body>(?:7\d|03|23)\d{17})(?<check>\d)$/, checkDigit: modulo10(3, 1) },
  { carrier: 'FedEx', shape: /^(?<body>\d{11})(?<check>\d)$/, checkDigit: fedexExpress },
  { carrier: 'FedEx', shape: /^(?<body>\d{14})(?<check>\d)$/, checkDigit: modulo10(3, 1) },
  { carrier: 'FedEx', shape: /^(?:96|10)\d{18}(?<body>\d{13})(?<check>\d)$/, checkDigit: fedexExpress },
  { carrier: 'DHL', shape: /^(?<body>\d{9})(?<check>\d)$/, checkDigit: (body) => String(Number(body) % 7) },
  { carrier: 'DHL', shape: /^(?<body>00340434\d{11})(?<check>\d)$/, checkDigit: modulo10(3, 1) },
  postOffice('Royal Mail', 'GB'),
  postOffice('USPS', 'US'),
  postOffice('Canada Post', 'CA'),
  postOffice('DHL', 'DE'),
  { carrier: 'Canada Post', shape: /^(?<body>\d{15})(?<check>\d)$/, checkDigit: modulo10(3, 1) },
  // A check digit that is no letter would make it a number of FedEx's shape.
  { carrier: 'DPD', shape: /^(?<body>\d{14})(?<check>[A-Z])$/, checkDigit: modulo37 },
  { carrier: 'DPD', shape: /^%?(?<body>\d{27})(?<check>[0-9A-Z])$/, checkDigit: modulo37 },
]

/** The carrier of a tracking number, as far as its shape and its check digit tell; null for all others. */
export function recogniseTracking(typed: string): Tracking | null {
  const number = typed.toUpperCase().replace(/[\s.-]/g, '')
  for (const { carrier, shape, checkDigit } of FORMATS) {
    const { body, check } = shape.exec(number)?.groups ?? {}
    if (!body || !check || checkDigit(body) !== check) continue
    return { carrier, href: CARRIERS[carrier] + encodeURIComponent(shownBy(carrier, number, body)) }
  }
  return null
}

/** DPD's pages know a parcel by 14 digits, which its long form has after a postcode of 7. */
function shownBy(carrier: Format['carrier'], number: string, body: string): string {
  if (carrier !== 'DPD') return number
  return body.length === 14 ? body : body.slice(7, 21)
}

/** The number of a registered item of a national post office (UPU S10). */
function postOffice(carrier: Format['carrier'], country: string): Format {
  const shape = new RegExp(`^[A-Z]{2}(?<body>\\d{8})(?<check>\\d)${country}$`)
  return { carrier, shape, checkDigit: s10 }
}

/** What is missing to a multiple of ten, with alternating weights from the right. */
function modulo10(first: number, second: number) {
  return (body: string): string => {
    let sum = 0
    for (const [index, sign] of [...body].reverse().entries()) {
      // Letters count as digits from A = 2, which only UPS has.
      const value = /\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 63) % 10
      sum += value * (index % 2 === 0 ? first : second)
    }
    return String((10 - (sum % 10)) % 10)
  }
}

/** Weights 1, 3, 7 from the right; a remainder of 10 is written as 0. */
function fedexExpress(body: string): string {
  const weights = [1, 3, 7]
  const sum = [...body]
    .reverse()
    .reduce((total, sign, index) => total + Number(sign) * weights[index % 3]!, 0)
  return String((sum % 11) % 10)
}

function s10(body: string): string {
  const weights = [8, 6, 4, 2, 3, 5, 9, 7]
  const missing = 11 - ([...body].reduce((sum, sign, index) => sum + Number(sign) * weights[index]!, 0) % 11)
  return String(missing === 10 ? 0 : missing === 11 ? 5 : missing)
}

/** ISO 7064, MOD 37,36. */
function modulo37(body: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  let product = 36
  for (const sign of body) product = (((product + Number(sign)) % 36 || 36) * 2) % 37
  return alphabet[(37 - product) % 36]!
}
