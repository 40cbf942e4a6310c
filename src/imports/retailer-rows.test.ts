import { expect, it } from 'vitest'
import { understand } from './columns.ts'
import type { RowReading } from './import.ts'
import { type RetailerRow, retailerColumns } from './retailer-row.ts'
import { retailerRowReader } from './retailer-rows.ts'

const headings = [
  'Shop name',
  'Type',
  'Contact',
  'Email',
  'Phone',
  'Street',
  'City',
  'Discount / commission',
  'Notes',
]

function readAll(...records: string[][]): RowReading<RetailerRow>[] {
  const read = retailerRowReader(understand(retailerColumns, headings, 'USD'))
  return records.map((record, index) => read(record, index + 2))
}
const message = (reading: RowReading<RetailerRow> | undefined) =>
  reading && 'message' in reading ? reading.message : ''

it('reads types, rates and addresses as people write them', () => {
  const readings = readAll(
    [
      'Fern  Street',
      'WHOLESALE',
      'Ida',
      'ida@fern.example',
      "'+1 555",
      '1 Fern St',
      'Bath',
      '0,5',
      'By post',
    ],
    ['Kiosk', 'on Consignment', '', '', '', '', '', '40', ''],
    ['Stall', 'Consigned', '', 'mailto:s@stall.example', '', '', '', '37.5 %', ''],
  )
  expect(
    JSON.parse(JSON.stringify(readings.map((reading) => reading && 'value' in reading && reading.value))),
  ).toEqual([
    {
      ...{ name: 'Fern Street', type: 'wholesale', contactName: 'Ida', email: 'ida@fern.example' },
      ...{ phone: '+1 555', street: '1 Fern St', city: 'Bath', rate: 5000, notes: 'By post' },
    },
    { name: 'Kiosk', type: 'consignment', rate: 4000 },
    { name: 'Stall', type: 'consignment', email: 's@stall.example', rate: 3750 },
  ])
})

it('takes a name that looks like a formula as a name', () => {
  expect(readAll(["=cmd|' /C calc'!A0", 'wholesale', '', '', '', '', '', '50', ''])).toMatchObject([
    { value: { name: "=cmd|' /C calc'!A0" } },
  ])
})

it('says what is wrong', () => {
  const readings = readAll(
    ['', 'Wholesale', '', '', '', '', '', '50%', ''],
    ['A', 'Barter', '', 'a(at)b.example', '', '', '', '1', ''],
  )
  expect(readings.map(message)).toEqual([
    'There is no name.',
    'Type “Barter” is not a type. Write Wholesale or Consignment. ' +
      'E-mail “a(at)b.example”: Enter an address like jo@shop.com. ' +
      'Retailer keeps “1” could be 1% or 100%. Write it with a % sign.',
  ])
})

it('reports a retailer that is there twice, and two of one name', () => {
  const shop = (name: string, email: string) => [name, 'wholesale', '', email, '', '', '', '50', '']
  const readings = readAll(
    shop('Café Noir', 'a@noir.example'),
    shop('café  noir', 'A@NOIR.example'),
    shop('CAFÉ NOIR', 'b@noir.example'),
    shop('Cafe Noir', ''),
  )
  expect(readings.map(message)).toEqual([
    '',
    'This is “café noir” again: it is on row 2.',
    'Row 2 has a retailer called “CAFÉ NOIR” too, with another e-mail. ' +
      'Retailers are told apart by name: add the place to one of them.',
    '',
  ])
})
