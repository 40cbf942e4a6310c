import type { Ctx } from '../context.ts'
import type { ImportRow } from './import.ts'

// What an import keeps in R2: the file as it came, and its rows in chunks until they are applied.

const uploadKey = (id: string) => `imports/${id}/file.csv`
const chunkKey = (id: string, chunk: number) => `imports/${id}/rows-${chunk}.json`

/**
 * Keeps a file under an id that keeps none yet. Answers whether it is this one that is kept, by its digest: of two that
 * come at the same time the first one stays.
 */
export async function keepUpload(ctx: Ctx, id: string, file: Blob, digest: string): Promise<boolean> {
  const kept = await ctx.env.FILES.put(uploadKey(id), file, {
    onlyIf: new Headers({ 'If-None-Match': '*' }),
    customMetadata: { digest },
  })
  if (kept) return true
  const there = await ctx.env.FILES.head(uploadKey(id))
  return (there?.customMetadata?.digest ?? digest) === digest
}

/** The bytes of the file as it came. Throws when they are not there. */
export async function openUpload(ctx: Ctx, id: string): Promise<ReadableStream<Uint8Array>> {
  const object = await ctx.env.FILES.get(uploadKey(id))
  if (!object) throw new Error('The file of an import is not there.')
  return object.body
}

/** Writes a chunk of rows; writing it again leaves the same. */
export async function keepChunk(
  ctx: Ctx,
  id: string,
  chunk: number,
  rows: ImportRow<unknown>[],
): Promise<void> {
  await ctx.env.FILES.put(chunkKey(id, chunk), JSON.stringify(rows))
}

/** The rows of a chunk, as the reader of its format understood them. Throws when they are not there. */
export async function readChunk<Value>(ctx: Ctx, id: string, chunk: number): Promise<ImportRow<Value>[]> {
  const object = await ctx.env.FILES.get(chunkKey(id, chunk))
  if (!object) throw new Error('The rows of an import are not there.')
  return object.json()
}

/** Lets the file and its chunks go. */
export async function discardFiles(ctx: Ctx, id: string, chunks: number): Promise<void> {
  const keys = Array.from({ length: chunks }, (_, chunk) => chunkKey(id, chunk))
  await ctx.env.FILES.delete([uploadKey(id), ...keys])
}
