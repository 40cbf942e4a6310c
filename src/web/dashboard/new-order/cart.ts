import { MAX_LINES } from '../../../orders/order.ts'
import { placeOrderSchema } from '../../../orders/place-order.ts'
import type { Draft } from '../../../orders/read-draft.ts'
import { parse } from '../../../parse.ts'
import type { Problem } from '../../../result.ts'
import { problemsOf } from '../../errors.tsx'
import { type Form, wholeFrom } from '../../form.ts'

/** The order being put together, as it was typed. It travels in the form from step to step. */
export interface Cart {
  /** The id that the order will have: submitting twice makes one order. */
  id: string
  retailerId: string
  lines: { productId: string; quantity: string }[]
  /** Where the next thing is typed: the quantity of the product just added, or the search; null leaves the focus. */
  focus: { quantityOf: string } | 'search' | null
  search: string
  pull: boolean
  discount: string
  shipping: string
  otherCharges: string
  tax: string
  poNumber: string
  date: string
  shipBy: string
  allowShortage: boolean
  /** True after a shortage: then promising more than there is can be chosen. */
  isShort: boolean
  /** What reading the amounts found wrong, and what it read. */
  amounts: { discount: number; shipping: number; otherCharges: number; tax: number }
  problems: Problem[]
}

export function newCart(retailerId: string, id: string): Cart {
  return {
    ...{ id, retailerId, lines: [], focus: 'search', search: '', pull: true, poNumber: '', date: '' },
    shipBy: '',
    ...{ discount: '', shipping: '', otherCharges: '', tax: '', allowShortage: false, isShort: false },
    amounts: { discount: 0, shipping: 0, otherCharges: 0, tax: 0 },
    problems: [],
  }
}

/** Reads the cart from the form and carries out the button that was pressed: "add:CASE:ID", "remove:ID" or another. */
export function cartFrom(form: Form, action: string): Cart {
  const quantities = form.all('quantity')
  const lines = form
    .all('product')
    .map((productId, index) => ({ productId, quantity: quantities[index] ?? '' }))
  const removed = action.startsWith('remove:') ? action.slice('remove:'.length) : null
  const [, quantity = '1', added] = /^add:(\d+):(.+)$/.exec(action) ?? []
  const amounts = {
    discount: form.money('discount'),
    shipping: form.money('shipping'),
    otherCharges: form.money('otherCharges'),
    tax: form.money('tax'),
  }
  return {
    id: form.text('orderId'),
    retailerId: form.text('retailer'),
    lines: [
      ...lines.filter(({ productId }) => productId !== removed),
      ...(added ? [{ productId: added, quantity }] : []),
    ],
    // A field that changed sends no button: whoever typed in it has gone on by themselves.
    focus: added ? { quantityOf: added } : action === '' ? null : 'search',
    search: added ? '' : form.text('q'),
    pull: form.checked('pull'),
    ...{ discount: form.text('discount'), shipping: form.text('shipping'), tax: form.text('tax') },
    ...{ otherCharges: form.text('otherCharges'), poNumber: form.text('poNumber'), date: form.text('date') },
    shipBy: form.text('shipBy'),
    allowShortage: form.checked('allowShortage'),
    isShort: form.checked('isShort'),
    amounts,
    problems: form.problems,
  }
}

/** The cart with one more line, whose quantity is typed next. */
export function withProduct(cart: Cart, productId: string, quantity: string): Cart {
  return {
    ...cart,
    lines: [...cart.lines, { productId, quantity }],
    focus: { quantityOf: productId },
    search: '',
  }
}

/** The cart as numbers, and what has to be mended before it can be reviewed. */
export function draftOf(cart: Cart): { draft: Draft; problems: Problem[] } {
  const { retailerId, pull, poNumber, date, shipBy, amounts } = cart
  const lines = cart.lines
    .slice(0, MAX_LINES + 1)
    .map(({ productId, quantity }) => ({ productId, quantity: wholeFrom(quantity) }))
  const dates = parse(placeOrderSchema.pick({ date: true, shipBy: true }), {
    date: date || undefined,
    shipBy,
  })
  const problems = [...cart.problems, ...(dates.ok ? [] : problemsOf(dates.failure))]
  if (lines.length === 0) problems.push({ field: 'q', message: 'Add at least one product.' })
  for (const [index, { quantity }] of lines.entries()) {
    if (quantity >= 1) continue
    problems.push({ field: `lines.${index}.quantity`, message: 'Enter a whole number of at least 1.' })
  }
  return { draft: { ...amounts, retailerId, lines, pull, poNumber, date, shipBy }, problems }
}
