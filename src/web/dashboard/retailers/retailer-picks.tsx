import { formatRate } from '../../../money.ts'
import type { PickedRetailer } from '../../../retailers/search-retailers.ts'
import { TYPE_WORDS } from '../order-words.tsx'

/** Retailers to choose from; `hrefOf` says where choosing one leads. */
export const RetailerPicks = (props: { retailers: PickedRetailer[]; hrefOf: (id: string) => string }) => (
  <ul class="picks">
    {props.retailers.map(({ id, name, type, rate, city }) => (
      <li>
        <a href={props.hrefOf(id)}>
          {name}{' '}
          <span class="soft">
            {[TYPE_WORDS[type], `keeps ${formatRate(rate)}`, city].filter(Boolean).join(' · ')}
          </span>
        </a>
      </li>
    ))}
  </ul>
)
