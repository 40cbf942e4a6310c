import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Bindings } from '../env.ts'
import { consumeMail, MAIL_QUEUE_NAME } from '../jobs/mail-queue.ts'
import type { MailMessage } from '../mail/enqueue.ts'
import { placeOrder } from '../orders/place-order.ts'
import { aProduct, aRetailer, newId, placement, testCtx } from './fixtures.ts'

export const DESK = 'desk@tidewater.example'

/** The business that the e-mails of a test file come from. */
export async function asTidewater() {
  await env.DB.prepare('UPDATE settings SET business_name = ?, reply_to = ?, notification_emails = ?')
    .bind('Tidewater Clay', 'hello@tidewater.example', JSON.stringify([DESK]))
    .run()
}

/** A queue that keeps what is put on it, so that the test says when, and how often, it is consumed. */
export function aHeldQueue() {
  const held: string[] = []
  const queue = {
    sendBatch: async (messages: { body: MailMessage }[]) => {
      held.push(...messages.map(({ body }) => body.mailId))
    },
  } as unknown as Bindings['MAIL_QUEUE']
  return { queue, take: () => held.splice(0) }
}

/** Places an order at `now`, whose e-mails to the retailer and the desk are queued and wait for the test. */
export async function aMailedOrder(over: { name?: string; email?: string; now?: number } = {}) {
  const { queue, take } = aHeldQueue()
  const email = over.email ?? `${newId()}@shop.example`
  const [productId, retailerId] = await Promise.all([aProduct({ name: over.name }), aRetailer({ email })])
  const { ctx, settled } = testCtx({ env: { ...env, MAIL_QUEUE: queue }, now: over.now })
  const lines = [{ productId, quantity: 2 }]
  const input = placement(retailerId, lines, { shipping: 800, poNumber: 'PO 7', pull: false })
  const placed = await placeOrder(ctx, input)
  await settled()
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  return { orderId: input.id, number: placed.value.number!, email, mailIds: take() }
}

/** Runs the real consumer over one batch and answers what it told the queue. */
export async function consume(mailIds: string[], bindings: Bindings) {
  return consumeMessages(
    mailIds.map((mailId) => ({ mailId })),
    bindings,
  )
}

export async function consumeMessages(bodies: unknown[], bindings: Bindings) {
  const messages = bodies.map((body) => ({ id: newId(), timestamp: new Date(), attempts: 1, body }))
  const batch = createMessageBatch(MAIL_QUEUE_NAME, messages)
  const execution = createExecutionContext()
  await consumeMail(batch, bindings, execution)
  return getQueueResult(batch, execution)
}

export interface StoredMail {
  id: string
  order_id: string
  recipient: string
  status: string
  status_at: number
  attempts: number
  due_at: number
  provider_id: string | null
  reason: string | null
  sent_at: number | null
  again_of: string | null
  asked_by: string | null
  kept_in: string | null
}

export const attemptOf = ({ id, attempts, kept_in }: StoredMail) => ({ id, attempts, keptIn: kept_in })

/** The rows of an order's e-mails, the retailer's first. */
export async function mailsOf(orderId: string): Promise<StoredMail[]> {
  const { results } = await env.DB.prepare('SELECT * FROM mails WHERE order_id = ? ORDER BY number')
    .bind(orderId)
    .all<StoredMail>()
  return results
}
