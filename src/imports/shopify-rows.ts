import { productSchema } from '../catalog/product.ts'
import { type Cell, checkedCell, oneLine, priceCell } from './cell-values.ts'
import { cellReader } from './columns.ts'
import { descriptionText } from './description-text.ts'
import type { ImportColumn, RowReader } from './import.ts'
import { skuMaker } from './made-sku.ts'
import { type ProductRow, type ShopifyField, shopifyFields } from './product-row.ts'
import { duplicateFinder } from './product-rows.ts'
import { quantityCell } from './quantity-cell.ts'
import { RowCells } from './row-cells.ts'

const { sku, name, collection, description } = productSchema.shape

/** Written once, on the first row of a handle, and meant for all its rows. */
const carried = ['title', 'body', 'type', 'published', 'status'] as const
/** One of these makes a later row of a handle a variant; other rows only bring a further photo. */
const ofVariant = ['option1', 'option2', 'option3', 'sku', 'price', 'quantity'] as const
/** What Shopify writes for a product without options. */
const NO_OPTION = 'Default Title'

/**
 * Reads a product export of Shopify: rows with one handle are the variants of one product. A variant is a product
 * here, named after the title and its options; without an SKU it gets one made from the handle and the options.
 */
export function shopifyRowReader(columns: ImportColumn[], currency: string): RowReader<ProductRow> {
  const cell = cellReader<ShopifyField>(columns)
  const carriedIndexes = carried.map((field) => columns.findIndex((column) => column.field === field))
  const makeSku = skuMaker()
  const keepApart = duplicateFinder()
  const readBody = rememberingLast((text) => checkedCell(description, descriptionText(text), text))
  let first: string[] = []
  return (record, row) => {
    const handle = cell(record, 'handle')
    const isFirst = handle === '' || handle !== cell(first, 'handle')
    if (isFirst) first = record
    else if (ofVariant.every((field) => cell(record, field) === '')) return null
    const filled = isFirst ? record : withCarried(record, first, carriedIndexes)

    const cells = new RowCells<ShopifyField>(
      (field) => cell(filled, field),
      (field) => shopifyFields[field].label,
    )
    const options = (['option1', 'option2', 'option3'] as const)
      .map((field) => oneLine(cells.text(field)))
      .filter((option) => option !== '' && option !== NO_OPTION)
    const title = cells.text('title')
    const quantity = cells.read('quantity', quantityCell)
    const value: ProductRow = {
      sku: cells.read('sku', (text) => checkedCell(sku, oneLine(text), text)) ?? '',
      name: cells.read('title', (text) => checkedCell(name, oneLine([text, ...options].join(', ')), text)),
      description: cells.read('body', readBody),
      collection: cells.read('type', (text) => checkedCell(collection, oneLine(text), text)),
      retailPrice: cells.read('price', (text) => priceCell(text, currency, true)),
      ...(quantity === undefined ? {} : { quantity }),
      ...(quantity !== undefined || cells.text('tracker') !== '' ? { stockTracked: true } : {}),
      ...visibility(cells.text('published'), cells.text('status')),
    }
    if (handle === '') cells.problem('There is no handle.')
    if (title === '') cells.problem('There is no title, and no row above with this handle has one.')
    if (cells.text('price') === '') cells.problem('There is no price.')
    if (cells.text('sku') === '' && handle !== '') value.sku = makeSku([handle, ...options])
    return keepApart(filled, row, value, cells.problems)
  }
}

/** A variant's record with what only the first row of its handle says. */
function withCarried(record: string[], first: string[], indexes: number[]): string[] {
  const filled = [...record]
  for (const index of indexes) if (index >= 0 && !filled[index]?.trim()) filled[index] = first[index] ?? ''
  return filled
}

/** Only a product that is published and not a draft is shown to retailers. */
function visibility(published: string, status: string): Pick<ProductRow, 'listed' | 'archived'> {
  const isPublished = published === '' || /^(true|yes|1)$/i.test(published)
  const state = status.toLowerCase()
  if (published === '' && state === '') return {}
  if (state === '') return { listed: isPublished }
  return { listed: isPublished && state === 'active', archived: state === 'archived' }
}

/** The variants of a product share one description: its HTML is read once. */
function rememberingLast(read: (text: string) => Cell<string>): (text: string) => Cell<string> {
  let last: { text: string; cell: Cell<string> } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, cell: read(text) }
    return last.cell
  }
}
