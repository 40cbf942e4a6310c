import { MAX_UNITS } from '../catalog/product.ts'
import { wholeNumber } from '../parse.ts'
import { type Cell, checkedCell, wholeOf } from './cell-values.ts'

const units = wholeNumber(0, MAX_UNITS)

/** Units on hand. */
export function quantityCell(text: string): Cell<number> {
  return checkedCell(units, wholeOf(text), text)
}
