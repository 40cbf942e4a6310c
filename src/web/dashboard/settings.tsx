import { Hono } from 'hono'
import { formatMoney, minorDigits } from '../../money.ts'
import type { Failure, Problem } from '../../result.ts'
import { routes } from '../../routes.ts'
import { currencies, timeZones } from '../../settings/choices.ts'
import { readSettings } from '../../settings/read-settings.ts'
import type { Settings } from '../../settings/settings-store.ts'
import { updateSettings } from '../../settings/update-settings.ts'
import { failurePage, problemsOf } from '../errors.tsx'
import { readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { ChangesCard } from './changes/changes-card.tsx'
import type { Difference } from './saved-meanwhile.tsx'
import { LogoCard } from './settings/logo-card.tsx'
import { settingsPage } from './settings/settings-page.tsx'
import { BUSINESS_LABELS as LABELS, settingsWords } from './settings/settings-words.ts'

/** What the business is called, in what it counts, and its colour. */
export const settings = new Hono<WebEnv>()

/** The form's fields as text. */
type Typed = Record<keyof typeof LABELS, string>

const NAMES = Object.keys(LABELS) as (keyof Typed)[]

settings.get(routes.settings(), (c) => businessPage(c))

settings.post(routes.settings(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const typed = Object.fromEntries(NAMES.map((name) => [name, form.value.text(name)])) as Typed
  const revision = form.value.whole('revision')
  const updated = await updateSettings(c.var.ctx, { ...typed, revision })
  if (updated.ok) return c.redirect(routes.settings({ saved: String(c.var.ctx.now) }), 303)
  return businessPage(c, { refused: { typed, revision, failure: updated.failure } })
})

interface RefusedSettings {
  typed: Typed
  revision: number
  failure: Failure
}

/** The section of the business, with what was refused: of its form, or of its logo. */
export async function businessPage(
  c: WebContext,
  { refused, logoFailure }: { refused?: RefusedSettings; logoFailure?: Failure } = {},
) {
  const view = await readSettings(c.var.ctx)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, hasOrders, changes } = view.value
  const saved = frame.settings
  const typed = refused?.typed ?? textsOf(saved)
  const isStale = refused?.failure.reason === 'conflict'
  return settingsPage(
    c,
    frame,
    {
      ...{ section: 'business', failure: refused?.failure ?? logoFailure },
      differences: differencesOf(typed, textsOf(saved)),
    },
    <>
      <BusinessForm
        typed={typed}
        problems={refused ? problemsOf(refused.failure) : []}
        revision={refused && !isStale ? refused.revision : saved.revision}
        currencyHint={currencyHint(saved.currency, hasOrders)}
      />
      <LogoCard
        settings={saved}
        formId={c.var.ctx.newId()}
        problems={logoFailure ? problemsOf(logoFailure) : []}
      />
      <div class="prose">
        <ChangesCard changes={changes} words={settingsWords(saved.currency)} timeZone={saved.timeZone} />
      </div>
    </>,
  )
}

const BusinessForm = (props: {
  typed: Typed
  problems: Problem[]
  revision: number
  currencyHint: string
}) => {
  const { typed, problems } = props
  const common = (name: keyof Typed) => ({
    ...{ label: LABELS[name], name, value: typed[name] },
    error: problems.find((problem) => problem.field === name)?.message,
  })
  return (
    <form class="form prose" method="post" action={routes.settings()} novalidate>
      <input type="hidden" name="revision" value={String(props.revision)} />
      <Card title="Business">
        <div class="form">
          <TextField
            {...common('businessName')}
            required
            autocomplete="organization"
            hint="Shown above every page and in the subject of every e-mail"
          />
          <SelectField {...common('currency')} options={currencyOptions()} hint={props.currencyHint} />
          <SelectField
            {...common('timeZone')}
            options={timeZones().map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
            hint="Days begin and end here: order dates, deliveries and reports"
          />
          <TextField
            {...common('accentColor')}
            placeholder="#0b5d56"
            hint="For what shops see: e-mails and the portal. Made darker or lighter where it could not be read."
          />
        </div>
      </Card>
      <div class="row">
        <Button kind="primary">Save settings</Button>
      </div>
    </form>
  )
}

let options: { value: string; label: string }[] | undefined

function currencyOptions() {
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  options ??= currencies().map((value) => ({ value, label: `${value} – ${names.of(value)}` }))
  return options
}

/** Says what another currency does, with an amount: nothing is converted, only the sign and the decimals change. */
function currencyHint(currency: string, hasOrders: boolean): string {
  const amount = 12 * 10 ** minorDigits(currency)
  const other = currency === 'EUR' ? 'USD' : 'EUR'
  const whole = currency === 'JPY' ? 'KRW' : 'JPY'
  const words = `Another currency converts nothing: ${formatMoney(amount, currency)} becomes ${formatMoney(amount, other)}, and ${formatMoney(amount, whole)} in a currency without decimals.`
  return hasOrders ? `${words} That goes for the orders and transactions that you have, too.` : words
}

function textsOf({ businessName, currency, timeZone, accentColor }: Settings): Typed {
  return { businessName, currency, timeZone, accentColor }
}

function differencesOf(typed: Typed, saved: Typed): Difference[] {
  return NAMES.filter((name) => typed[name].trim() !== saved[name]).map((name) => ({
    ...{ label: LABELS[name], saved: saved[name], typed: typed[name] },
  }))
}
