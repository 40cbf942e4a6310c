import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import { enqueueMails } from './enqueue.ts'
import { inParallel } from './in-parallel.ts'
import { type Attempt, giveUpAttempt } from './kept-message.ts'
import type { Outcome } from './mail-port.ts'
import { overdueMails, settleMails } from './outbox-store.ts'
import { type Settled, settle } from './outcome.ts'

/** What the queue itself takes to bring a new message. */
const GRACE_MS = 30_000
/** Two calls to the queue; the next tick takes the next ones. */
const MAILS_PER_SWEEP = 200
const CHECKS_AT_ONCE = 6

/**
 * Finds messages that nobody took or whose sender died, so that none waits in silence. What was certainly not handed
 * over is tried again; the rest becomes `unknown`, for staff to decide. Throws when D1 does not answer.
 */
export async function sweepMails(ctx: Ctx): Promise<{ enqueued: number; settled: number }> {
  const overdue = await overdueMails(ctx, ctx.now - GRACE_MS, MAILS_PER_SWEEP)
  const broken = overdue.filter(({ status }) => status === 'sending')
  const settled = (await inParallel(broken, CHECKS_AT_ONCE, (mail) => fateOf(ctx, mail))).filter(
    (row) => row !== null,
  )
  if (settled.length > 0) await settleMails(ctx, settled)
  const waiting = overdue.filter(({ status }) => status === 'queued').map(({ id }) => id)
  if (waiting.length > 0) await enqueueMails(ctx, waiting)
  return { enqueued: waiting.length, settled: settled.length }
}

/** What an attempt that broke off leaves; null while that cannot be found out. */
async function fateOf(ctx: Ctx, mail: Attempt): Promise<Settled | null> {
  try {
    const outcome: Outcome = (await giveUpAttempt(ctx, mail))
      ? { kind: 'retry', reason: 'Sending broke off before anything was handed over.' }
      : { kind: 'unknown', reason: 'Sending broke off. It may have arrived.' }
    return settle(mail, outcome, ctx.now)
  } catch (error) {
    console.warn(JSON.stringify({ event: 'mail.fate_unknown', mail: mail.id, message: messageOf(error) }))
    return null
  }
}
