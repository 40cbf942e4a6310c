import { Hono } from 'hono'
import { sendPortalLink } from '../../mail/send-portal-link.ts'
import type { Failure } from '../../result.ts'
import { readRetailerFields } from '../../retailers/read-retailer.ts'
import { replacePortalLink } from '../../retailers/replace-portal-link.ts'
import { setMinimumOrder } from '../../retailers/set-minimum-order.ts'
import { setPortalAccess } from '../../retailers/set-portal-access.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { staffPage } from './page.tsx'
import { portalAddress } from './portal/link-address.ts'
import { LinkSheet } from './portal/link-sheet.tsx'
import { NoSecret } from './portal/portal-link.tsx'
import { showRetailer } from './retailers/show-retailer.tsx'

/** A retailer's way into the portal: its link on paper and by e-mail, replaced, switched off, and its minimum. */
export const retailerPortal = new Hono<WebEnv>()

retailerPortal.get(patterns.retailerLink, async (c) => {
  const read = await readRetailerFields(c.var.ctx, idOf(c))
  if (!read.ok) return failurePage(c, read.failure)
  const { retailer, frame } = read.value
  const link = await portalAddress(c, { id: retailer.id, version: retailer.portalLinkVersion })
  return staffPage(
    c,
    frame,
    {
      title: 'Portal link',
      section: 'retailers',
      back: { href: routes.retailer(retailer.id), label: retailer.name },
      actions: (
        <Button type="button" kind="primary" icon="print" attributes={{ 'data-print': '' }}>
          Print
        </Button>
      ),
    },
    link === null ? <NoSecret /> : <LinkSheet settings={frame.settings} shop={retailer.name} link={link} />,
  )
})

retailerPortal.post(patterns.retailerLink, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const replaced = await replacePortalLink(c.var.ctx, {
    ...{ retailerId: idOf(c), version: form.value.whole('version') },
  })
  return replaced.ok ? done(c, 'replaced') : refusedChange(c, replaced.failure)
})

retailerPortal.post(patterns.retailerAccess, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const choice = form.value.text('open')
  // Anything but the two answers is no answer, which the schema refuses.
  const open = (choice === 'yes' ? true : choice === 'no' ? false : undefined) as boolean
  const set = await setPortalAccess(c.var.ctx, { retailerId: idOf(c), open })
  return set.ok ? done(c, open ? 'on' : 'off') : refusedChange(c, set.failure)
})

retailerPortal.post(patterns.retailerMinimum, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const minimumOrder = form.value.moneyOrNull('minimumOrder')
  const readable = form.value.readable()
  const set = readable.ok ? await setMinimumOrder(c.var.ctx, { retailerId: idOf(c), minimumOrder }) : readable
  if (set.ok) return done(c, 'minimum')
  const { failure } = set
  if (failure.reason !== 'invalid') return refusedChange(c, failure)
  const message = problemsOf(failure).map((problem) => problem.message)[0] ?? ''
  return showRetailer(c, {
    status: statusOf(failure),
    minimum: { typed: form.value.text('minimumOrder'), message },
  })
})

retailerPortal.post(patterns.retailerInvitation, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const sent = await sendPortalLink(c.var.ctx, { id: form.value.text('id'), retailerId: idOf(c) })
  if (!sent.ok) return refusedChange(c, sent.failure, SENT_ELSEWHERE)
  return c.redirect(routes.retailer(idOf(c), { done: 'invited', at: String(c.var.ctx.now) }), 303)
})

/** A form that is only a button has no other contents that a person could see. */
const SENT_ELSEWHERE =
  'This page sent the link before, to another address than the retailer has now. Nothing was sent now. Press the button again to send it to the new address.'

const done = (c: WebContext, what: string) => c.redirect(routes.retailer(idOf(c), { done: what }), 303)

/** `ifSentBefore` says so in the words of the form. */
function refusedChange(c: WebContext, failure: Failure, ifSentBefore?: string) {
  if (failure.reason === 'not_found' || failure.reason === 'forbidden') return failurePage(c, failure)
  const words = problemsOf(failure).map((problem) => problem.message)
  const message = (failure.reason === 'sent_before' && ifSentBefore) || words.join(' ')
  return showRetailer(c, { status: statusOf(failure), message })
}

/** Its pattern makes sure of it; the type of a pattern with braces inside does not say so. */
function idOf(c: WebContext): string {
  return c.req.param('id') ?? ''
}
