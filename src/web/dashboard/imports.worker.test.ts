import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { ImportKind } from '../../imports/import.ts'
import { routes } from '../../routes.ts'
import { newId } from '../../testing/fixtures.ts'
import { finishWork, preview } from '../../testing/import-runs.ts'
import { get, post, send, words } from '../../testing/web.ts'

const BOUNDARY = 'a-boundary-of-the-form'

/** Sends the upload form as a browser would. */
function uploadForm(kind: ImportKind, id: string, content: string, fileName = 'list.csv') {
  const part = (headers: string, body: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${body}\r\n`
  const body =
    part('name="id"', id) +
    part(`name="file"; filename="${fileName}"\r\nContent-Type: text/csv`, content) +
    `--${BOUNDARY}--\r\n`
  return send(routes.imports(kind), body, `multipart/form-data; boundary=${BOUNDARY}`)
}

const hostile = '<script>alert(1)</script>'

it('leads from the form over the preview to the result', async () => {
  const id = newId()
  const sku = newId()
  expect(await words(await get(routes.imports('products')))).toContain('Upload and preview')
  const file = `SKU,Name,Price,Qty,Colour\n${sku},"Mug, sea",28,3,blue\n${sku}-2,${hostile},free,1,`
  const uploaded = await uploadForm('products', id, file, 'autumn.csv')
  expect([uploaded.status, uploaded.headers.get('location')]).toEqual([303, routes.import(id)])
  await finishWork(id)

  const page = await get(routes.import(id))
  const html = await page.clone().text()
  expect(html).not.toContain(hostile)
  expect(html).not.toContain('hx-trigger')
  for (const text of [
    'Import of autumn.csv',
    'Preview',
    'Mug, sea',
    sku,
    '$28.00',
    'Add 1 product',
    'Colour',
  ]) {
    expect(await words(page.clone())).toContain(text)
  }
  expect(await words(page)).toContain('Retail price “free” is not an amount. Write it like 12.50.')

  const applied = await post(routes.importApplication(id), {})
  expect([applied.status, applied.headers.get('location')]).toEqual([303, routes.import(id)])
  await finishWork(id)
  const result = await words(await get(routes.import(id)))
  expect(result).toContain('1 product added, the stock of 1 recorded.')
  expect(result).toContain('1 row was left out')
  expect(await env.DB.prepare('SELECT name FROM products WHERE sku = ?').bind(sku).first('name')).toBe(
    'Mug, sea',
  )
  expect(await words(await get(routes.imports('products')))).toContain('autumn.csv')

  const csv = await get(routes.importProblems(id))
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="products-with-problems.csv"')
  expect(await csv.text()).toContain(`${sku}-2,${hostile},free`)
})

it('comes back by itself while there is work, and has a link without JavaScript', async () => {
  const { id } = await preview('products', `SKU,Name,Price\n${newId()},Mug,1`)
  await env.DB.prepare(
    `UPDATE imports SET status = 'applying', chunks = 10, position = 4, rows = 2000 WHERE id = ?`,
  )
    .bind(id)
    .run()
  const html = await (await get(routes.import(id))).text()
  expect(html).toContain('hx-trigger="every 1s"')
  expect(html).toContain('<progress aria-label="Saving the products" value="800" max="2000">')
  expect(html).toMatch(/<noscript><a class="button" href="[^"]+">See how far it is/)
})

it('shows what differs in a second file, old and new', async () => {
  const name = newId()
  await env.DB.prepare(
    `INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
      rate, notes, active, revision, created_at, updated_at)
     VALUES (?, ?, 'wholesale', 'Jo', 'jo@a.example', '', '', '', '', '', '', 5000, '', 1, 1, 0, 0)`,
  )
    .bind(newId(), name)
    .run()
  const { id } = await preview('retailers', `Name,Type,Rate,City\n${name},Consigned,40%,Bath`)
  const page = await words(await get(routes.import(id)))
  for (const change of ['Type Wholesale → Consignment', 'City nothing → Bath', 'Retailer keeps 50% → 40%']) {
    expect(page).toContain(change)
  }
  expect(page).toContain('Change 1 retailer')
})

it('offers nothing to apply where nothing differs or nothing can be taken', async () => {
  const sku = newId()
  const file = `SKU,Name,Price\n${sku},Mug,1`
  const first = await preview('products', file)
  await post(routes.importApplication(first.id), {})
  await finishWork(first.id)
  const second = await preview('products', file)
  const same = await (await get(routes.import(second.id))).text()
  expect(same).toContain('Nothing to apply: your products are as in the file already.')
  expect(same).not.toContain(routes.importApplication(second.id))
  const bad = await preview('products', `SKU,Name,Price\n${newId()},Mug,`)
  expect(await words(await get(routes.import(bad.id)))).toContain('No row of the file can be taken.')
})

const refused: [string, string, RegExp][] = [
  ['an empty file', '', /Choose a CSV file that is not empty/],
  ['other columns', 'Hello,World\n1,2', /at least Name and Price.*Here it says “Hello, World”/],
  ['bytes', '\x00\x01\x02\xff', /not a CSV file/],
]

it.each(refused)('shows the form again for %s', async (_, content, message) => {
  const id = newId()
  const answer = await uploadForm('products', id, content)
  expect(answer.status).toBe(422)
  expect(await words(answer)).toMatch(message)
  expect((await get(routes.import(id))).status).toBe(404)
})

it('keeps the first file of a form that is gone back to, and takes the second under a new id', async () => {
  const id = newId()
  const file = `SKU,Name,Price\n${newId()},Mug,28`
  await uploadForm('products', id, file)
  expect((await uploadForm('products', id, file)).status).toBe(303)
  const corrected = file.replace(',28', ',30')
  const refused = await uploadForm('products', id, corrected)
  expect(refused.status).toBe(409)
  const html = await refused.text()
  expect(html).toContain('sent before, with another file. Nothing was done now. Choose the file again')
  const [, other = ''] = /name="id" value="([^"]+)"/.exec(html) ?? []
  expect(other).not.toBe(id)
  expect((await uploadForm('products', other, corrected)).headers.get('location')).toBe(routes.import(other))
  await Promise.all([finishWork(id), finishWork(other)])
  expect(await words(await get(routes.import(id)))).toContain('$28.00')
  expect(await words(await get(routes.import(other)))).toContain('$30.00')
})

it('refuses what is too large before it reads it', async () => {
  const answer = await uploadForm('products', newId(), `SKU,Name,Price\n${'x'.repeat(21_000_000)}`)
  expect(answer.status).toBe(422)
  expect(await words(answer)).toContain('The file is larger than 20 MB.')
})

it.each(['name=value', '{', '\xff\xfe'])('answers the body %j in words', async (body) => {
  const answer = await send(routes.imports('retailers'), body, 'multipart/form-data; boundary=x')
  expect(answer.status).toBe(422)
  expect(await words(answer)).toContain('There is a problem')
})

it('does not know other imports', async () => {
  for (const id of ['nope', newId(), '%00', 'a'.repeat(300)]) {
    const paths = [routes.import(id), routes.importProblems(id)]
    for (const path of paths) expect((await get(path)).status, path).toBe(404)
    expect((await post(routes.importApplication(id), {})).status).toBe(404)
  }
})
