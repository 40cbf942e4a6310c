import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { app } from '../app.ts'
import { routes } from '../routes.ts'
import { aProduct, newId } from '../testing/fixtures.ts'
import { aPng } from '../testing/pictures.ts'
import { get, upload, words } from '../testing/web.ts'

const uploaded = async (productId: string, fields: Record<string, string | Blob>) =>
  upload(routes.productPhoto(productId), { formId: newId(), seen: '', ...fields })

const photoOf = (productId: string) =>
  env.DB.prepare('SELECT photo FROM products WHERE id = ?').bind(productId).first<string>('photo')

async function aPhoto() {
  const productId = await aProduct()
  const png = new File([await aPng(40, 30)], 'mug.png')
  expect((await uploaded(productId, { picture: png })).status).toBe(303)
  return { productId, photo: (await photoOf(productId))! }
}

it('serves a photo to everybody, to be kept for a year, and nothing that could run', async () => {
  const { photo } = await aPhoto()
  // A deployment where nobody is signed in.
  const request = new Request(`http://localhost${routes.photo(photo, 'small')}`)
  const served = await app.fetch(request, { ...env, LOCAL_OWNER: '' })
  expect(served.status).toBe(200)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
  })
  expect(served.headers.has('set-cookie')).toBe(false)
  expect((await served.arrayBuffer()).byteLength).toBeGreaterThan(20)
  const again = new Request(request.url, { headers: { 'if-none-match': served.headers.get('etag')! } })
  expect((await app.fetch(again, { ...env, LOCAL_OWNER: '' })).status).toBe(304)
})

it.each([
  ['if-none-match', 'no tag'],
  ['if-none-match', `"${'0'.repeat(32)}"`],
  ['if-match', '"another"'],
  ['if-modified-since', 'yesterday'],
])('serves a photo whole whatever %s says of other copies', async (name, value) => {
  const { photo } = await aPhoto()
  const answer = await app.fetch(
    new Request(`http://localhost${routes.photo(photo, 'small')}`, { headers: { [name]: value } }),
    env,
  )
  expect(answer.status).toBe(200)
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(20)
})

it('answers 404 for what is not there, without the database', async () => {
  const { photo } = await aPhoto()
  const closed = { ...env, LOCAL_OWNER: '', DB: { withSession: () => ({}) } as unknown as D1Database }
  for (const path of [routes.photo('x'.repeat(32), 'small'), routes.photo('x'.repeat(32), 'large')]) {
    expect((await app.fetch(new Request(`http://localhost${path}`), closed)).status).toBe(404)
  }
  const other = routes.photo(photo, 'small').replace('small', 'original')
  expect((await get(other)).status).toBe(404)
})

it('shows the photo on the product page and in the list, and a refused file with words', async () => {
  const { productId, photo } = await aPhoto()
  expect(await (await get(routes.product(productId))).text()).toContain(routes.photo(photo, 'large'))
  expect(await (await get(routes.products())).text()).toContain(routes.photo(photo, 'small'))

  const refused = await uploaded(productId, { seen: photo, picture: new File(['<svg/>'], 'mug.jpg') })
  expect(refused.status).toBe(422)
  expect(await words(refused)).toContain('This is not a JPEG, PNG, WebP or GIF picture.')
  const empty = await uploaded(productId, { seen: photo })
  expect([empty.status, await words(empty)]).toEqual([422, expect.stringContaining('Choose a file')])
  const huge = await uploaded(productId, { seen: photo, picture: new Blob([new Uint8Array(10_100_000)]) })
  expect([huge.status, await words(huge)]).toEqual([422, expect.stringContaining('larger than 10 MB')])
  expect(await photoOf(productId)).toBe(photo)

  const removed = await uploaded(productId, { seen: photo, remove: 'yes' })
  expect(removed.status).toBe(303)
  expect(await words(await get(removed.headers.get('location')!))).toContain('The photo is removed.')
  expect(await photoOf(productId)).toBe('')
})

it('takes a logo for the business, whole, and shows it in the settings', async () => {
  const logoNow = () => env.DB.prepare('SELECT logo FROM settings').first<string>('logo')
  const send = (fields: Record<string, string | Blob>) =>
    upload(routes.logo(), { formId: newId(), seen: '', ...fields })
  expect((await send({ picture: new File([await aPng(400, 100)], 'logo.png') })).status).toBe(303)
  const logo = (await logoNow())!
  const info = await env.IMAGES.info((await env.FILES.get(`pictures/${logo}/small.webp`))!.body)
  expect(info).toMatchObject({ width: 320, height: 80 })
  expect(await (await get(routes.settings())).text()).toContain(routes.photo(logo, 'small'))

  const refused = await send({ seen: logo, picture: new File(['<svg/>'], 'logo.png') })
  expect([refused.status, await words(refused)]).toEqual([422, expect.stringContaining('This is not a JPEG')])
  const huge = await send({ seen: logo, picture: new Blob([new Uint8Array(10_100_000)]) })
  expect([huge.status, await logoNow()]).toEqual([422, logo])
  const isThere = async (id: string) => (await env.FILES.head(`pictures/${id}/small.webp`)) !== null
  expect((await send({ seen: logo, picture: new File([await aPng(90, 90)], 'other.png') })).status).toBe(303)
  const other = (await logoNow())!
  // E-mails that were sent still show the one before.
  expect([other === logo, await isThere(logo), await isThere(other)]).toEqual([false, true, true])
  expect((await send({ seen: other, remove: 'yes' })).status).toBe(303)
  expect([await logoNow(), await isThere(other)]).toEqual(['', false])
})

it('answers for a product that does not exist', async () => {
  const png = new File([await aPng(4, 3)], 'mug.png')
  expect((await uploaded(newId(), { picture: png })).status).toBe(404)
})
