import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { parse } from 'csv-parse/sync'
import type { Bindings } from '../env.ts'
import type { ExportMessage } from '../exports/enqueue.ts'
import type { ExportContent } from '../exports/export.ts'
import type { ListedExport } from '../exports/export-store.ts'
import { openExport, readExport } from '../exports/read-exports.ts'
import { startExport } from '../exports/start-export.ts'
import { consumeExports, EXPORT_QUEUE_NAME } from '../jobs/export-queue.ts'
import { NO_FILTER, type OrderFilter } from '../orders/order-filter.ts'
import { newId, testCtx } from './fixtures.ts'
import { successOf } from './import-runs.ts'

/** Far above what any export takes: a test that delivers in vain ends. */
const MAX_DELIVERIES = 50

/** The bindings with a queue whose messages the test delivers itself, as often and as late as it likes. */
export function ownExportQueue(): { bindings: Bindings; sent: ExportMessage[] } {
  const sent: ExportMessage[] = []
  const queue = { send: async (message: ExportMessage) => sent.push(message) }
  return { bindings: { ...env, EXPORT_QUEUE: queue as unknown as Queue }, sent }
}

/** Starts an export; nothing works on it before a message is delivered. */
export async function anExport(content: ExportContent, filter: Partial<OrderFilter> = {}, id = newId()) {
  const { ctx } = testCtx({ env: ownExportQueue().bindings })
  return successOf(await startExport(ctx, { id, content, filter: { ...NO_FILTER, ...filter } })).id
}

/** Delivers one message to the consumer, and answers what it told the queue. */
export async function deliverExport(exportId: string, bindings: Bindings = ownExportQueue().bindings) {
  const message = { id: newId(), timestamp: new Date(), attempts: 1, body: { exportId } }
  const batch = createMessageBatch<ExportMessage>(EXPORT_QUEUE_NAME, [message])
  const execution = createExecutionContext()
  await consumeExports(batch, bindings, execution)
  return getQueueResult(batch, execution)
}

/** Delivers until the export is ready or has failed. */
export async function finishExport(exportId: string, bindings?: Bindings): Promise<ListedExport> {
  for (let deliveries = 0; deliveries < MAX_DELIVERIES; deliveries++) {
    const exported = await exportNow(exportId)
    if (exported.status !== 'writing') return exported
    await deliverExport(exportId, bindings)
  }
  throw new Error('The export does not come to an end.')
}

export async function exportNow(exportId: string): Promise<ListedExport> {
  return successOf(await readExport(testCtx().ctx, exportId)).exported
}

/** The bytes of a finished export as text. */
export async function fileOf(exportId: string): Promise<string> {
  const { body } = successOf(await openExport(testCtx().ctx, exportId))
  const bytes = await new Response(body).arrayBuffer()
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

/** The rows below the heading, as a parser reads them that did not write them. */
export async function rowsOf(exportId: string): Promise<string[][]> {
  return parse(await fileOf(exportId), { bom: true, record_delimiter: '\r\n', from_line: 2 })
}
