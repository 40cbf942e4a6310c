import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { MAX_BYTES, MAX_PICTURE_BYTES, PICTURE_SIZES, SIDES } from '../pictures/picture.ts'
import { setLogo } from '../settings/set-logo.ts'
import { aProduct, newId, testCtx } from '../testing/fixtures.ts'
import { aGif, aJpeg, aPng, bytesOf, joined, withText } from '../testing/pictures.ts'
import { setPhoto } from './set-photo.ts'

/** Sends a form with a file, as the product page does, and waits for what runs after the answer. */
async function send(
  productId: string,
  bytes: Uint8Array<ArrayBuffer> | null,
  over: { seen?: string; formId?: string; name?: string } = {},
) {
  const { ctx, settled } = testCtx()
  const { seen = '', formId = newId(), name = 'photo.jpg' } = over
  const file = bytes && new File([bytes], name, { type: 'image/jpeg' })
  const answer = await setPhoto(ctx, { productId, formId, seen }, file)
  await settled()
  return answer
}

const photoOf = (productId: string) =>
  env.DB.prepare('SELECT photo FROM products WHERE id = ?').bind(productId).first<string>('photo')

const filesOf = async (photo: string | null) =>
  (await env.FILES.list({ prefix: `pictures/${photo}/` })).objects.map(({ key, size }) => ({ key, size }))

const everyFile = async () => (await env.FILES.list({ prefix: 'pictures/' })).objects.length

async function kept(photo: string | null, size: 'small' | 'large') {
  const file = await env.FILES.get(`pictures/${photo}/${size}.webp`)
  const bytes = new Uint8Array(await file!.arrayBuffer())
  const info = await env.IMAGES.info(new Blob([bytes]).stream())
  return {
    bytes,
    text: String.fromCharCode(...bytes),
    info: info as { width: number; height: number } & typeof info,
  }
}

it.each<[string, () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>]>([
  ['JPEG', aJpeg],
  ['PNG', () => aPng(40, 30)],
  ['GIF', aGif],
])('takes a %s whatever it is called, and keeps two sizes as WebP', async (_, make) => {
  const productId = await aProduct()
  expect(await send(productId, await make(), { name: 'readme.txt' })).toEqual({ ok: true, value: undefined })
  const photo = await photoOf(productId)
  expect(photo).toMatch(/^[\w-]{32}$/)
  for (const size of PICTURE_SIZES) {
    expect((await kept(photo, size)).info).toMatchObject({ format: 'image/webp' })
  }
})

it('takes the WebP that it made itself', async () => {
  const [one, other] = await Promise.all([aProduct(), aProduct()])
  await send(one, await aPng(40, 30))
  const { bytes } = await kept(await photoOf(one), 'large')
  expect(await send(other, bytes)).toEqual({ ok: true, value: undefined })
})

it('makes the heaviest picture light enough, cut to a square for lists and whole for its page', async () => {
  const productId = await aProduct()
  await send(productId, await aPng(1600, 1200, { noise: true }))
  const photo = await photoOf(productId)
  const [small, large] = [await kept(photo, 'small'), await kept(photo, 'large')]
  expect(small.bytes.length).toBeLessThanOrEqual(MAX_BYTES.small)
  expect(small.info.width).toBe(small.info.height)
  expect(large.bytes.length).toBeLessThanOrEqual(MAX_BYTES.large)
  expect(large.info.width).toBeLessThanOrEqual(SIDES.large)
  expect(large.info.width * 3).toBe(large.info.height * 4)
})

it('keeps pixels and nothing else: no text, no place, no page behind a picture', async () => {
  const productId = await aProduct()
  const page = '<script>alert(1)</script>'
  const polyglot = joined(withText(await aPng(20, 20), `taken at 53.55 N, 9.99 E ${page}`), bytesOf(page))
  expect(await send(productId, polyglot, { name: 'x.html' })).toMatchObject({ ok: true })
  const { text } = await kept(await photoOf(productId), 'large')
  expect(text).not.toContain('script')
  expect(text).not.toContain('53.55')
})

