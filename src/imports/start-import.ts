import { encodeBase64Url } from 'hono/utils/encode'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { idSchema, lineOfText, parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { settingsQuery } from '../settings/settings-store.ts'
import { refuse } from '../staff/permissions.ts'
import { enqueueImport } from './enqueue.ts'
import { type ImportKind, MAX_FILE_BYTES, MAX_FILE_NAME_CHARACTERS } from './import.ts'
import { keepUpload } from './import-files.ts'
import { importQuery, insertImport } from './import-store.ts'
import { openFile } from './open-file.ts'

export const startImportSchema = z.object({
  /** Made by the client: sending the form twice starts one import. */
  id: idSchema,
  kind: z.enum(['products', 'retailers']),
  fileName: lineOfText(MAX_FILE_NAME_CHARACTERS),
})
export type StartImportInput = z.input<typeof startImportSchema>

/**
 * Takes a CSV file in and has it read and compared; nothing is written to the products or retailers before somebody
 * applies it. The same upload again answers with the first import. Fails with `invalid` at `file` when the file is
 * missing, above MAX_FILE_BYTES, not a CSV file, or has no usable columns, and with `sent_before` when this id brought
 * another file.
 */
export async function startImport(
  ctx: Ctx,
  input: StartImportInput,
  file: Blob | null,
): Promise<Result<{ id: string }>> {
  const parsed = parse(startImportSchema, { ...input, fileName: plainName(input.fileName) })
  if (!parsed.ok) return parsed
  const { id, kind, fileName } = parsed.value
  const refused = refuse(ctx, `${kind}.write`)
  if (refused) return refused
  if (!file || file.size === 0) return invalid('file', 'Choose a CSV file that is not empty.')
  if (file.size > MAX_FILE_BYTES) return invalid('file', tooLarge)
  const requestDigest = await digestOf(kind, fileName, file)
  const sentBefore = err({ reason: 'sent_before', order: null })
  const [settings, [known]] = await ctx.db.batch([settingsQuery(ctx.db), importQuery(ctx.db, id)])
  if (known) return (known.requestDigest ?? requestDigest) === requestDigest ? ok({ id }) : sentBefore
  const { currency } = settings[0]!
  const opened = await openFile(file, kind, currency)
  if (!opened.ok) return opened

  if (!(await keepUpload(ctx, id, file, requestDigest))) return sentBefore
  await insertImport(ctx, { id, kind, fileName, currency, requestDigest, ...opened.value })
  await enqueueImport(ctx, id)
  return ok({ id })
}

/** What is said of a file above MAX_FILE_BYTES, also by those who refuse it before it is read. */
export const tooLarge = `The file is larger than ${MAX_FILE_BYTES / 1_000_000} MB. Split it, and import the parts.`

function plainName(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cs}\uFFFD]/gu, ' ').trim()
  return line.slice(0, MAX_FILE_NAME_CHARACTERS).trim() || 'file.csv'
}

/** As a stream: the whole file would be in memory a second time. */
async function digestOf(kind: ImportKind, fileName: string, file: Blob): Promise<string> {
  const digest = new crypto.DigestStream('SHA-256')
  await new Blob([`${kind} ${fileName}\n`, file]).stream().pipeTo(digest)
  return encodeBase64Url(await digest.digest)
}
