import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { newId, testCtx } from '../testing/fixtures.ts'
import {
  apply,
  type FileContent,
  finishWork,
  importFile,
  importNow,
  ownQueue,
  preview,
  successOf,
  tally,
  upload,
} from '../testing/import-runs.ts'
import { applyImport } from './apply-import.ts'
import type { ImportKind } from './import.ts'
import { problemsCsv } from './problems-csv.ts'
import { startImport } from './start-import.ts'
import { sweepImports } from './sweep-imports.ts'

function utf16(text: string, littleEndian: boolean) {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2))
  for (const [index, unit] of ['\uFEFF', ...text.split('')].entries()) {
    view.setUint16(2 * index, unit.charCodeAt(0), littleEndian)
  }
  return new Uint8Array(view.buffer)
}

/** Latin letters as old spreadsheets write them, one byte each; € is 0x80. */
function windows1252(text: string) {
  return Uint8Array.from(text, (letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0)))
}

async function nameOf(sku: string) {
  return env.DB.prepare('SELECT name FROM products WHERE sku = ?').bind(sku).first('name')
}

const encodings: [string, (text: string) => FileContent][] = [
  ['UTF-8', (text) => text],
  ['UTF-8 with a mark', (text) => `\uFEFF${text}`],
  ['UTF-16, low byte first', (text) => utf16(text, true)],
  ['UTF-16, high byte first', (text) => utf16(text, false)],
  ['Windows-1252', windows1252],
]

it.each(encodings)('reads %s', async (_, encode) => {
  const sku = newId()
  await importFile('products', encode(`SKU,Name,Price\r\n${sku},Crème brûlée dish €,12.50\r\n`))
  expect(await nameOf(sku)).toBe('Crème brûlée dish €')
})

it.each([
  ['CRLF', '\r\n'],
  ['LF', '\n'],
  ['CR', '\r'],
])('reads lines that end with %s, and cells of several lines', async (_, end) => {
  const sku = newId()
  const imported = await importFile(
    'products',
    `SKU,Name,Price,Description${end}${sku},Mug,1,"a${end}b"${end}`,
  )
  expect(tally(imported)).toMatchObject({ created: 1, problems: 0 })
  const description = await env.DB.prepare('SELECT description FROM products WHERE sku = ?').bind(sku).first()
  expect(description).toEqual({ description: 'a\nb' })
})

it.each([
  [',', '12.50'],
  [';', '12,50'],
  ['\t', '12,50'],
  ['|', '12.50'],
])('finds the delimiter %j', async (delimiter, price) => {
  const sku = newId()
  const rows = [
    ['SKU', 'Name', 'Price', 'Description'],
    [sku, 'Mug', price, '"a, b; c | d"'],
  ]
  const imported = await importFile('products', rows.map((row) => row.join(delimiter)).join('\n'))
  expect(tally(imported)).toMatchObject({ created: 1, problems: 0 })
})

const unusable: [string, ImportKind, FileContent, RegExp][] = [
  ['nothing', 'products', '', /not empty/],
  ['empty lines', 'products', '\n\n  \r\n', /file is empty/],
  ['a letter', 'products', 'Dear Ana,\nhere is my list.\n', /at least Name and Price/],
  [
    'bytes',
    'products',
    Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
    /not a CSV file/,
  ],
  ['a workbook', 'products', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), /save the sheet as CSV/],
  [
    'a picture',
    'retailers',
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
    /not a CSV file/,
  ],
  ['retailers', 'products', 'Shop name;Type;Email\nA;Wholesale;a@a.example', /list of retailers/],
  ['products', 'retailers', 'Handle,Title,Variant Price\na,A,1', /list of products/],
  ['2,000 columns', 'products', `${Array(2000).fill('Name').join(',')}\n`, /2,000 columns/],
]

it.each(unusable)('refuses %s and says what is expected', async (_, kind, content, message) => {
  expect(await upload(kind, content)).toEqual({
    ok: false,
    failure: { reason: 'invalid', problems: [{ field: 'file', message: expect.stringMatching(message) }] },
  })
})

it('refuses a file that is too large', async () => {
  expect(await upload('products', `SKU,Name,Price\n${'x'.repeat(20_000_000)}`)).toMatchObject({
    failure: { problems: [{ field: 'file', message: expect.stringMatching(/larger than 20 MB/) }] },
  })
})

it('says that there are only headings', async () => {
  expect(await preview('products', 'SKU,Name,Price\n\n')).toMatchObject({
    status: 'failed',
    failure: 'The file has headings, but no rows below them.',
  })
})

