import type { Ctx } from '../context.ts'
import type { Message } from './mail-port.ts'

// One object for the few attempts that are made at the same time, written before any of them is handed over and never
// replaced. It is what was sent, and it is also the mark that decides between a sender and a sweep: whoever creates the
// object first has the attempts.

/** The latest attempt to send a message. */
export interface Attempt {
  id: string
  attempts: number
  /** Null for attempts from before messages were kept together. */
  keptIn: string | null
}

const IF_ABSENT = { onlyIf: new Headers({ 'If-None-Match': '*' }) }

const fileOf = ({ id, attempts, keptIn }: Attempt) => `mails/${keptIn ?? `${id}/${attempts}`}.json`

/** Keeps what is about to be sent, by the ids of its mails. False: the attempts were given up meanwhile. */
export async function keepMessages(
  ctx: Pick<Ctx, 'env'>,
  keptIn: string,
  messages: Record<string, Message>,
): Promise<boolean> {
  const kept = await ctx.env.FILES.put(`mails/${keptIn}.json`, JSON.stringify(messages), {
    ...IF_ABSENT,
    httpMetadata: { contentType: 'application/json' },
  })
  return kept !== null
}

/** Gives up an attempt whose sender is gone. False: it had kept its message and may have handed it over. */
export async function giveUpAttempt(ctx: Pick<Ctx, 'env'>, attempt: Attempt): Promise<boolean> {
  const file = fileOf(attempt)
  const given = await ctx.env.FILES.put(file, '', { ...IF_ABSENT, customMetadata: { givenUp: 'true' } })
  if (given) return true
  return (await ctx.env.FILES.head(file))?.customMetadata?.givenUp === 'true'
}

/** What an attempt sent, or was about to send; null where it never came so far. */
export async function readKeptMessage(ctx: Pick<Ctx, 'env'>, attempt: Attempt): Promise<Message | null> {
  const object = await ctx.env.FILES.get(fileOf(attempt))
  if (!object || object.customMetadata?.givenUp === 'true') return null
  if (attempt.keptIn === null) return object.json<Message>()
  return (await object.json<Record<string, Message>>())[attempt.id] ?? null
}
