import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { replacementSchema, replacePicture } from '../pictures/replace-picture.ts'
import type { Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writePhoto } from './photo-store.ts'

export const setPhotoSchema = replacementSchema.extend({ productId: z.string() })
export type SetPhotoInput = z.input<typeof setPhotoSchema>

/** Gives a product this photo, or none when `file` is null; the one before is deleted. Fails as `replacePicture` does. */
export async function setPhoto(ctx: Ctx, input: SetPhotoInput, file: Blob | null): Promise<Result<void>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  const parsed = parse(setPhotoSchema, input)
  if (!parsed.ok) return parsed
  const { productId, ...replacement } = parsed.value
  return replacePicture(ctx, { ...replacement, file, shape: 'photo', of: productId }, (photo) =>
    writePhoto(ctx, productId, replacement.seen, photo),
  )
}
