import type { Ctx } from '../context.ts'
import type { Message } from './mail-port.ts'

// One object per attempt, written before the message is handed over and never replaced. It is what was sent, and it
// is also the mark that decides between a sender and a sweep: whoever creates the object first has the attempt.

const IF_ABSENT = { onlyIf: new Headers({ 'If-None-Match': '*' }) }

const keyOf = (mailId: string, attempt: number) => `mails/${mailId}/${attempt}.json`

/** Keeps what this attempt is about to send. False: the attempt was given up meanwhile and must not send. */
export async function keepMessage(
  ctx: Pick<Ctx, 'env'>,
  mailId: string,
  attempt: number,
  message: Message,
): Promise<boolean> {
  const kept = await ctx.env.FILES.put(keyOf(mailId, attempt), JSON.stringify(message), {
    ...IF_ABSENT,
    httpMetadata: { contentType: 'application/json' },
  })
  return kept !== null
}

/** Gives up an attempt whose sender is gone. False: it had kept its message and may have handed it over. */
export async function giveUpAttempt(
  ctx: Pick<Ctx, 'env'>,
  mailId: string,
  attempt: number,
): Promise<boolean> {
  const key = keyOf(mailId, attempt)
  const given = await ctx.env.FILES.put(key, '', { ...IF_ABSENT, customMetadata: { givenUp: 'true' } })
  if (given) return true
  return (await ctx.env.FILES.head(key))?.customMetadata?.givenUp === 'true'
}

/** What an attempt sent, or was about to send; null where it never came so far. */
export async function readKeptMessage(
  ctx: Pick<Ctx, 'env'>,
  mailId: string,
  attempt: number,
): Promise<Message | null> {
  const object = await ctx.env.FILES.get(keyOf(mailId, attempt))
  if (!object || object.customMetadata?.givenUp === 'true') return null
  return object.json<Message>()
}
