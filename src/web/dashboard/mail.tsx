import { Hono } from 'hono'
import { dismissMail } from '../../mail/dismiss-mail.ts'
import { listMails } from '../../mail/list-mails.ts'
import { type MailView, readMail } from '../../mail/read-mail.ts'
import { sendAgain } from '../../mail/send-again.ts'
import type { Failure } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { filterFrom } from './mail/filters.tsx'
import { MailsPage } from './mail/list-page.tsx'
import { MailPage } from './mail/mail-page.tsx'
import { messageDocument } from './mail/message-document.ts'
import { MailStatusPill, subjectHref, subjectOf } from './mail-words.tsx'
import { staffPage } from './page.tsx'

/** E-mails: what went to whom, what became of it, and exactly what it said. */
export const mail = new Hono<WebEnv>()

mail.get(routes.mails(), async (c) => {
  const filter = filterFrom(c.req.query())
  const older = wholeFrom(c.req.query('older') ?? '')
  const newer = wholeFrom(c.req.query('newer') ?? '')
  const cursor = older > 0 ? { olderThan: older } : newer > 0 ? { newerThan: newer } : {}
  const list = await listMails(c.var.ctx, filter, cursor)
  if (!list.ok) return failurePage(c, list.failure)
  return staffPage(
    c,
    list.value.frame,
    { title: 'Mail', section: 'mail' },
    <MailsPage list={list.value} filter={filter} now={c.var.ctx.now} />,
  )
})

mail.get(patterns.mail, async (c) => {
  const view = await readMail(c.var.ctx, c.req.param('id'))
  return view.ok ? mailPage(c, view.value) : failurePage(c, view.failure)
})

mail.get(patterns.mailHtml, async (c) => {
  const view = await readMail(c.var.ctx, c.req.param('id'))
  if (!view.ok) return failurePage(c, view.failure)
  if (!view.value.message) return failurePage(c, { reason: 'not_found', what: 'message' })
  return messageDocument(c, view.value.message)
})

mail.post(patterns.mailDispatch, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const mailId = c.req.param('id')
  const recipient = form.value.checked('recipient') ? form.value.text('recipient') : undefined
  const sent = await sendAgain(c.var.ctx, { mailId, recipient })
  if (sent.ok) {
    const order = form.value.whole('order')
    return c.redirect(order > 0 ? `${routes.order(order)}#history` : routes.mail(sent.value.id), 303)
  }
  const view = await readMail(c.var.ctx, mailId)
  if (!view.ok) return failurePage(c, view.failure)
  return mailPage(c, view.value, { typed: recipient, failure: sent.failure })
})

mail.post(patterns.mailDismissal, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const mailId = c.req.param('id')
  const choice = form.value.text('dismissed')
  // Anything but the two answers is no answer, which the schema refuses.
  const dismissed = (choice === 'yes' ? true : choice === 'no' ? false : undefined) as boolean
  const done = await dismissMail(c.var.ctx, { mailId, dismissed })
  return done.ok ? c.redirect(routes.mail(mailId), 303) : failurePage(c, done.failure)
})

function mailPage(c: WebContext, view: MailView, refused?: { typed: string | undefined; failure: Failure }) {
  const { frame, mail } = view
  c.header('Cache-Control', 'no-store')
  return staffPage(
    c,
    frame,
    {
      title: `E-mail to ${mail.recipient}`,
      section: 'mail',
      status: refused && statusOf(refused.failure),
      pills: <MailStatusPill status={mail.status} />,
      lead: (
        <>
          About <a href={subjectHref(mail)}>{subjectOf(mail)}</a>
        </>
      ),
      back: { href: routes.mails(), label: 'Mail' },
    },
    <MailPage
      view={view}
      typed={refused?.typed}
      problems={refused ? problemsOf(refused.failure) : undefined}
    />,
  )
}
