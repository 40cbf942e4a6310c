import { Hono } from 'hono'
import { listMails } from '../../mail/list-mails.ts'
import { readMail } from '../../mail/read-mail.ts'
import { sendAgain } from '../../mail/send-again.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage } from '../errors.tsx'
import { wholeFrom } from '../form.ts'
import type { WebEnv } from '../session.ts'
import { MailsPage, statusFrom } from './mail/list-page.tsx'
import { MailPage } from './mail/mail-page.tsx'
import { MailStatusPill, subjectHref, subjectOf } from './mail-words.tsx'
import { staffPage } from './page.tsx'

/** E-mails: what went to whom, what became of it, and exactly what it said. */
export const mail = new Hono<WebEnv>()

/** The message may style itself and nothing else: no script, no picture, no form, no link that leads anywhere. */
const MESSAGE_POLICY = [
  ...["default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'"],
  ...["frame-ancestors 'self'", 'sandbox'],
].join('; ')

mail.get(routes.mails(), async (c) => {
  const status = statusFrom(c.req.query('status'))
  const older = wholeFrom(c.req.query('older') ?? '')
  const newer = wholeFrom(c.req.query('newer') ?? '')
  const cursor = older > 0 ? { olderThan: older } : newer > 0 ? { newerThan: newer } : {}
  const list = await listMails(c.var.ctx, { status }, cursor)
  if (!list.ok) return failurePage(c, list.failure)
  return staffPage(
    c,
    list.value.frame,
    { title: 'Mail', section: 'mail' },
    <MailsPage list={list.value} status={status} now={c.var.ctx.now} />,
  )
})

mail.get(patterns.mail, async (c) => {
  const view = await readMail(c.var.ctx, c.req.param('id'))
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, mail } = view.value
  return staffPage(
    c,
    frame,
    {
      title: `E-mail to ${mail.recipient}`,
      section: 'mail',
      pills: <MailStatusPill status={mail.status} />,
      lead: (
        <>
          About <a href={subjectHref(mail)}>{subjectOf(mail)}</a>
        </>
      ),
      back: { href: routes.mails(), label: 'Mail' },
    },
    <MailPage view={view.value} />,
  )
})

mail.get(patterns.mailHtml, async (c) => {
  const view = await readMail(c.var.ctx, c.req.param('id'))
  if (!view.ok) return failurePage(c, view.failure)
  if (!view.value.message) return failurePage(c, { reason: 'not_found', what: 'message' })
  return c.html(view.value.message.html, 200, { 'Content-Security-Policy': MESSAGE_POLICY })
})

mail.post(patterns.mailDispatch, async (c) => {
  const sent = await sendAgain(c.var.ctx, c.req.param('id'))
  return sent.ok ? c.redirect(routes.mail(sent.value.id), 303) : failurePage(c, sent.failure)
})
