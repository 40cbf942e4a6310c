import { productSchema } from '../catalog/product.ts'
import { checkedCell, oneLine, priceCell, shown, wholeOf } from './cell-values.ts'
import { cellReader } from './columns.ts'
import { descriptionText } from './description-text.ts'
import type { ImportColumn, RowReader, RowReading } from './import.ts'
import { skuMaker } from './made-sku.ts'
import { type ProductField, type ProductRow, productFields, skuKey } from './product-row.ts'
import { quantityCell } from './quantity-cell.ts'
import { RowCells } from './row-cells.ts'

const { sku, name, collection, description, caseSize, lowStockThreshold } = productSchema.shape

/** Reads a product list with headings of its own: one product per row. */
export function productRowReader(columns: ImportColumn[], currency: string): RowReader<ProductRow> {
  const cell = cellReader<ProductField>(columns)
  const hasPrices = columns.some(({ field }) => field === 'retailPrice')
  const makeSku = skuMaker()
  const keepApart = duplicateFinder()
  return (record, row) => {
    const cells = new RowCells<ProductField>(
      (field) => cell(record, field),
      (field) => productFields[field].label,
    )
    const price = (text: string) => priceCell(text, currency)
    const quantity = cells.read('quantity', quantityCell)
    const value: ProductRow = {
      sku: cells.read('sku', (text) => checkedCell(sku, oneLine(text), text)) ?? '',
      name: cells.read('name', (text) => checkedCell(name, oneLine(text), text)),
      collection: cells.read('collection', (text) => checkedCell(collection, oneLine(text), text)),
      description: cells.read('description', (text) => checkedCell(description, descriptionText(text), text)),
      retailPrice: cells.read('retailPrice', price),
      wholesalePrice: cells.read('wholesalePrice', price),
      caseSize: cells.read('caseSize', (text) => checkedCell(caseSize, wholeOf(text), text)),
      ...(quantity === undefined ? {} : { quantity, stockTracked: true }),
      lowStockThreshold:
        cells.read('lowStockThreshold', (text) => checkedCell(lowStockThreshold, wholeOf(text), text)) ??
        undefined,
    }
    if (hasPrices && cells.text('retailPrice') === '') cells.problem('There is no price.')
    if (cells.text('sku') === '') {
      if (value.name) value.sku = makeSku([value.name])
      else if (cells.problems.length === 0) cells.problem('There is no name and no SKU.')
    }
    return keepApart(record, row, value, cells.problems)
  }
}

/** Lets each SKU through once per file. */
export function duplicateFinder() {
  const rowsBySku = new Map<string, number>()
  return (cells: string[], row: number, value: ProductRow, problems: string[]): RowReading<ProductRow> => {
    const first = rowsBySku.get(skuKey(value.sku))
    if (first !== undefined) problems.push(`The SKU ${shown(value.sku)} is on row ${first} already.`)
    if (problems.length > 0) return { row, cells, message: problems.join(' ') }
    rowsBySku.set(skuKey(value.sku), row)
    return { row, cells, value }
  }
}
