import { numberWords } from '../number-words.ts'
import { MAX_LINES, MAX_QUANTITY } from './order.ts'

/** What a shop has chosen and not sent yet: units by the number of the product. */
export type Cart = ReadonlyMap<number, number>

const ENTRY = /^([1-9]\d{0,8})\.([1-9]\d{0,5})$/

/** A cart as a cookie keeps it: "17.12_18.6". */
export function cartText(cart: Cart): string {
  return [...cart].map(([product, quantity]) => `${product}.${quantity}`).join('_')
}

/** Reads what `cartText` wrote. What cannot be read, or is more than an order holds, is left out. */
export function cartFrom(text: string): Cart {
  const cart = new Map<number, number>()
  for (const part of text.split('_')) {
    const [, product, quantity] = ENTRY.exec(part) ?? []
    if (quantity === undefined || Number(quantity) > MAX_QUANTITY) continue
    cart.set(Number(product), Number(quantity))
    if (cart.size === MAX_LINES) break
  }
  return cart
}

/** What of `other` is added to a cart: its products have its quantities. */
export function merged(cart: Cart, other: Cart): Cart {
  const beside = [...cart].filter(([product]) => !other.has(product))
  return new Map([...beside, ...other].slice(-MAX_LINES))
}

/** The fewest whole cases that hold so many units, as far as an order goes. */
export function wholeCases(quantity: number, caseSize: number): number {
  return Math.min(Math.ceil(quantity / caseSize), Math.floor(MAX_QUANTITY / caseSize)) * caseSize
}

/** Why a shop cannot order so many of a product that is sold by `caseSize`; null when it can (DOMAIN.md §4). */
export function quantityProblem(quantity: number, caseSize: number): string | null {
  if (!Number.isInteger(quantity) || quantity < 1) return 'Enter a whole number, or 0 to leave it out.'
  const most = Math.floor(MAX_QUANTITY / caseSize) * caseSize
  if (quantity > most) return `Enter at most ${numberWords(most)}.`
  if (quantity % caseSize === 0) return null
  const up = wholeCases(quantity, caseSize)
  const nearest = up > caseSize ? `${up - caseSize} or ${up}` : String(up)
  return `Sold by ${caseSize}: enter ${nearest}.`
}

/** What an order still lacks of the least that is taken, in minor units; 0 once it is reached. */
export function missingToMinimum(netTotal: number, minimumOrder: number): number {
  return Math.max(0, minimumOrder - netTotal)
}
