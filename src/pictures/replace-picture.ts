import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { ifAnswered } from '../db/client.ts'
import { idSchema } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { keepPicture, PICTURE_FIELD } from './keep-picture.ts'
import type { PictureShape } from './picture.ts'
import { dropPicture } from './picture-files.ts'

/** What a form says that replaces a picture. */
export const replacementSchema = z.object({
  /** Made by the client: sending the same form twice keeps one picture. */
  formId: idSchema,
  /** The picture that the form showed, or ''. */
  seen: z.string().max(64),
})

export interface Replacement extends z.output<typeof replacementSchema> {
  /** Null where the picture is to be removed. */
  file: Blob | null
  shape: PictureShape
  /** Whose picture it is: no two places share one. */
  of: string
  /** Whether the one before stays after all, where it has gone out and is still shown. */
  keepsReplaced?: boolean
}

/**
 * Puts a new picture, or none, in the place of the one that was seen, and deletes that one. `write` sets it where it
 * is shown from, if `seen` is still there, and answers what stands there now; nothing where there is no such place.
 * Fails with `invalid`, also when somebody else replaced it since, with `not_found` and with `unavailable`.
 */
export async function replacePicture(
  ctx: Ctx,
  { file, shape, of, formId, seen, keepsReplaced = false }: Replacement,
  write: (picture: string) => Promise<{ picture: string }[]>,
): Promise<Result<void>> {
  const kept = file ? await keepPicture(ctx, { file, shape, of, formId }) : ok({ id: '' })
  if (!kept.ok) return kept
  const { id } = kept.value
  const places = await ifAnswered(write(id))
  // Whether it is shown is not known: the same form again finds the same id.
  if (!places) return err({ reason: 'unavailable' })
  const [place] = places
  if (place?.picture === id) {
    if (seen !== id && !(keepsReplaced && file)) ctx.later(dropPicture(ctx, seen))
    return ok(undefined)
  }
  ctx.later(dropPicture(ctx, id))
  if (!place) return err({ reason: 'not_found', what: 'page' })
  return invalid(PICTURE_FIELD, 'Somebody else changed it in the meantime. Look at it, then try again.')
}