const svg = bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
const refused: [string, () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>, RegExp][] = [
  ['a drawing called .jpg', () => svg, /not a JPEG, PNG, WebP or GIF/],
  ['a page', () => bytesOf('<!doctype html><title>x</title>'), /not a JPEG/],
  [
    'a drawing behind the first bytes of a JPEG',
    () => joined(bytesOf('\xff\xd8\xff'), svg),
    /could not be read/,
  ],
  ['a cut JPEG', () => aJpeg().slice(0, -30), /could not be read/],
  ['a cut PNG', async () => (await aPng(60, 60, { noise: true })).slice(0, 4000), /could not be read/],
  ['the first bytes alone', () => bytesOf('GIF89a'), /could not be read/],
  ['nothing', () => new Uint8Array(), /not empty/],
  [
    '10 MB and a byte',
    async () => joined(await aPng(1, 1), new Uint8Array(MAX_PICTURE_BYTES)),
    /larger than 10 MB/,
  ],
  ['a bomb of pixels', () => aPng(1, 1, { claims: [11_000, 11_000] }), /11,000 × 11,000 pixels/],
  ['a bomb of one side', () => aPng(1, 1, { claims: [60_000, 1] }), /too many/],
]

it.each(refused)('refuses %s with words, and keeps nothing', async (_, make, words) => {
  const productId = await aProduct()
  const files = await everyFile()
  expect(await send(productId, await make())).toMatchObject({
    ok: false,
    failure: { reason: 'invalid', problems: [{ field: 'picture', message: expect.stringMatching(words) }] },
  })
  expect(await photoOf(productId)).toBe('')
  expect(await everyFile()).toBe(files)
})

it('gives a replaced photo a new id and deletes the old one', async () => {
  const productId = await aProduct()
  await send(productId, await aPng(40, 30))
  const first = await photoOf(productId)
  await send(productId, await aPng(40, 30), { seen: first! })
  const second = await photoOf(productId)
  expect(second).not.toBe(first)
  expect([await filesOf(first), (await filesOf(second)).length]).toEqual([[], 2])

  expect(await send(productId, null, { seen: second! })).toMatchObject({ ok: true })
  expect([await photoOf(productId), await filesOf(second)]).toEqual(['', []])
})

it('makes one photo of a form that is sent twice, and another one of another file', async () => {
  const productId = await aProduct()
  const [formId, png] = [newId(), await aPng(40, 30)]
  const answers = await Promise.all([send(productId, png, { formId }), send(productId, png, { formId })])
  expect(answers).toMatchObject([{ ok: true }, { ok: true }])
  const photo = await photoOf(productId)
  expect(await filesOf(photo)).toHaveLength(2)
  expect(await send(productId, png, { formId })).toMatchObject({ ok: true })
  expect(await photoOf(productId)).toBe(photo)
  expect(await send(productId, await aPng(41, 30), { formId, seen: photo! })).toMatchObject({ ok: true })
  expect(await photoOf(productId)).not.toBe(photo)
})

it('leaves no half of a picture behind where the other half could not be written', async () => {
  const [productId, png, files] = [await aProduct(), await aPng(40, 30), await everyFile()]
  let puts = 0
  const FILES = new Proxy(env.FILES, {
    get: (bucket, key) => {
      if (key === 'put' && ++puts === 2) return () => Promise.reject(new Error('Network connection lost.'))
      const member: unknown = Reflect.get(bucket, key)
      return typeof member === 'function' ? member.bind(bucket) : member
    },
  })
  const { ctx } = testCtx({ env: { ...env, FILES } })
  const answer = await setPhoto(ctx, { productId, formId: newId(), seen: '' }, new Blob([png]))
  expect(answer).toEqual({ ok: false, failure: { reason: 'unavailable' } })
  expect([puts, await everyFile(), await photoOf(productId)]).toEqual([2, files, ''])
})

it('is for those who may change products', async () => {
  const productId = await aProduct()
  const viewer = { kind: 'staff', id: 'viewer', name: 'Vera', role: 'viewer' } as const
  const { ctx } = testCtx({ actor: viewer })
  const answer = await setPhoto(ctx, { productId, formId: newId(), seen: '' }, new Blob([await aPng(4, 3)]))
  expect(answer).toMatchObject({ failure: { reason: 'forbidden' } })
  const staff = testCtx({ actor: { ...viewer, role: 'staff' } })
  expect(await setLogo(staff.ctx, { formId: newId(), seen: '' }, null)).toMatchObject({
    failure: { reason: 'forbidden' },
  })
})

it('does not undo what somebody else put there meanwhile, and leaves no files behind', async () => {
  const productId = await aProduct()
  await send(productId, await aPng(40, 30))
  const theirs = await photoOf(productId)
  const files = await everyFile()
  expect(await send(productId, await aPng(50, 30), { seen: '' })).toMatchObject({
    ok: false,
    failure: { problems: [{ message: expect.stringContaining('Somebody else') }] },
  })
  expect([await photoOf(productId), await everyFile()]).toEqual([theirs, files])
  expect(await send(newId(), await aPng(40, 30))).toMatchObject({ failure: { reason: 'not_found' } })
  expect(await everyFile()).toBe(files)
})
