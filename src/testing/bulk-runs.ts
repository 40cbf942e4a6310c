import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Bindings } from '../env.ts'
import { BULK_QUEUE_NAME, consumeBulkChanges } from '../jobs/bulk-queue.ts'
import type { BulkMessage } from '../orders/bulk-enqueue.ts'
import { readBulkChange } from '../orders/bulk-read.ts'
import { type StartBulkChangeInput, startBulkChange } from '../orders/bulk-start.ts'
import type { BulkChange } from '../orders/bulk-step-store.ts'
import { newId, testCtx } from './fixtures.ts'
import { successOf } from './import-runs.ts'

/** Far above what any bulk change takes: a test that delivers in vain ends. */
const MAX_DELIVERIES = 100

/** The bindings with a queue whose messages the test delivers itself, as often and as late as it likes. */
export function ownBulkQueue(bindings: Bindings = env): { bindings: Bindings; sent: BulkMessage[] } {
  const sent: BulkMessage[] = []
  const queue = { send: async (message: BulkMessage) => sent.push(message) }
  return { bindings: { ...bindings, BULK_QUEUE: queue as unknown as Queue }, sent }
}

/** What starting takes: these orders to In Progress, without an e-mail. */
export function bulkInput(numbers: number[], over: Partial<StartBulkChangeInput> = {}): StartBulkChangeInput {
  return {
    ...{ id: newId(), orders: { kind: 'numbers', numbers }, expected: numbers.length },
    ...{ status: 'in_progress', paymentStatus: null, email: false, comment: '', pull: true },
    ...{ confirmed: false, allowShortage: false, ...over },
  }
}

/** Starts a bulk change; nothing works on it before a message is delivered. */
export async function aBulkChange(numbers: number[], over: Partial<StartBulkChangeInput> = {}) {
  const { ctx } = testCtx({ env: ownBulkQueue().bindings })
  return successOf(await startBulkChange(ctx, bulkInput(numbers, over))).id
}

/** Delivers one message to the consumer, and answers what it told the queue. */
export async function deliverBulk(bulkChangeId: string, bindings: Bindings = ownBulkQueue().bindings) {
  const message = { id: newId(), timestamp: new Date(), attempts: 1, body: { bulkChangeId } }
  const batch = createMessageBatch<BulkMessage>(BULK_QUEUE_NAME, [message])
  const execution = createExecutionContext()
  await consumeBulkChanges(batch, bindings, execution)
  return getQueueResult(batch, execution)
}

/** Delivers until there is nothing more to do. */
export async function finishBulk(id: string): Promise<BulkChange> {
  for (let deliveries = 0; deliveries < MAX_DELIVERIES; deliveries++) {
    const { change } = await bulkNow(id)
    if (change.remaining === 0) return change
    await deliverBulk(id)
  }
  throw new Error('The bulk change does not come to an end.')
}

/** A bulk change and the first of its outcomes. */
export async function bulkNow(id: string) {
  return successOf(await readBulkChange(testCtx().ctx, id))
}
