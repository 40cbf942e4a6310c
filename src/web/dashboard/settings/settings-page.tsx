import type { Child } from 'hono/jsx'
import type { Failure } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import type { Frame } from '../../../settings/frame.ts'
import { problemsOf, statusOf } from '../../errors.tsx'
import { wholeFrom } from '../../form.ts'
import type { WebContext } from '../../session.ts'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { staffPage } from '../page.tsx'
import { type Difference, SavedMeanwhile } from '../saved-meanwhile.tsx'

const SECTIONS = {
  business: { label: 'Business', href: routes.settings() },
  mail: { label: 'E-mail', href: routes.mailSettings() },
  portal: { label: 'Portal', href: routes.portalSettings() },
}

/** How long after it the page says so; opening the same address later does not say it again. */
const SAY_SAVED_FOR_MS = 60_000

/** One section of the settings, with the way to the others; its form is the content. */
export function settingsPage(
  c: WebContext,
  frame: Frame,
  page: {
    section: keyof typeof SECTIONS
    /** Why the form was refused, and in what it differs from what is saved where somebody else was first. */
    failure?: Failure
    differences?: Difference[]
  },
  children: Child,
) {
  const { failure, differences = [] } = page
  const isStale = failure?.reason === 'conflict'
  const tabs = Object.entries(SECTIONS).map(([key, tab]) => ({ ...tab, isCurrent: key === page.section }))
  return staffPage(
    c,
    frame,
    {
      title: 'Settings',
      section: 'settings',
      status: failure && statusOf(failure),
      toast: wasJustSaved(c) ? 'The settings are saved.' : undefined,
    },
    <>
      <Tabs label="Settings" tabs={tabs} />
      <ErrorSummary
        problems={(failure ? problemsOf(failure) : []).map(({ field, message }) => ({
          ...{ message, name: field || undefined },
        }))}
      />
      {isStale && <SavedMeanwhile differences={differences} />}
      {children}
    </>,
  )
}

function wasJustSaved(c: WebContext): boolean {
  const savedAt = wholeFrom(c.req.query('saved') ?? '')
  return savedAt <= c.var.ctx.now && c.var.ctx.now - savedAt < SAY_SAVED_FOR_MS
}