it('names the row at which a quotation mark is never closed', async () => {
  const file = `SKU,Name,Price\n${newId()},Mug,1\nB,"Jug,2\n${'x'.repeat(1_500_000)}`
  expect(await preview('products', file)).toMatchObject({
    status: 'failed',
    failure: expect.stringMatching(/^Row 3 does not end/),
  })
})

it('takes 500 columns, ragged rows and a giant cell for what they are', async () => {
  const sku = newId()
  const others = Array.from({ length: 497 }, (_, index) => `Column ${index}`)
  const file = [
    ['SKU', 'Name', 'Price', ...others].join(','),
    `${sku}-1,Short row,5`,
    `${sku}-2,Long row,5${','.repeat(520)}`,
    `${sku}-3,Too long a row,5${','.repeat(500)},spilled`,
    `${sku}-4,${'giant '.repeat(100_000)},5`,
    `${sku}-5,"Quote" in the middle,5`,
  ].join('\n')
  const imported = await importFile('products', file)
  expect(tally(imported)).toMatchObject({ created: 2, problems: 3 })
  const { results } = await env.DB.prepare(
    'SELECT row, message, LENGTH(cells) AS size FROM import_problems WHERE import_id = ? ORDER BY row',
  )
    .bind(imported.id)
    .all<{ row: number; message: string; size: number }>()
  expect(results.map(({ row, message }) => [row, message.replace(/“giant .*”/, '“…”')])).toEqual([
    [4, 'There are 504 cells, but 500 headings. A cell with a separator in it has to be in quotation marks.'],
    [5, 'Name “…”: Use at most 200 characters.'],
    [6, expect.stringContaining('A quotation mark (") is not closed')],
  ])
  expect(Math.max(...results.map(({ size }) => size))).toBeLessThan(120_000)
})

it('gives the rows with problems back as a file that can be corrected and imported again', async () => {
  const sku = newId()
  const file = `SKU,Name,Price,Qty\n${sku}-1,=1+1,free,-3\n${sku}-2,"@SUM(A1), ""x""",5,2`
  const imported = await importFile('products', file)
  const { body } = successOf(await problemsCsv(testCtx().ctx, imported.id))
  const bytes = await new Response(body).arrayBuffer()
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  const problem =
    'On hand “-3”: Enter a whole number from 0 to 1,000,000. ' +
    'Retail price “free” is not an amount. Write it like 12.50.'
  expect(text).toBe(`\uFEFFRow,Problem,SKU,Name,Price,Qty\r\n2,"${problem}",${sku}-1,"'=1+1",free,-3\r\n`)
  const again = await importFile('products', text.replace(',free,-3', ',5,3'))
  expect(tally(again)).toMatchObject({ created: 1, problems: 0, counted: 1 })
  expect(await nameOf(`${sku}-1`)).toBe('=1+1')
  expect(await nameOf(`${sku}-2`)).toBe('@SUM(A1), "x"')
})

it('starts one import when the form is sent twice', async () => {
  const id = newId()
  const file = `SKU,Name,Price\n${newId()},Mug,1`
  expect(await upload('products', file, 'a.csv', id)).toEqual({ ok: true, value: { id } })
  expect(await upload('products', file, 'a.csv', id)).toEqual({ ok: true, value: { id } })
  await finishWork(id)
  await apply(id)
  expect(await upload('products', file, 'a.csv', id)).toEqual({ ok: true, value: { id } })
  expect(tally(await importNow(id))).toMatchObject({ created: 1 })
  await env.DB.prepare('UPDATE imports SET request_digest = NULL WHERE id = ?').bind(id).run()
  expect(await upload('products', `${file}1`, 'a.csv', id)).toEqual({ ok: true, value: { id } })
})

const sentBefore = { ok: false, failure: { reason: 'sent_before', order: null } }

it('takes no other file from a form that was sent, and says so', async () => {
  const id = newId()
  const file = `SKU,Name,Price\n${newId()},Mug,1`
  await upload('products', file, 'a.csv', id)
  for (const [kind, content, name] of [
    ['products', `${file}2`, 'a.csv'],
    ['products', file, 'b.csv'],
    ['retailers', 'Name,Type\nShop,Wholesale', 'a.csv'],
  ] as const) {
    expect(await upload(kind, content, name, id)).toEqual(sentBefore)
  }
  const { fileName, examples } = await finishWork(id)
  expect(fileName).toBe('a.csv')
  expect(examples[0]!.changes).toContainEqual({ label: 'Retail price', from: null, to: '$1.00' })
})

