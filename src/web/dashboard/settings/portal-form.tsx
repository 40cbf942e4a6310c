import { decimalOf } from '../../../money.ts'
import type { Problem } from '../../../result.ts'
import { rateText } from '../../../retailers/rate.ts'
import { routes } from '../../../routes.ts'
import type { PortalSettings } from '../../../settings/portal-settings-store.ts'
import { MAX_WELCOME_CHARACTERS } from '../../../settings/update-portal-settings.ts'
import type { Form } from '../../form.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, MoneyField, NumberField, TextArea } from '../../ui/field.tsx'
import type { Difference } from '../saved-meanwhile.tsx'

/** The form's fields as text; the rate is a percentage, and a box that is ticked is "yes". */
export type TypedPortal = Record<keyof PortalSettings, string>

/** How the fields are called, in the form and among the changes. */
export const LABELS: TypedPortal = {
  welcomeText: 'Welcome text',
  minimumOrder: 'Minimum order',
  newShopsOpen: 'Open to new shops',
  newShopsRate: 'New shops keep',
}
const NAMES = Object.keys(LABELS) as (keyof TypedPortal)[]

export function textsOf(portal: PortalSettings, currency: string): TypedPortal {
  return {
    welcomeText: portal.welcomeText,
    minimumOrder: portal.minimumOrder === 0 ? '' : decimalOf(portal.minimumOrder, currency),
    newShopsOpen: portal.newShopsOpen ? 'yes' : 'no',
    newShopsRate: rateText(portal.newShopsRate),
  }
}

export function typedPortal(form: Form): TypedPortal {
  const texts = Object.fromEntries(NAMES.map((name) => [name, form.text(name)])) as TypedPortal
  return { ...texts, newShopsOpen: form.checked('newShopsOpen') ? 'yes' : 'no' }
}

type PortalFormProps = {
  typed: TypedPortal
  problems: Problem[]
  revision: number
  currency: string
}

/** How orders come in through the portal; keeps what was typed when it was refused. */
export const PortalForm = ({ typed, problems, revision, currency }: PortalFormProps) => {
  const common = (name: keyof TypedPortal) => ({
    ...{ label: LABELS[name], name, value: typed[name] },
    error: problems.find(({ field }) => field === name)?.message,
  })
  return (
    <form class="form prose" method="post" action={routes.portalSettings()} novalidate>
      <input type="hidden" name="revision" value={String(revision)} />
      <input type="hidden" name="currency" value={currency} />
      <Card title="Retail portal">
        <div class="form">
          <TextArea
            {...common('welcomeText')}
            maxlength={MAX_WELCOME_CHARACTERS}
            hint="Shops read it above the goods: when you ship, how to reach you"
          />
          <MoneyField
            {...common('minimumOrder')}
            currency={currency}
            hint="Least net total of an order through the portal; empty for none. A retailer can have its own."
          />
          <Checkbox
            {...common('newShopsOpen')}
            value="yes"
            checked={typed.newShopsOpen === 'yes'}
            hint="Shops that are no retailers yet can see the goods and send a request through the link below"
          />
          <NumberField
            {...common('newShopsRate')}
            inputmode="decimal"
            suffix="%"
            hint="Of the retail price: new shops see wholesale prices at this discount"
          />
        </div>
      </Card>
      <div class="row">
        <Button kind="primary">Save portal settings</Button>
      </div>
    </form>
  )
}

export function differencesOf(typed: TypedPortal, saved: TypedPortal): Difference[] {
  return NAMES.filter((name) => typed[name].trim() !== saved[name]).map((name) => ({
    ...{ label: LABELS[name], saved: saved[name], typed: typed[name] },
  }))
}
