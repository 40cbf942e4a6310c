import { Hono } from 'hono'
import { checkDomain } from '../../mail/check-domain.ts'
import { MAIL_EVENTS, type MailEvent } from '../../mail/mail-event.ts'
import { sendTestMail, type TestOutcome } from '../../mail/send-test-mail.ts'
import type { Failure } from '../../result.ts'
import { routes } from '../../routes.ts'
import { readSettings } from '../../settings/read-settings.ts'
import { updateMailSettings } from '../../settings/update-mail-settings.ts'
import { failurePage, problemsOf } from '../errors.tsx'
import { type Form, readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { ChangesCard } from './changes/changes-card.tsx'
import { DomainPage } from './settings/domain-page.tsx'
import { BLANK_ROW, differencesOf, MailForm, type Typed, typedFrom } from './settings/mail-form.tsx'
import { SendingCard, TestBanner } from './settings/sending-card.tsx'
import { settingsPage } from './settings/settings-page.tsx'
import { settingsWords } from './settings/settings-words.ts'

/** Where answers go, who in the business is told of what, and whether sending works. */
export const mailSettings = new Hono<WebEnv>()

/** More rows than the form ever shows; what comes after them was not typed into it. */
const MAX_ROWS = 100

mailSettings.get(routes.mailSettings(), (c) => mailSettingsPage(c))

mailSettings.post(routes.mailSettings(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const typed = typedIn(form.value)
  const revision = form.value.whole('revision')
  if (form.value.text('do') === 'add') return mailSettingsPage(c, { typed, revision })
  const updated = await updateMailSettings(c.var.ctx, {
    ...{ revision, replyTo: typed.replyTo, notificationEmails: typed.rows },
  })
  if (updated.ok) return c.redirect(routes.mailSettings({ saved: String(c.var.ctx.now) }), 303)
  return mailSettingsPage(c, { typed, revision, failure: updated.failure })
})

function typedIn(form: Form): Typed {
  const rows: Typed['rows'] = []
  while (rows.length < MAX_ROWS && form.checked(`notificationEmails.${rows.length}.email`)) {
    const name = `notificationEmails.${rows.length}`
    const events = form.all(`${name}.events`).filter((event) => MAIL_EVENTS.includes(event as MailEvent))
    rows.push({ email: form.text(`${name}.email`), events: events as MailEvent[] })
  }
  return { replyTo: form.text('replyTo'), rows }
}

mailSettings.post(routes.testMail(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const to = form.value.text('to')
  const sent = await sendTestMail(c.var.ctx, { id: form.value.text('id'), to })
  if (sent.ok) return mailSettingsPage(c, undefined, sent.value)
  return mailSettingsPage(c, undefined, { to, failure: sent.failure })
})

mailSettings.get(routes.sendingDomain(), async (c) => {
  const checked = await checkDomain(c.var.ctx)
  if (!checked.ok) return failurePage(c, checked.failure)
  const { frame, check } = checked.value
  return settingsPage(c, frame, { section: 'mail' }, <DomainPage check={check} />)
})

async function mailSettingsPage(
  c: WebContext,
  kept?: { typed: Typed; revision: number; failure?: Failure },
  test?: { to: string; outcome?: TestOutcome; failure?: Failure },
) {
  const view = await readSettings(c.var.ctx)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, changes } = view.value
  const saved = frame.settings
  const typed = kept?.typed ?? typedFrom(saved)
  const isStale = kept?.failure?.reason === 'conflict'
  const { MAILCHANNELS_API_KEY, MAIL_FROM } = c.env
  return settingsPage(
    c,
    frame,
    {
      section: 'mail',
      failure: kept?.failure ?? test?.failure,
      differences: differencesOf(typed, typedFrom(saved)),
    },
    <>
      {test?.outcome && <TestBanner to={test.to} outcome={test.outcome} />}
      <MailForm
        typed={kept?.failure ? typed : { ...typed, rows: [...typed.rows, BLANK_ROW] }}
        problems={kept?.failure ? problemsOf(kept.failure) : []}
        revision={kept && !isStale ? kept.revision : saved.revision}
      />
      <SendingCard
        from={(MAILCHANNELS_API_KEY && MAIL_FROM) || ''}
        id={c.var.ctx.newId()}
        to={test?.to ?? saved.notificationEmails[0]?.email ?? ''}
        problems={test?.failure ? problemsOf(test.failure) : []}
      />
      <div class="prose">
        <ChangesCard changes={changes} words={settingsWords(saved.currency)} timeZone={saved.timeZone} />
      </div>
    </>,
  )
}
