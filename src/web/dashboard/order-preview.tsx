import { Hono } from 'hono'
import { previewUpdate } from '../../orders/preview-update.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm } from '../form.ts'
import { packed, unpacked } from '../packed-form.ts'
import type { WebEnv } from '../session.ts'
import { messageDocument } from './mail/message-document.ts'
import { NoPreview, PreviewPage, PreviewPanel } from './order/preview.tsx'
import { refusedUpdate, updateFrom } from './order/update-request.ts'
import { staffPage } from './page.tsx'

/** The e-mails of a status update before it is saved. */
export const orderPreview = new Hono<WebEnv>()

orderPreview.post(patterns.orderPreview, async (c) => {
  const number = Number(c.req.param('number'))
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const preview = await previewUpdate(c.var.ctx, updateFrom(number, form.value))
  const isPart = c.req.header('HX-Request-Type') === 'partial'
  if (!preview.ok) {
    if (!isPart) return refusedUpdate(c, number, form.value, preview.failure)
    const problems = problemsOf(preview.failure)
    return c.html(<NoPreview number={number} problems={problems} />, statusOf(preview.failure))
  }
  const { frame, messages } = preview.value
  const fields = form.value.fields()
  const shown = { number, messages, typed: await packed(fields) }
  if (isPart) return c.html(<PreviewPanel {...shown} />)
  return staffPage(
    c,
    frame,
    {
      ...{ title: 'Before it is sent', section: 'orders' },
      back: { href: routes.order(number), label: `Order ${number}` },
      lead: 'Nothing is saved yet, and nothing has been sent.',
    },
    <PreviewPage {...shown} fields={fields} />,
  )
})

orderPreview.get(patterns.orderPreviewHtml, async (c) => {
  const form = await unpacked(c.req.query('typed') ?? '')
  if (!form) return failurePage(c, { reason: 'not_found', what: 'message' })
  const preview = await previewUpdate(c.var.ctx, updateFrom(Number(c.req.param('number')), form))
  if (!preview.ok) return failurePage(c, preview.failure)
  const found = preview.value.messages.find(({ audience }) => audience === c.req.query('audience'))
  return found ? messageDocument(c, found.message) : failurePage(c, { reason: 'not_found', what: 'message' })
})
