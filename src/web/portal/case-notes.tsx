import type { CartLine } from '../../catalog/read-catalogue.ts'
import { Banner } from '../ui/banner.tsx'

/** Quantities that were no whole cases, and what became of them. */
export const CaseNotes = ({ lines }: { lines: CartLine[] }) => {
  const rounded = lines.filter(({ was }) => was !== null)
  if (rounded.length === 0) return null
  return (
    <Banner tone="warning">
      <ul>
        {rounded.map(({ product, quantity, was }) => (
          <li>
            {product.name} is sold by {product.caseSize}: {was} → {quantity}
          </li>
        ))}
      </ul>
    </Banner>
  )
}
