import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { eventsOfMailQuery, type MailEvent } from './delivery-event-store.ts'
import { readKeptMessage } from './kept-message.ts'
import type { Message } from './mail-port.ts'
import { mailByIdQuery, type ShownMail } from './mail-store.ts'

export interface MailView {
  frame: Frame
  mail: ShownMail
  /** What the provider told of it since, oldest first. */
  events: MailEvent[]
  /** Exactly what the latest attempt sent, or was about to send; null before the first one. */
  message: Message | null
}

/** An e-mail and the message itself: one D1 round trip and one file. Fails with `not_found`. */
export async function readMail(ctx: Ctx, mailId: string): Promise<Result<MailView>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    mailByIdQuery(ctx.db, mailId),
    eventsOfMailQuery(ctx.db, mailId),
  ])
  const mail = results[0][0]
  if (!mail) return err({ reason: 'not_found', what: 'e-mail' })
  return ok({ frame, mail, events: results[1], message: await readKeptMessage(ctx, mail) })
}
