import type { Ctx } from '../context.ts'
import { type Cart, wholeCases } from '../orders/cart.ts'
import { type AgainLine, againLinesQuery } from '../orders/own-order-store.ts'
import { unitPriceFor } from '../orders/totals.ts'
import { ok, type Result } from '../result.ts'
import { openPortal, type Portal } from '../retailers/open-portal.ts'
import type { SignedLink } from '../signed-link.ts'
import { refuse } from '../staff/permissions.ts'
import {
  type CatalogueCursor,
  cataloguePageQuery,
  catalogueSearchQuery,
  chosenProductsQuery,
  type ListedProduct,
  MAX_FOUND,
} from './catalogue-store.ts'

/** A page of them, with everything that a phone loads beside it, stays within 35 kB; so does a search's. */
export const PRODUCTS_PER_PAGE = MAX_FOUND
/** Paper needs no steppers and no pictures. */
export const LINE_SHEET_ROWS = 500

/** A product at the shop's own price, in minor units. */
export type OfferedProduct = ListedProduct & { unitPrice: number }

/** A chosen product. `was` is the quantity that was chosen before the product came in other cases. */
export interface CartLine {
  product: OfferedProduct
  quantity: number
  was: number | null
}

/** What of an earlier order is another today. */
export interface AgainNotes {
  number: number
  /** Names of products that are not offered any more. */
  leftOut: string[]
  repriced: { name: string; from: number; to: number }[]
}

export interface Catalogue {
  portal: Portal
  products: OfferedProduct[]
  /** Where the next page starts; null on the last one. */
  next: CatalogueCursor | null
  /** Everything chosen that is still offered, also what is not on this page. */
  lines: CartLine[]
  /** Null unless an earlier order was put into the cart. */
  again: AgainNotes | null
}

export interface CatalogueAsked {
  search: string
  after: CatalogueCursor | null
  cart: Cart
  /** The number of the order that was put into the cart. */
  again: number | null
}

/**
 * What the maker sells, as one shop sees it: by collection, or the products that have the words typed. One round
 * trip. Fails as `openPortal` does.
 */
export async function readCatalogue(
  ctx: Ctx,
  link: SignedLink,
  { search, after, cart, again }: CatalogueAsked,
): Promise<Result<Catalogue>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const { db } = ctx
  const opened = await openPortal(ctx, link, [
    search.trim() === ''
      ? cataloguePageQuery(db, after, PRODUCTS_PER_PAGE)
      : catalogueSearchQuery(db, search),
    chosenProductsQuery(db, [...cart.keys()]),
    againLinesQuery(db, link.id, again ?? 0),
  ])
  if (!opened.ok) return opened
  const { portal, results } = opened.value
  const [found, chosen, againLines] = results
  return ok({
    ...{ portal, ...pageOf(found, portal, PRODUCTS_PER_PAGE) },
    lines: cartLines(cart, chosen, portal),
    again: again === null || againLines.length === 0 ? null : againNotes(again, againLines, portal),
  })
}

/** Everything that is offered, to be printed; as `readCatalogue`. */
export async function readLineSheet(
  ctx: Ctx,
  link: SignedLink,
  after: CatalogueCursor | null,
): Promise<Result<Pick<Catalogue, 'portal' | 'products' | 'next'>>> {
  const refused = refuse(ctx, 'orders.request')
  if (refused) return refused
  const opened = await openPortal(ctx, link, [cataloguePageQuery(ctx.db, after, LINE_SHEET_ROWS)])
  if (!opened.ok) return opened
  const { portal, results } = opened.value
  return ok({ portal, ...pageOf(results[0], portal, LINE_SHEET_ROWS) })
}

function pageOf(found: ListedProduct[], portal: Portal, limit: number) {
  const products = found.slice(0, limit).map((product) => offered(product, portal))
  const last = found.length > limit ? products.at(-1)! : null
  const next: CatalogueCursor | null = last && [last.collection, last.name, last.number]
  return { products, next }
}

const offered = (product: ListedProduct, terms: Portal): OfferedProduct => ({
  ...product,
  unitPrice: unitPriceFor(product, terms),
})

/** A cart against what is offered today, in whole cases; what is not offered any more is left out. */
export function cartLines(cart: Cart, chosen: ListedProduct[], portal: Portal): CartLine[] {
  const products = new Map(chosen.map((product) => [product.number, offered(product, portal)]))
  return [...cart].flatMap(([number, asked]) => {
    const product = products.get(number)
    if (!product) return []
    const quantity = wholeCases(asked, product.caseSize)
    return [{ product, quantity, was: quantity === asked ? null : asked }]
  })
}

function againNotes(number: number, lines: AgainLine[], portal: Portal): AgainNotes {
  const repriced: AgainNotes['repriced'] = []
  const leftOut: string[] = []
  for (const { name, unitPrice: from, product } of lines) {
    const { retailPrice, wholesalePrice } = product
    if (retailPrice === null) {
      leftOut.push(name)
      continue
    }
    const to = unitPriceFor({ retailPrice, wholesalePrice }, portal)
    if (to !== from) repriced.push({ name, from, to })
  }
  return { number, leftOut, repriced }
}
