import type { Catalogue } from '../../catalog/read-catalogue.ts'
import { formatMoney } from '../../money.ts'
import { Banner } from '../ui/banner.tsx'
import { CaseNotes } from './case-notes.tsx'

/** What a shop should know before it chooses: what an earlier order put into the cart, and what is not as it was. */
export const CatalogueNotes = ({ catalogue }: { catalogue: Catalogue }) => {
  const { again, lines, portal } = catalogue
  const money = (amount: number) => formatMoney(amount, portal.settings.currency)
  return (
    <>
      {again && (
        <Banner tone={again.leftOut.length > 0 ? 'warning' : 'info'}>
          <p>The products of order #{again.number} are chosen, at today's prices. Nothing is sent yet.</p>
          {again.leftOut.length > 0 && (
            <p>Left out, since they are not offered any more: {again.leftOut.join(', ')}.</p>
          )}
          {again.repriced.length > 0 && (
            <>
              <p>Prices that are not the same as then:</p>
              <ul>
                {again.repriced.map(({ name, from, to }) => (
                  <li>
                    {name}: {money(from)} → {money(to)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Banner>
      )}
      <CaseNotes lines={lines} />
    </>
  )
}
