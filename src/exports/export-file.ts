import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import type { ExportContent } from './export.ts'
import type { Export } from './export-step-store.ts'

// The file of an export in R2. Nothing stands under its key before all of its parts are there.

const keyOf = (id: string) => `exports/${id}.csv`

/** Begins a file that grows part by part, and answers the id of its upload. */
export async function beginUpload(ctx: Ctx, id: string): Promise<string> {
  const { uploadId } = await ctx.env.FILES.createMultipartUpload(keyOf(id))
  return uploadId
}

/** Uploads one part; it counts once it is named when the file is completed. */
export function uploadPart(ctx: Ctx, id: string, uploadId: string, partNumber: number, bytes: Uint8Array) {
  return ctx.env.FILES.resumeMultipartUpload(keyOf(id), uploadId).uploadPart(partNumber, bytes)
}

/** Makes one file of the parts; doing it again leaves the same. */
export async function completeUpload(
  ctx: Ctx,
  { id, uploadId, parts }: Pick<Export, 'id' | 'parts'> & { uploadId: string },
): Promise<void> {
  if (await ctx.env.FILES.head(keyOf(id))) return
  await ctx.env.FILES.resumeMultipartUpload(keyOf(id), uploadId).complete(parts)
}

/** Lets an unfinished file go; true when nothing of it is left. */
export async function abortUpload(ctx: Ctx, id: string, uploadId: string): Promise<boolean> {
  try {
    await ctx.env.FILES.resumeMultipartUpload(keyOf(id), uploadId).abort()
    return true
  } catch (error) {
    if (/does not exist/.test(messageOf(error))) return true
    console.warn(JSON.stringify({ event: 'export.not_aborted', export: id, message: messageOf(error) }))
    return false
  }
}

/** The finished file; null when it is not there. */
export function openFile(ctx: Ctx, id: string): Promise<R2ObjectBody | null> {
  return ctx.env.FILES.get(keyOf(id))
}

export async function deleteFiles(ctx: Ctx, ids: string[]): Promise<void> {
  await ctx.env.FILES.delete(ids.map(keyOf))
}

/** What a browser saves the file as: "orders-2026-11-23.csv". */
export function fileNameOf(content: ExportContent, startedOn: string): string {
  return `${content === 'orders' ? 'orders' : 'order-lines'}-${startedOn}.csv`
}
