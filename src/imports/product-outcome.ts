import type { BulkProduct, StoredProduct } from '../catalog/bulk-product-store.ts'
import { formatMoney } from '../money.ts'
import { numberWords } from '../number-words.ts'
import { asText, asYesOrNo, differences, type FieldWords, said } from './differences.ts'
import { createdId, type ImportAdjustment, type ImportRow, type RowOutcome } from './import.ts'
import type { ProductRow } from './product-row.ts'

/** What a row of a product file comes to: for the page, for the catalogue and for the stock objects. */
export interface ProductOutcome {
  outcome: RowOutcome
  added?: BulkProduct & { id: string }
  updated?: BulkProduct & { id: string; revision: number }
  adjustment?: ImportAdjustment
}

const newProduct: Omit<BulkProduct, 'sku' | 'name' | 'retailPrice'> = {
  ...{ collection: '', description: '', wholesalePrice: null, caseSize: 1, stockTracked: false },
  ...{ lowStockThreshold: null, listed: true, archived: false },
}

const comparedFields = [
  ...(['name', 'collection', 'description', 'retailPrice', 'wholesalePrice', 'caseSize'] as const),
  ...(['stockTracked', 'lowStockThreshold', 'listed', 'archived'] as const),
]

/**
 * Holds a row against the product with its SKU. A new product receives its quantity; one whose count differs is
 * counted to it.
 */
export function productOutcome(
  imported: { id: string; currency: string },
  { row, value, cells }: ImportRow<ProductRow>,
  stored: StoredProduct | undefined,
): ProductOutcome {
  if (!stored) return creation(imported, { row, value, cells })
  const { id, revision, onHand, ...before } = stored
  const after = { ...before, ...said(value, comparedFields) }
  const changes = differences<BulkProduct>(before, after, wordsIn(imported.currency))
  const isEdited = changes.length > 0
  const { quantity = onHand } = value
  const isCounted = quantity !== onHand
  if (isCounted) changes.push({ label: 'On hand', from: numberWords(onHand), to: numberWords(quantity) })
  if (changes.length === 0) return { outcome: { row, kind: 'unchanged' } }
  return {
    outcome: { row, kind: 'changed', title: after.name, code: stored.sku, changes },
    ...(isEdited ? { updated: { ...after, id, revision } } : {}),
    ...(isCounted ? { adjustment: { row, productId: id, kind: 'count', quantity } } : {}),
  }
}

function creation(
  imported: { id: string; currency: string },
  { row, value, cells }: ImportRow<ProductRow>,
): ProductOutcome {
  const { sku, name, retailPrice, quantity } = value
  if (name === undefined || retailPrice === undefined) {
    const missing = [name === undefined && 'a name', retailPrice === undefined && 'a price'].filter(Boolean)
    const message = `There is no product with the SKU ${sku} yet. A new one needs ${missing.join(' and ')}.`
    return { outcome: { row, kind: 'problem', message, cells } }
  }
  const id = createdId(imported.id, row)
  const added = { ...newProduct, ...said(value, comparedFields), id, sku, name, retailPrice }
  const changes = [
    { label: 'Retail price', from: null, to: formatMoney(retailPrice, imported.currency) },
    { label: 'On hand', from: null, to: quantity === undefined ? 'not tracked' : numberWords(quantity) },
    { label: 'Collection', from: null, to: added.collection },
  ]
  return {
    outcome: { row, kind: 'created', title: name, code: sku, changes },
    added,
    ...(quantity ? { adjustment: { row, productId: id, kind: 'receive', quantity } } : {}),
  }
}

function wordsIn(currency: string): FieldWords<BulkProduct> {
  const asMoney = (amount: number) => formatMoney(amount, currency)
  return {
    name: { label: 'Name', text: asText },
    collection: { label: 'Collection', text: asText },
    description: { label: 'Description', text: asText },
    retailPrice: { label: 'Retail price', text: asMoney },
    wholesalePrice: { label: 'Wholesale price', text: asMoney },
    caseSize: { label: 'Case size', text: numberWords },
    stockTracked: { label: 'Stock tracked', text: asYesOrNo },
    lowStockThreshold: { label: 'Low at', text: numberWords },
    listed: { label: 'Listed for retail', text: asYesOrNo },
    archived: { label: 'Archived', text: asYesOrNo },
  }
}