it('keeps the first of two files that come with one id, also where its import is not noted yet', async () => {
  const id = newId()
  const file = `SKU,Name,Price\n${newId()},Mug,1`
  const points = new CrashPoints({ call: 2, effect: 'too late', caller: 'is gone' })
  const { ctx } = testCtx({ env: crashing(ownQueue().bindings, points) })
  const input = { id, kind: 'products', fileName: 'a.csv' } as const
  await expect(startImport(ctx, input, new Blob([file]))).rejects.toThrow()
  expect([points.fired, await filesOf(id)]).toEqual([true, [expect.anything()]])
  expect(await upload('products', `${file}2`, 'a.csv', id)).toEqual(sentBefore)
  expect(await upload('products', file, 'a.csv', id)).toEqual({ ok: true, value: { id } })
  expect(await finishWork(id)).toMatchObject({ status: 'ready', created: 1 })
})

it('applies a preview once, and nothing but a preview', async () => {
  const id = newId()
  const { bindings, sent } = ownQueue()
  const { ctx } = testCtx({ env: bindings })
  expect(await applyImport(ctx, id)).toMatchObject({ failure: { reason: 'not_found' } })
  await upload('products', `SKU,Name,Price,Qty\n${newId()},Mug,1,4`, 'a.csv', id)
  expect(await applyImport(ctx, id)).toMatchObject({ failure: { reason: 'final' } })
  await finishWork(id)
  expect(await applyImport(ctx, id)).toEqual({ ok: true, value: undefined })
  expect(await applyImport(ctx, id)).toEqual({ ok: true, value: undefined })
  expect(sent).toEqual([{ importId: id }])
  const applied = await apply(id)
  expect(tally(applied)).toMatchObject({ created: 1, counted: 1 })
  expect(await applyImport(ctx, id)).toEqual({ ok: true, value: undefined })
  expect(await importNow(id)).toEqual(applied)
})

it('applies nothing where no row can be taken', async () => {
  const { id } = await preview('products', 'SKU,Name,Price\nA,Mug,free')
  expect(await applyImport(testCtx().ctx, id)).toMatchObject({ failure: { reason: 'final' } })
  expect(await importNow(id)).toMatchObject({ status: 'ready', problems: 1 })
})

it('refuses prices of another currency than the business has now', async () => {
  const { id } = await preview('products', `SKU,Name,Price\n${newId()},Mug,1`)
  await env.DB.prepare(`UPDATE settings SET currency = 'EUR'`).run()
  expect(await applyImport(testCtx().ctx, id)).toMatchObject({
    failure: { reason: 'final', why: expect.stringMatching(/USD.*EUR/) },
  })
  await env.DB.prepare(`UPDATE settings SET currency = 'USD'`).run()
})

it('is refused to those who may only read', async () => {
  const { ctx } = testCtx({ actor: { kind: 'staff', id: 'v', name: 'Vi', role: 'viewer' } })
  const { id } = await preview('products', `SKU,Name,Price\n${newId()},Mug,1`)
  const input = { id: newId(), kind: 'products', fileName: 'a.csv' } as const
  expect(await startImport(ctx, input, new Blob(['SKU,Name,Price\n']))).toMatchObject({
    failure: { reason: 'forbidden' },
  })
  expect(await applyImport(ctx, id)).toMatchObject({ failure: { reason: 'forbidden' } })
})

const filesOf = async (id: string) => (await env.FILES.list({ prefix: `imports/${id}/` })).objects

it('lets the file and its rows go once they are applied', async () => {
  const { id } = await importFile('products', `SKU,Name,Price\n${newId()},Mug,1`)
  expect(await filesOf(id)).toEqual([])
})

it('lets go of a preview that nobody applied for a month, and of nothing else', async () => {
  const rows = `name,type,rate\nOld shop ${newId()},wholesale,50\n,wholesale,50\n`
  const [left, applied, fresh] = [
    await preview('retailers', rows),
    await preview('retailers', rows.replace('Old', 'New')),
    await preview('retailers', rows),
  ]
  await apply(applied.id)
  const monthAgo = Date.now() - 31 * 86_400_000
  await env.DB.prepare('UPDATE imports SET updated_at = ? WHERE id IN (?, ?)')
    .bind(monthAgo, left.id, applied.id)
    .run()
  const { ctx } = testCtx()
  await sweepImports(ctx)

  const kept = await env.DB.prepare('SELECT id FROM imports WHERE id IN (?, ?, ?) ORDER BY number')
    .bind(left.id, applied.id, fresh.id)
    .all()
  expect(kept.results).toEqual([{ id: applied.id }, { id: fresh.id }])
  expect(await filesOf(left.id)).toEqual([])
  expect(await filesOf(fresh.id)).not.toEqual([])
  const problems = 'SELECT COUNT(*) AS rows FROM import_problems WHERE import_id = ?'
  expect(await env.DB.prepare(problems).bind(left.id).first('rows')).toBe(0)
  expect(await env.DB.prepare(problems).bind(fresh.id).first('rows')).toBe(1)
})
