import { Hono } from 'hono'
import type { ExportContent } from '../../exports/export.ts'
import { listExports, openExport, readExport, readNewExport } from '../../exports/read-exports.ts'
import { startExport } from '../../exports/start-export.ts'
import type { Failure } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { exportPage } from './exports/export-page.tsx'
import { listPage } from './exports/list-page.tsx'
import { NewExportPage } from './exports/new-export-page.tsx'
import { changeIdAfter } from './order/changed-since.tsx'
import { parametersOf, queryFrom, urlOf } from './orders/order-query.ts'
import { staffPage } from './page.tsx'

/** CSV files of the orders that pass a filter, which stands in the URL as it does in that of the list. */
export const exports = new Hono<WebEnv>()

exports.get(routes.exports(), async (c) => {
  const before = wholeFrom(c.req.query('before') ?? '')
  const list = await listExports(c.var.ctx, before > 0 ? before : null)
  return list.ok ? listPage(c, list.value) : failurePage(c, list.failure)
})

exports.get(routes.newExport(), (c) => newExportPage(c))

exports.post(routes.exports(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const { filter } = queryFrom(new URL(c.req.url).searchParams)
  const content = form.value.text('content') as ExportContent
  const started = await startExport(c.var.ctx, { id: form.value.text('id'), content, filter })
  if (started.ok) return c.redirect(routes.export(started.value.id), 303)
  return newExportPage(c, { form: form.value, failure: started.failure })
})

exports.get(patterns.export, async (c) => {
  const view = await readExport(c.var.ctx, c.req.param('id'))
  return view.ok ? exportPage(c, view.value.frame, view.value.exported) : failurePage(c, view.failure)
})

exports.get(patterns.exportFile, async (c) => {
  const file = await openExport(c.var.ctx, c.req.param('id'))
  if (!file.ok) return failurePage(c, file.failure)
  return c.body(file.value.body, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-length': String(file.value.size),
    'content-disposition': `attachment; filename="${file.value.fileName}"`,
    'cache-control': 'no-store',
  })
})

async function newExportPage(c: WebContext, refused?: { form: Form; failure: Failure }) {
  const query = queryFrom(new URL(c.req.url).searchParams)
  const { filter } = query
  const view = await readNewExport(c.var.ctx, filter)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, retailerName } = view.value
  return staffPage(
    c,
    frame,
    {
      title: 'Export CSV',
      section: 'orders',
      back: { href: urlOf(query), label: 'Orders' },
      status: refused && statusOf(refused.failure),
    },
    <NewExportPage
      newId={(refused && changeIdAfter(c, refused.form.text('id'), refused.failure)) || c.var.ctx.newId()}
      filter={filter}
      retailerName={retailerName}
      parameters={parametersOf(query)}
      content={refused ? refused.form.text('content') : 'orders'}
      problems={refused ? problemsOf(refused.failure) : []}
    />,
  )
}
