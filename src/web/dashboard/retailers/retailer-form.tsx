import type { PropsWithChildren } from 'hono/jsx'
import type { Problem } from '../../../result.ts'
import { rateFrom, rateText } from '../../../retailers/rate.ts'
import type { Retailer, RetailerFields } from '../../../retailers/retailer.ts'
import { routes } from '../../../routes.ts'
import type { Form } from '../../form.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { NumberField, RadioChoice, TextArea, TextField } from '../../ui/field.tsx'
import { TYPE_WORDS } from '../order-words.tsx'
import { type Difference, SavedMeanwhile } from '../saved-meanwhile.tsx'

/** The form's fields as text; the rate is a percentage. */
export type TypedRetailer = Record<keyof RetailerFields, string>

/** How the fields of a retailer are called, in the form and among its changes. */
export const LABELS: TypedRetailer = {
  ...{ name: 'Name', type: 'Type', rate: 'Retailer keeps', contactName: 'Contact name', email: 'E-mail' },
  ...{ phone: 'Phone', street: 'Street', city: 'City', region: 'State or region', postcode: 'Postcode' },
  ...{ country: 'Country', notes: 'Notes' },
}
const NAMES = Object.keys(LABELS) as (keyof TypedRetailer)[]

export const nothingTyped = Object.fromEntries(NAMES.map((name) => [name, ''])) as TypedRetailer

export function typedRetailer(form: Form): TypedRetailer {
  return Object.fromEntries(NAMES.map((name) => [name, form.text(name)])) as TypedRetailer
}

export function fieldsOf(typed: TypedRetailer): RetailerFields {
  return { ...typed, type: typed.type as RetailerFields['type'], rate: rateFrom(typed.rate) }
}

export function textsOf(retailer: Retailer): TypedRetailer {
  const texts = NAMES.map((name) => [name, name === 'rate' ? rateText(retailer.rate) : retailer[name]])
  return Object.fromEntries(texts) as TypedRetailer
}

interface Props {
  typed: TypedRetailer
  problems: Problem[]
  /** A new retailer's id. */
  id?: string
  /** The retailer that is edited, as it is saved now. */
  saved?: Retailer
  /** Others saved it since the form was opened. */
  isStale?: boolean
  /** Where the form leads, if not to adding or saving a retailer alone; its children say what else it sends. */
  leadsTo?: { action: string; button: string; cancelHref: string }
}

/** Adds a retailer or edits one; keeps what was typed when it was refused. */
export const RetailerForm = (props: PropsWithChildren<Props>) => {
  const { typed, problems, id, saved, isStale } = props
  const leadsTo = props.leadsTo ?? usualWay(saved)
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message
  const common = (name: keyof TypedRetailer) => ({
    ...{ label: LABELS[name], name, value: typed[name], error: errorOf(name) },
  })
  return (
    <>
      <ErrorSummary
        problems={problems.map(({ field, message }) => ({ message, name: field || undefined }))}
      />
      {isStale && saved && <SavedMeanwhile differences={differencesOf(typed, textsOf(saved))} />}
      <form class="form prose" method="post" action={leadsTo.action} novalidate>
        {id && <input type="hidden" name="id" value={id} />}
        {saved && <input type="hidden" name="revision" value={String(saved.revision)} />}
        <Card title="Shop">
          <div class="form">
            <TextField {...common('name')} required autocomplete="organization" />
            <RadioChoice
              {...common('type')}
              required
              choices={[
                { value: 'wholesale', label: 'Wholesale', hint: 'Buys the goods' },
                { value: 'consignment', label: 'Consignment', hint: 'Sells them for you' },
              ]}
            />
            <NumberField
              {...common('rate')}
              required
              inputmode="decimal"
              suffix="%"
              hint="Of the retail price: the wholesale discount, or the commission"
            />
            {saved && (
              <p class="soft small">Orders that were placed before keep their type and their rate.</p>
            )}
          </div>
        </Card>
        <Card title="Contact">
          <div class="form">
            <div class="fields">
              <TextField {...common('contactName')} autocomplete="name" />
              <TextField {...common('phone')} type="tel" autocomplete="tel" />
            </div>
            <TextField
              {...common('email')}
              type="email"
              autocomplete="email"
              hint="E-mails about its orders go here. Without one, only your notification addresses get them."
            />
          </div>
        </Card>
        <Card title="Address">
          <div class="form">
            <TextField {...common('street')} autocomplete="street-address" />
            <div class="fields">
              <TextField {...common('city')} autocomplete="address-level2" />
              <TextField {...common('region')} autocomplete="address-level1" />
              <TextField {...common('postcode')} autocomplete="postal-code" />
              <TextField {...common('country')} autocomplete="country-name" />
            </div>
          </div>
        </Card>
        <Card title="For you">
          <TextArea {...common('notes')} hint="The retailer never sees them" />
        </Card>
        {props.children}
        <div class="row">
          <Button kind="primary">{leadsTo.button}</Button>
          <LinkButton kind="quiet" href={leadsTo.cancelHref}>
            {saved ? 'Leave' : 'Cancel'}
          </LinkButton>
        </div>
      </form>
    </>
  )
}

function usualWay(saved: Retailer | undefined): NonNullable<Props['leadsTo']> {
  const href = saved ? routes.retailer(saved.id) : routes.retailers()
  return { action: href, cancelHref: href, button: saved ? 'Save retailer' : 'Add retailer' }
}

function differencesOf(typed: TypedRetailer, saved: TypedRetailer): Difference[] {
  const shown = (name: keyof TypedRetailer, text: string) => {
    if (name === 'rate') return `${text}%`
    return text === 'wholesale' || text === 'consignment' ? TYPE_WORDS[text] : text
  }
  return NAMES.filter((name) => typed[name].trim() !== saved[name]).map((name) => ({
    label: LABELS[name],
    saved: shown(name, saved[name]),
    typed: shown(name, typed[name]),
  }))
}
