import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Shop } from '../../../orders/document-store.ts'

/** One order on paper: who it is from, what it is, and which order. Each starts a page. */
export const Sheet = (
  props: PropsWithChildren<{ businessName: string; replyTo: string; title: string; number: number }>,
) => (
  <article class="sheet" aria-label={`${props.title} of order ${props.number}`}>
    <header class="sheet-head">
      <div>
        <b>{props.businessName}</b>
        {props.replyTo !== '' && <div class="soft small">{props.replyTo}</div>}
      </div>
      <div>
        <h2>{props.title}</h2>
        <div>Order #{props.number}</div>
      </div>
    </header>
    {props.children}
  </article>
)

export interface SheetFact {
  label: string
  /** Left out where there is none. */
  value: Child
}

/** Stands above the table on every page of paper, so that no page of an order is lost among others. */
export const EveryPage = (props: { title: string; number: number; columns: number }) => (
  <tr class="print-only">
    <th scope="colgroup" colspan={props.columns}>
      {props.title} of order #{props.number}
    </th>
  </tr>
)

/** Whom it is for, and beside it what there is to know of the order. */
export const SheetFacts = ({ party, facts }: { party: SheetFact; facts: SheetFact[] }) => (
  <div class="sheet-facts">
    <Facts facts={[party]} />
    <Facts facts={facts} />
  </div>
)

const Facts = ({ facts }: { facts: SheetFact[] }) => (
  <dl class="facts">
    {facts
      .filter(({ value }) => value !== '' && value !== null)
      .map(({ label, value }) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

/** Where the goods go, as it would stand on the parcel. */
export const Address = ({ shop }: { shop: Shop }) => (
  <address>
    {addressLines(shop).map((line, index) => (
      <div>{index === 0 ? <b>{line}</b> : line}</div>
    ))}
  </address>
)

function addressLines({ name, contactName, street, city, region, postcode, country, phone }: Shop): string[] {
  const place = [city, [region, postcode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return [name, contactName, street, place, country, phone].filter(Boolean)
}
