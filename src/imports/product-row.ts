import type { ProductFields } from '../catalog/product.ts'
import type { Fields } from './columns.ts'

/** What a file says of a product. What it does not say stays as it is, or gets the default of a new product. */
export interface ProductRow {
  sku: string
  name?: string
  collection?: string
  description?: string
  retailPrice?: number
  wholesalePrice?: number
  caseSize?: number
  /** Units on hand. */
  quantity?: number
  stockTracked?: boolean
  lowStockThreshold?: number
  listed?: boolean
  archived?: boolean
}

/** Everything of a product that an import may write. */
export type ImportedProduct = ProductFields & { archived: boolean }

/** The same SKU, in whatever letters: as the database compares them. */
export function skuKey(sku: string): string {
  return sku.replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/** Columns of a product list in somebody's own words. */
export const productFields = {
  sku: {
    label: 'SKU',
    headings: ['sku', 'product sku', 'product code', 'item code', 'item number', 'article number', 'code'],
  },
  name: { label: 'Name', headings: ['name', 'product name', 'item name', 'product', 'item', 'title'] },
  retailPrice: {
    label: 'Retail price',
    headings: ['retail price', 'retail', 'rrp', 'msrp', 'srp', 'unit retail', 'selling price', 'price'],
  },
  wholesalePrice: {
    label: 'Wholesale price',
    headings: ['wholesale price', 'wholesale', 'trade price', 'whsl', 'ws price'],
  },
  quantity: {
    label: 'On hand',
    headings: [
      ...['quantity', 'on hand', 'qty', 'stock', 'in stock', 'stock quantity', 'inventory quantity'],
      ...['inventory', 'quantity on hand', 'units'],
    ],
  },
  collection: {
    label: 'Collection',
    headings: ['collection', 'category', 'product type', 'range', 'type', 'group'],
  },
  description: {
    label: 'Description',
    headings: ['description', 'product description', 'details', 'body html'],
  },
  caseSize: {
    label: 'Case size',
    headings: ['case size', 'case pack', 'case quantity', 'case qty', 'pack size', 'case'],
  },
  lowStockThreshold: {
    label: 'Low at',
    headings: [
      ...['low stock threshold', 'threshold', 'low stock', 'low at', 'reorder point', 'reorder level'],
      ...['minimum stock', 'min stock'],
    ],
  },
} as const satisfies Fields<string>
export type ProductField = keyof typeof productFields

/** Columns of a product export as Shopify writes it, in its older and its newer headings. */
export const shopifyFields = {
  handle: { label: 'Variants of one product', headings: ['handle', 'url handle'] },
  title: { label: 'Name', headings: ['title'] },
  option1: { label: 'Name', headings: ['option1 value'] },
  option2: { label: 'Name', headings: ['option2 value'] },
  option3: { label: 'Name', headings: ['option3 value'] },
  body: { label: 'Description', headings: ['body html', 'description'] },
  type: { label: 'Collection', headings: ['type'] },
  published: { label: 'Listed for retail', headings: ['published', 'published on online store'] },
  status: { label: 'Listed, archived', headings: ['status'] },
  sku: { label: 'SKU', headings: ['variant sku', 'sku'] },
  price: { label: 'Retail price', headings: ['variant price', 'price'] },
  quantity: { label: 'On hand', headings: ['variant inventory qty', 'inventory quantity'] },
  tracker: { label: 'Stock tracked', headings: ['variant inventory tracker', 'inventory tracker'] },
} as const satisfies Fields<string>
export type ShopifyField = keyof typeof shopifyFields
