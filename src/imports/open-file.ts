import { numberWords } from '../number-words.ts'
import { err, ok, type Result } from '../result.ts'
import { shown } from './cell-values.ts'
import { understand } from './columns.ts'
import { headingsOf } from './csv-records.ts'
import { asText, type Encoding, encodingOf, textOf } from './decode.ts'
import { type ImportColumn, type ImportFormat, type ImportKind, MAX_COLUMNS } from './import.ts'
import { productFields, shopifyFields } from './product-row.ts'
import { retailerColumns } from './retailer-row.ts'

/** Enough for the headings of any file that is taken. */
const BEGINNING_CHARACTERS = 200_000

export interface OpenedFile {
  encoding: Encoding
  delimiter: string
  format: ImportFormat
  columns: ImportColumn[]
}

const fieldsOf = { shopify: shopifyFields, products: productFields, retailers: retailerColumns }
const formatsOf: Record<ImportKind, ImportFormat[]> = {
  products: ['shopify', 'products'],
  retailers: ['retailers'],
}

/** What a column was understood as, in the words of the page; null for a column that is ignored. */
export function columnLabel(format: ImportFormat, { field }: ImportColumn): string | null {
  const fields: Record<string, { label: string }> = fieldsOf[format]
  return field === null ? null : (fields[field]?.label ?? null)
}

/**
 * Finds out how a file is written and what its columns mean. Fails with `invalid` at `file` when it is no text, when
 * its headings cannot be used, or when it is a file of the other kind.
 */
export async function openFile(file: Blob, kind: ImportKind, currency: string): Promise<Result<OpenedFile>> {
  const encoding = await encodingOf(file)
  const beginning = asText(await beginningOf(file, encoding))
  if (!beginning.ok) return beginning
  const understood = (format: ImportFormat, headings: string[]) =>
    understand(fieldsOf[format], headings, currency)
  const score = (headings: string[]) =>
    Math.max(...formatsOf[kind].map((format) => filledColumns(understood(format, headings))))
  const { delimiter, headings } = headingsOf(beginning.value, score)
  if (headings.length === 0) return refusal('The file is empty.')
  if (headings.length > MAX_COLUMNS) {
    return refusal(`The file has ${numberWords(headings.length)} columns. Keep those that are needed.`)
  }
  for (const format of formatsOf[kind]) {
    const columns = understood(format, headings)
    if (isUsable(format, columns)) return ok({ encoding, delimiter, format, columns })
  }
  const isOther = isOfTheOtherKind(kind, beginning.value, currency)
  return refusal(`${expectation(kind, isOther)} Here it says ${shown(headings.join(', '))}.`)
}

async function beginningOf(file: Blob, encoding: Encoding): Promise<string> {
  let beginning = ''
  for await (const piece of textOf(file.stream() as ReadableStream<Uint8Array>, encoding)) {
    beginning += piece
    if (beginning.length >= BEGINNING_CHARACTERS) break
  }
  return beginning.slice(0, BEGINNING_CHARACTERS)
}

function filledColumns(columns: ImportColumn[]): number {
  return columns.filter(({ field }) => field !== null).length
}

function isUsable(format: ImportFormat, columns: ImportColumn[]): boolean {
  const fields = new Set(columns.map(({ field }) => field))
  switch (format) {
    case 'shopify':
      return fields.has('handle') && fields.has('title') && fields.has('price')
    case 'products':
      return (
        (fields.has('name') && fields.has('retailPrice')) || (fields.has('sku') && filledColumns(columns) > 1)
      )
    case 'retailers':
      return fields.has('name') && ['type', 'rate', 'email'].some((field) => fields.has(field))
  }
}

function isOfTheOtherKind(kind: ImportKind, beginning: string, currency: string): boolean {
  const other = kind === 'products' ? 'retailers' : 'products'
  return formatsOf[other].some((format) => {
    const understood = (headings: string[]) => understand(fieldsOf[format], headings, currency)
    const { headings } = headingsOf(beginning, (candidate) => filledColumns(understood(candidate)))
    return isUsable(format, understood(headings))
  })
}

function expectation(kind: ImportKind, isOther: boolean): string {
  if (kind === 'products') {
    const expected =
      'The first row has to name the columns: at least Name and Price, or SKU and what is to change. ' +
      'A product export from Shopify works as it is.'
    return isOther ? `This looks like a list of retailers. Import it under Retailers. ${expected}` : expected
  }
  const expected = 'The first row has to name the columns: at least Name, with Type, Rate or Email.'
  return isOther ? `This looks like a list of products. Import it under Products. ${expected}` : expected
}

function refusal(message: string) {
  return err({ reason: 'invalid', problems: [{ field: 'file', message }] })
}
