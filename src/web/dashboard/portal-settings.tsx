import { Hono } from 'hono'
import type { Failure } from '../../result.ts'
import { rateFrom } from '../../retailers/rate.ts'
import { routes } from '../../routes.ts'
import { readPortalSettings } from '../../settings/read-portal-settings.ts'
import { replaceNewShopsLink } from '../../settings/replace-new-shops-link.ts'
import { updatePortalSettings } from '../../settings/update-portal-settings.ts'
import { NEW_SHOPS } from '../../signed-link.ts'
import { failurePage, problemsOf } from '../errors.tsx'
import { type Form, readForm } from '../form.ts'
import { isLocalOwner, type WebContext, type WebEnv } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { ChangesCard } from './changes/changes-card.tsx'
import { staffPage } from './page.tsx'
import { portalAddress } from './portal/link-address.ts'
import { LinkSheet } from './portal/link-sheet.tsx'
import { NoSecret } from './portal/portal-link.tsx'
import { NewShopsCard } from './settings/new-shops-card.tsx'
import { differencesOf, PortalForm, textsOf, typedPortal } from './settings/portal-form.tsx'
import { settingsPage } from './settings/settings-page.tsx'
import { settingsWords } from './settings/settings-words.ts'

/** How orders come in through the portal, and the general link for shops that are no retailers yet. */
export const portalSettings = new Hono<WebEnv>()

portalSettings.get(routes.portalSettings(), (c) => portalSettingsPage(c))

portalSettings.post(routes.portalSettings(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const { value } = form
  const minimumOrder = value.money('minimumOrder')
  const readable = value.readable()
  const updated = readable.ok
    ? await updatePortalSettings(c.var.ctx, {
        ...{ revision: value.whole('revision'), welcomeText: value.text('welcomeText'), minimumOrder },
        newShopsOpen: value.checked('newShopsOpen'),
        newShopsRate: rateFrom(value.text('newShopsRate')),
      })
    : readable
  if (updated.ok) return saved(c)
  return portalSettingsPage(c, { form: value, failure: updated.failure })
})

portalSettings.get(routes.newShopsLink(), async (c) => {
  const view = await readPortalSettings(c.var.ctx)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, portal } = view.value
  const link = await portalAddress(c, { id: NEW_SHOPS, version: portal.newShopsLinkVersion })
  return staffPage(
    c,
    frame,
    {
      ...{ title: 'Link for new shops', section: 'settings' },
      back: { href: routes.portalSettings(), label: 'Portal settings' },
      actions: (
        <Button type="button" kind="primary" icon="print" attributes={{ 'data-print': '' }}>
          Print
        </Button>
      ),
    },
    link === null ? <NoSecret /> : <LinkSheet settings={frame.settings} link={link} />,
  )
})

portalSettings.post(routes.newShopsLink(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const replaced = await replaceNewShopsLink(c.var.ctx, { version: form.value.whole('version') })
  return replaced.ok ? saved(c) : failurePage(c, replaced.failure)
})

const saved = (c: WebContext) => c.redirect(routes.portalSettings({ saved: String(c.var.ctx.now) }), 303)

async function portalSettingsPage(c: WebContext, refused?: { form: Form; failure: Failure }) {
  const view = await readPortalSettings(c.var.ctx)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, portal, events, changes } = view.value
  const { currency, timeZone } = frame.settings
  const link = await portalAddress(c, { id: NEW_SHOPS, version: portal.newShopsLinkVersion })
  const isStale = refused?.failure.reason === 'conflict'
  const saved = textsOf(portal, currency)
  const typed = refused ? typedPortal(refused.form) : saved
  return settingsPage(
    c,
    frame,
    { section: 'portal', failure: refused?.failure, differences: differencesOf(typed, saved) },
    <>
      <PortalForm
        {...{ currency, typed, problems: refused ? problemsOf(refused.failure) : [] }}
        revision={refused && !isStale ? refused.form.whole('revision') : portal.revision}
      />
      <div class="prose">
        <NewShopsCard {...{ portal, link, events, timeZone }} isLocal={isLocalOwner(c.env)} />
        <ChangesCard changes={changes} words={settingsWords(currency)} timeZone={timeZone} />
      </div>
    </>,
  )
}
