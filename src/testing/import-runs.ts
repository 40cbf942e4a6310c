import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Bindings } from '../env.ts'
import { applyImport } from '../imports/apply-import.ts'
import type { ImportMessage } from '../imports/enqueue.ts'
import { type ImportKind, isWorking } from '../imports/import.ts'
import { type Import, importFrom, importQuery } from '../imports/import-store.ts'
import { startImport } from '../imports/start-import.ts'
import { consumeImports, IMPORT_QUEUE_NAME } from '../jobs/import-queue.ts'
import type { Result } from '../result.ts'
import { newId, testCtx } from './fixtures.ts'

/** Far above what any import takes: a test that delivers in vain ends. */
const MAX_DELIVERIES = 500
const PATIENCE_MILLISECONDS = 20

export type FileContent = string | Uint8Array<ArrayBuffer>

/** The bindings with a queue whose messages the test delivers itself, as often and as late as it likes. */
export function ownQueue(bindings: Bindings = env): { bindings: Bindings; sent: ImportMessage[] } {
  const sent: ImportMessage[] = []
  const queue = {
    send: async (message: ImportMessage) => {
      sent.push(message)
    },
  }
  return { bindings: { ...bindings, IMPORT_QUEUE: queue as unknown as Queue }, sent }
}

/** Delivers one message to the consumer, and answers what it told the queue. */
export async function deliver(importId: string, bindings: Bindings = ownQueue().bindings) {
  const message = { id: newId(), timestamp: new Date(), attempts: 1, body: { importId } }
  const batch = createMessageBatch<ImportMessage>(IMPORT_QUEUE_NAME, [message])
  const execution = createExecutionContext()
  await consumeImports(batch, bindings, execution)
  return getQueueResult(batch, execution)
}

/** Delivers until there is nothing more to do; where the Worker's own queue is at it too, with patience. */
export async function finishWork(importId: string, bindings?: Bindings): Promise<Import> {
  for (let deliveries = 0; deliveries < MAX_DELIVERIES; deliveries++) {
    const imported = await importNow(importId)
    if (!isWorking(imported.status)) return imported
    const { retryMessages } = await deliver(importId, bindings)
    if (retryMessages.length > 0) await scheduler.wait(PATIENCE_MILLISECONDS)
  }
  throw new Error('The import does not come to an end.')
}

/** Uploads a file and waits for its preview. */
export async function preview(
  kind: ImportKind,
  content: FileContent,
  fileName = 'list.csv',
): Promise<Import> {
  return finishWork(successOf(await upload(kind, content, fileName)).id)
}

/** Uploads a file; nothing works on it before a message is delivered. */
export function upload(kind: ImportKind, content: FileContent, fileName = 'list.csv', id = newId()) {
  const { ctx } = testCtx({ env: ownQueue().bindings })
  return startImport(ctx, { id, kind, fileName }, new Blob([content]))
}

/** Applies a preview and waits for the result. */
export async function apply(importId: string): Promise<Import> {
  successOf(await applyImport(testCtx({ env: ownQueue().bindings }).ctx, importId))
  return finishWork(importId)
}

/** Uploads, previews and applies a file. */
export async function importFile(kind: ImportKind, content: FileContent, fileName?: string): Promise<Import> {
  return apply((await preview(kind, content, fileName)).id)
}

export async function importNow(importId: string): Promise<Import> {
  const { ctx } = testCtx()
  const [[row]] = await ctx.db.batch([importQuery(ctx.db, importId)])
  return importFrom(row!)
}

/** New, changed, unchanged, with problems, and counted: as the page shows them. */
export function tally({ created, changed, unchanged, problems, counted }: Import) {
  return { created, changed, unchanged, problems, counted }
}

/** What an expected success holds; throws with the failure otherwise. */
export function successOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.failure)}`)
  return result.value
}
