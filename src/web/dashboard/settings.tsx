import { Hono } from 'hono'
import { formatMoney, minorDigits } from '../../money.ts'
import type { Failure, Problem } from '../../result.ts'
import { routes } from '../../routes.ts'
import { currencies, timeZones } from '../../settings/choices.ts'
import { readSettings } from '../../settings/read-settings.ts'
import type { Settings } from '../../settings/settings-store.ts'
import { MAX_NOTIFICATION_EMAILS, updateSettings } from '../../settings/update-settings.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { SelectField, TextArea, TextField } from '../ui/field.tsx'
import { staffPage } from './page.tsx'
import { type Difference, SavedMeanwhile } from './saved-meanwhile.tsx'

/** What the business is called, in what it counts, and how it is reached. */
export const settings = new Hono<WebEnv>()

/** How long after it the page says so; opening the same address later does not say it again. */
const SAY_SAVED_FOR_MS = 60_000

/** The form's fields as text; the notification e-mails one per line. */
type Typed = Record<'businessName' | 'currency' | 'timeZone' | 'replyTo' | 'notificationEmails', string>

const LABELS: Typed = {
  businessName: 'Business name',
  currency: 'Currency',
  timeZone: 'Time zone',
  replyTo: 'Reply-to address',
  notificationEmails: 'Notification e-mails',
}
const NAMES = Object.keys(LABELS) as (keyof Typed)[]

settings.get(routes.settings(), (c) => settingsPage(c))

settings.post(routes.settings(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const typed = Object.fromEntries(NAMES.map((name) => [name, form.value.text(name)])) as Typed
  const revision = form.value.whole('revision')
  const notificationEmails = typed.notificationEmails.split(/[\r\n,;]+/)
  const updated = await updateSettings(c.var.ctx, { ...typed, notificationEmails, revision })
  if (updated.ok) return c.redirect(routes.settings({ saved: String(c.var.ctx.now) }), 303)
  return settingsPage(c, { typed, revision, failure: updated.failure })
})

async function settingsPage(c: WebContext, refused?: { typed: Typed; revision: number; failure: Failure }) {
  const view = await readSettings(c.var.ctx)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, hasOrders } = view.value
  const saved = frame.settings
  const isStale = refused?.failure.reason === 'conflict'
  const problems = refused ? problemsOf(refused.failure) : []
  const typed = refused?.typed ?? textsOf(saved)
  return staffPage(
    c,
    frame,
    {
      title: 'Settings',
      section: 'settings',
      status: refused && statusOf(refused.failure),
      toast: wasJustSaved(c) ? 'The settings are saved.' : undefined,
    },
    <>
      <ErrorSummary
        problems={problems.map(({ field, message }) => ({ message, name: field || undefined }))}
      />
      {isStale && <SavedMeanwhile differences={differencesOf(typed, textsOf(saved))} />}
      <SettingsForm
        typed={typed}
        problems={problems}
        revision={refused && !isStale ? refused.revision : saved.revision}
        currencyHint={currencyHint(saved.currency, hasOrders)}
      />
    </>,
  )
}

function wasJustSaved(c: WebContext): boolean {
  const savedAt = wholeFrom(c.req.query('saved') ?? '')
  return savedAt <= c.var.ctx.now && c.var.ctx.now - savedAt < SAY_SAVED_FOR_MS
}

const SettingsForm = (props: {
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
        </div>
      </Card>
      <Card title="E-mail">
        <div class="form">
          <TextField
            {...common('replyTo')}
            type="email"
            autocomplete="email"
            hint="Where a retailer's answer to an order e-mail goes"
          />
          <TextArea
            {...common('notificationEmails')}
            rows={4}
            hint={`One per line, at most ${MAX_NOTIFICATION_EMAILS}. Each gets every order e-mail that a retailer gets, in a message of its own.`}
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

function textsOf(saved: Settings): Typed {
  const { businessName, currency, timeZone, replyTo, notificationEmails } = saved
  return { businessName, currency, timeZone, replyTo, notificationEmails: notificationEmails.join('\n') }
}

function differencesOf(typed: Typed, saved: Typed): Difference[] {
  const plain = (text: string) => text.trim().replace(/\s+/g, ', ')
  return NAMES.filter((name) => plain(typed[name]) !== plain(saved[name])).map((name) => {
    const shown = name === 'notificationEmails' ? plain : (text: string) => text
    return { label: LABELS[name], saved: shown(saved[name]), typed: shown(typed[name]) }
  })
}
