import { encodeBase64Url } from 'hono/utils/encode'
import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import { numberWords } from '../number-words.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import {
  MAX_BYTES,
  MAX_PICTURE_BYTES,
  MAX_PIXELS,
  MAX_SIDE_PIXELS,
  type PictureShape,
  type PictureSize,
  pictureTypeOf,
  SIDES,
} from './picture.ts'
import { dropPicture, writePicture } from './picture-files.ts'

/** The name of the form field that carries the file. */
export const PICTURE_FIELD = 'picture'
export const TOO_LARGE = 'This file is larger than 10 MB. Choose a smaller one.'

/** Tried one after the other until a size is light enough; the last ones also give up pixels. */
const ATTEMPTS = [
  { quality: 78, scale: 1 },
  { quality: 60, scale: 1 },
  { quality: 45, scale: 1 },
  { quality: 45, scale: 0.75 },
  { quality: 40, scale: 0.5 },
]

/** A file as it was sent, and what makes its id: what it is of, and the id that the form carried. */
export interface SentPicture {
  file: Blob | null
  shape: PictureShape
  of: string
  formId: string
}

/**
 * Checks a file by its content, makes two sizes of it and keeps them under an id that nobody can guess. Only pixels
 * are kept: no place, no camera, nothing that was hidden in the file. The same file from the same form gets the same
 * id; another file another one, so what an id shows never changes. Fails with `invalid`, and with `unavailable` where
 * the files could not be written.
 */
export async function keepPicture(ctx: Ctx, sent: SentPicture): Promise<Result<{ id: string }>> {
  const { file, shape } = sent
  if (!file || file.size === 0) return invalid(PICTURE_FIELD, 'Choose a file that is not empty.')
  if (file.size > MAX_PICTURE_BYTES) return invalid(PICTURE_FIELD, TOO_LARGE)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const checked = await check(ctx, bytes)
  if (!checked.ok) return checked
  const made = await shrinkAll(ctx, bytes, shape)
  if (!made.ok) return made
  const id = await idOf(sent, bytes)
  if (await writePicture(ctx, id, made.value)) return ok({ id })
  await dropPicture(ctx, id)
  return err({ reason: 'unavailable' })
}

async function check({ env }: Ctx, bytes: Uint8Array): Promise<Result<void>> {
  const type = pictureTypeOf(bytes)
  if (!type) {
    return invalid(PICTURE_FIELD, 'This is not a JPEG, PNG, WebP or GIF picture. Choose one of these.')
  }
  try {
    const info = await env.IMAGES.info(streamOf(bytes))
    if (info.format !== type || !('width' in info)) return unreadable(`${type} turned out as ${info.format}`)
    const { width, height } = info
    if (width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS || width * height > MAX_PIXELS) {
      const size = `${numberWords(width)} × ${numberWords(height)}`
      return invalid(PICTURE_FIELD, `This picture has ${size} pixels, which is too many. Make it smaller.`)
    }
    return ok(undefined)
  } catch (error) {
    return unreadable(error)
  }
}

async function shrinkAll(ctx: Ctx, bytes: Uint8Array, shape: PictureShape) {
  try {
    const [small, large] = await Promise.all([
      shrink(ctx, bytes, shape, 'small'),
      shrink(ctx, bytes, shape, 'large'),
    ])
    return ok({ small, large })
  } catch (error) {
    return unreadable(error)
  }
}

/** One size as WebP, as good as its bytes allow. A single colour or a photo of leaves: it is tried, not guessed. */
async function shrink({ env }: Ctx, bytes: Uint8Array, shape: PictureShape, size: PictureSize) {
  let made = new Uint8Array()
  for (const { quality, scale } of ATTEMPTS) {
    const side = Math.round(SIDES[size] * scale)
    const cut = shape === 'photo' && size === 'small'
    const transformed = await env.IMAGES.input(streamOf(bytes))
      .transform({ width: side, height: side, fit: cut ? 'crop' : 'scale-down' })
      .output({ format: 'image/webp', quality, anim: false })
    made = new Uint8Array(await transformed.response().arrayBuffer())
    if (made.length <= MAX_BYTES[size]) break
  }
  return made
}

function unreadable(cause: unknown) {
  console.warn(JSON.stringify({ event: 'picture.unreadable', message: messageOf(cause).split('\n')[0] }))
  return invalid(
    PICTURE_FIELD,
    'This picture could not be read. It may be damaged: open it, save it anew, and try again.',
  )
}

/** 192 bits. The form's id is random, so nobody who has the file can tell the address. */
async function idOf({ of, formId }: SentPicture, bytes: Uint8Array): Promise<string> {
  const named = new Blob([`${of} ${formId} `, bytes])
  return encodeBase64Url(await crypto.subtle.digest('SHA-256', await named.arrayBuffer())).slice(0, 32)
}

const streamOf = (bytes: Uint8Array) => new Blob([bytes]).stream()
