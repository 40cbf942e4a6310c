import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { applyImport } from '../../imports/apply-import.ts'
import { type ImportKind, MAX_FILE_BYTES } from '../../imports/import.ts'
import { problemsCsv } from '../../imports/problems-csv.ts'
import { listImports, readImport } from '../../imports/read-import.ts'
import { startImport, tooLarge } from '../../imports/start-import.ts'
import { type Failure, invalid, type Problem } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { importPage } from './imports/import-page.tsx'
import { UploadPage } from './imports/upload-page.tsx'
import { staffPage } from './page.tsx'

/** What a browser sends around the file. */
const FORM_BYTES = 10_000

/** Imports of products and of retailers: upload, preview, application, and the rows that could not be taken. */
export const imports = new Hono<WebEnv>()

for (const kind of ['products', 'retailers'] as const) {
  imports.get(routes.imports(kind), (c) => uploadPage(c, kind))

  imports.post(
    routes.imports(kind),
    bodyLimit({
      maxSize: MAX_FILE_BYTES + FORM_BYTES,
      onError: (c) => uploadPage(c as WebContext, kind, invalid('file', tooLarge).failure),
    }),
    async (c) => {
      const form = await readForm(c)
      if (!form.ok) return uploadPage(c, kind, form.failure)
      const file = form.value.file('file')
      const input = { id: form.value.text('id'), kind, fileName: file?.name ?? '' }
      const started = await startImport(c.var.ctx, input, file)
      if (started.ok) return c.redirect(routes.import(started.value.id), 303)
      return uploadPage(c, kind, started.failure)
    },
  )
}

imports.get(patterns.import, async (c) => {
  const view = await readImport(c.var.ctx, c.req.param('id'))
  return view.ok ? importPage(c, view.value) : failurePage(c, view.failure)
})

imports.post(patterns.importApplication, async (c) => {
  const id = c.req.param('id')
  const applied = await applyImport(c.var.ctx, id)
  return applied.ok ? c.redirect(routes.import(id), 303) : failurePage(c, applied.failure)
})

imports.get(patterns.importProblems, async (c) => {
  const csv = await problemsCsv(c.var.ctx, c.req.param('id'))
  if (!csv.ok) return failurePage(c, csv.failure)
  return c.body(csv.value.body, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${csv.value.fileName}"`,
    'cache-control': 'no-store',
  })
})

async function uploadPage(c: WebContext, kind: ImportKind, failure?: Failure) {
  const list = await listImports(c.var.ctx, kind)
  if (!list.ok) return failurePage(c, list.failure)
  return staffPage(
    c,
    list.value.frame,
    {
      title: `Import ${kind}`,
      section: kind,
      status: failure && statusOf(failure),
      back:
        kind === 'products'
          ? { href: routes.products(), label: 'Products' }
          : { href: routes.retailers(), label: 'Retailers' },
    },
    <UploadPage
      kind={kind}
      newId={c.var.ctx.newId()}
      now={c.var.ctx.now}
      problems={failure ? wordsFor(failure) : []}
      recent={list.value.recent}
      timeZone={list.value.frame.settings.timeZone}
    />,
  )
}

/** A browser does not send a file a second time by itself. */
function wordsFor(failure: Failure): Problem[] {
  if (failure.reason !== 'sent_before') return problemsOf(failure)
  const message =
    'This form was sent before, with another file. Nothing was done now. Choose the file again to upload this one.'
  return [{ field: 'file', message }]
}
