import type { Ctx } from '../context.ts'
import { enqueueExport } from './enqueue.ts'
import { abortUpload, beginUpload, completeUpload, uploadPart } from './export-file.ts'
import {
  claimExport,
  type Export,
  failExport,
  readStatus,
  releaseExport,
  savePart,
  saveReady,
  saveUpload,
} from './export-step-store.ts'
import { forgetUpload } from './export-store.ts'
import { fillPart } from './fill-part.ts'

/** Longer than one part takes. */
const LEASE_SECONDS = 120
/** Tries without a step forward, over all deliveries, until an export is given up. */
const MAX_ATTEMPTS = 10

/**
 * Works on an export for one message: writes its next part, and puts it on the queue again if there is more. `busy`
 * means that somebody else is at it or has left it lying: try again later. Throws when a part of the system does not
 * answer; the same message again goes on after the last part that was written.
 */
export async function continueExport(ctx: Ctx, id: string): Promise<'more' | 'done' | 'busy'> {
  const claimed = await claimExport(ctx, id, ctx.now + LEASE_SECONDS * 1000)
  if (!claimed) return (await readStatus(ctx, id)) === 'writing' ? 'busy' : 'done'
  if (claimed.attempts > MAX_ATTEMPTS) {
    await giveUp(ctx, claimed)
    return 'done'
  }
  try {
    const next = await writePart(ctx, claimed)
    if (next === null) return 'done'
    if (next.position > 0) {
      await enqueueExport(ctx, id)
      return 'more'
    }
    await completeUpload(ctx, next)
    await saveReady(ctx, next)
    return 'done'
  } catch (error) {
    await releaseExport(ctx, claimed)
    throw error
  }
}

/** Ends an export without a file; what its upload left is let go now or by the sweep. */
export async function giveUp(ctx: Ctx, { id, uploadId }: Pick<Export, 'id' | 'uploadId'>): Promise<void> {
  await failExport(ctx, id)
  if (uploadId && (await abortUpload(ctx, id, uploadId))) await forgetUpload(ctx, id)
}

/**
 * Writes the next part, unless all are there. Its number is that of the claim: whoever comes late with an older one
 * writes beside the file, and is told by null.
 */
async function writePart(ctx: Ctx, current: Export): Promise<(Export & { uploadId: string }) | null> {
  const uploadId = current.uploadId ?? (await newUpload(ctx, current))
  if (uploadId === null) return null
  if (current.position === 0) return { ...current, uploadId }
  const { bytes, position, carry, rows } = await fillPart(ctx, current)
  const isEmpty = bytes.length === 0
  const part = isEmpty ? null : await uploadPart(ctx, current.id, uploadId, current.claims, bytes)
  const saved = await savePart(ctx, current, {
    ...{ position, carry, rows: current.rows + rows, bytes: current.bytes + bytes.length },
    parts: part ? [...current.parts, { partNumber: part.partNumber, etag: part.etag }] : current.parts,
  })
  return saved && { ...saved, uploadId }
}

/** An upload that cannot be noted because a newer claim has its own is let go again; then null. */
async function newUpload(ctx: Ctx, current: Export): Promise<string | null> {
  const uploadId = await beginUpload(ctx, current.id)
  if (await saveUpload(ctx, current, uploadId)) return uploadId
  await abortUpload(ctx, current.id, uploadId)
  return null
}
