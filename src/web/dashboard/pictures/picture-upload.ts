import { bodyLimit } from 'hono/body-limit'
import { PICTURE_FIELD, TOO_LARGE } from '../../../pictures/keep-picture.ts'
import { MAX_PICTURE_BYTES } from '../../../pictures/picture.ts'
import { type Failure, invalid, ok, type Result } from '../../../result.ts'
import { readForm } from '../../form.ts'
import type { WebContext } from '../../session.ts'

/** What a browser sends around the file. */
const FORM_BYTES = 10_000

/** Refuses a form with too large a file before it is read, with a page that says so. */
export function pictureLimit(refused: (c: WebContext, failure: Failure) => Response | Promise<Response>) {
  return bodyLimit({
    maxSize: MAX_PICTURE_BYTES + FORM_BYTES,
    onError: (c) => refused(c, invalid(PICTURE_FIELD, TOO_LARGE).failure),
  })
}

/** What the form of a picture sent: a file, an empty one where none was chosen, or null to remove the picture. */
export async function pictureFrom(
  c: WebContext,
): Promise<Result<{ formId: string; seen: string; file: Blob | null }>> {
  const form = await readForm(c)
  if (!form.ok) return form
  const { value } = form
  const file = value.text('remove') === 'yes' ? null : (value.file(PICTURE_FIELD) ?? new Blob())
  return ok({ formId: value.text('formId'), seen: value.text('seen'), file })
}
