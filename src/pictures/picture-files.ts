import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import { PICTURE_SIZES, type PictureSize } from './picture.ts'

const keyOf = (id: string, size: PictureSize) => `pictures/${id}/${size}.webp`

/** Puts both sizes of a picture where they are served from. False where not both are certainly there. */
export async function writePicture(
  { env }: Pick<Ctx, 'env'>,
  id: string,
  sizes: Record<PictureSize, Uint8Array>,
): Promise<boolean> {
  const httpMetadata = { contentType: 'image/webp' }
  const puts = PICTURE_SIZES.map((size) => env.FILES.put(keyOf(id, size), sizes[size], { httpMetadata }))
  return (await Promise.allSettled(puts)).every(({ status }) => status === 'fulfilled')
}

/** A kept picture, without its body where the caller has it, with this tag; null where there is none. */
export function readPicture({ env }: Pick<Ctx, 'env'>, id: string, size: PictureSize, tag: string) {
  return env.FILES.get(keyOf(id, size), { onlyIf: { etagDoesNotMatch: tag } })
}

/** Deletes a picture that nothing shows any more. What could not be deleted stands in the log. */
export async function dropPicture({ env }: Pick<Ctx, 'env'>, id: string): Promise<void> {
  if (id === '') return
  try {
    await env.FILES.delete(PICTURE_SIZES.map((size) => keyOf(id, size)))
  } catch (error) {
    console.warn(JSON.stringify({ event: 'picture.left_behind', id, message: messageOf(error) }))
  }
}
