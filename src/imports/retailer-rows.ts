import { retailerFields } from '../retailers/retailer.ts'
import { type Cell, checkedCell, oneLine, rateCell, shown } from './cell-values.ts'
import { cellReader } from './columns.ts'
import type { ImportColumn, RowReader } from './import.ts'
import { nameKey, type RetailerField, type RetailerRow, retailerColumns } from './retailer-row.ts'
import { RowCells } from './row-cells.ts'

const lines = ['contactName', 'phone', 'street', 'city', 'region', 'postcode', 'country'] as const

/** Reads a list of retailers: one per row, told apart by name. */
export function retailerRowReader(columns: ImportColumn[]): RowReader<RetailerRow> {
  const cell = cellReader<RetailerField>(columns)
  const firstByName = new Map<string, { row: number; email: string }>()
  return (record, row) => {
    const cells = new RowCells<RetailerField>(
      (field) => cell(record, field),
      (field) => retailerColumns[field].label,
    )
    const line = (field: 'name' | (typeof lines)[number]) =>
      cells.read(field, (text) => checkedCell<string>(retailerFields[field], oneLine(text), text))
    const value: RetailerRow = { name: line('name') ?? '' }
    for (const field of lines) value[field] = line(field)
    value.type = cells.read('type', typeCell)
    value.email = cells.read('email', (text) =>
      checkedCell(retailerFields.email, text.replace(/^mailto:/i, ''), text),
    )
    value.rate = cells.read('rate', rateCell)
    value.notes = cells.read('notes', (text) => checkedCell(retailerFields.notes, text, text))

    if (cells.text('name') === '') cells.problem('There is no name.')
    const email = (value.email ?? '').toLowerCase()
    const first = firstByName.get(nameKey(value.name))
    if (first) cells.problem(duplicateWords(value.name, first, email))
    if (cells.problems.length > 0) return { row, cells: record, message: cells.problems.join(' ') }
    firstByName.set(nameKey(value.name), { row, email })
    return { row, cells: record, value }
  }
}

function duplicateWords(name: string, first: { row: number; email: string }, email: string): string {
  if (email === first.email || email === '') return `This is ${shown(name)} again: it is on row ${first.row}.`
  return (
    `Row ${first.row} has a retailer called ${shown(name)} too, with another e-mail. ` +
    'Retailers are told apart by name: add the place to one of them.'
  )
}

function typeCell(text: string): Cell<'wholesale' | 'consignment'> {
  const plain = text.toLowerCase().replace(/[^a-z]/g, '')
  if (/^(wholesale|wholesaler|trade)/.test(plain)) return { value: 'wholesale' }
  if (/^(on)?consign|^(sor|saleorreturn|commission)$/.test(plain)) return { value: 'consignment' }
  return { problem: `${shown(text)} is not a type. Write Wholesale or Consignment.` }
}
