import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import { senderOf } from './brand.ts'
import { keepMessages } from './kept-message.ts'
import { type MailPort, type Message, mailPort, type Outcome } from './mail-port.ts'
import { messageFor } from './message.ts'
import { type Claim, type ClaimedMail, claimMails, type MailGroup, settleMails } from './outbox-store.ts'
import { type Settled, settle } from './outcome.ts'
import { portalLinkOf } from './portal-link.ts'
import { portalLinkMessage } from './portal-link-message.ts'

/** A Worker has six connections at a time; more would wait, with their time-outs running. */
const SENDS_AT_ONCE = 6
/** Longer than a full batch takes when every send runs into its time-out. */
const LEASE_MS = 10 * 60_000
/** Tries to write what became of the attempts; when all fail, the sweep finds their rows as unknown. */
const SETTLE_TRIES = 3

/**
 * Sends those of the messages that are queued and due (DOMAIN.md §7), each once: claims them together with what they
 * tell of, sends, and writes what became of them, in two D1 round trips. Throws when D1 does not answer; what was
 * claimed by then is found by the sweep.
 */
export async function deliverMails(ctx: Ctx, mailIds: string[], port = mailPort(ctx.env)): Promise<void> {
  const groups = groupsOf(ctx, mailIds)
  const [claim, unreachable] = await Promise.all([claimMails(ctx, groups, LEASE_MS), port.unreachable()])
  if (claim.mails.length === 0) return
  const write = writerOf(ctx, claim, port.from)
  const settled: Settled[] = []
  for (const { keptIn } of groups) {
    const mails = claim.mails.filter((mail) => mail.keptIn === keptIn)
    const outcomes: Outcomes = unreachable
      ? mails.map((mail) => [mail, { kind: 'retry', reason: unreachable }])
      : await attemptTogether(ctx, port, mails, write)
    settled.push(...outcomes.map(([mail, outcome]) => settle(mail, outcome, ctx.now)))
  }
  await settleAll(ctx, settled)
}

/** Those that are sent at the same time; as many may end up unknown where a sender dies. */
function groupsOf(ctx: Ctx, mailIds: string[]): MailGroup[] {
  return Array.from({ length: Math.ceil(mailIds.length / SENDS_AT_ONCE) }, (_, index) => ({
    keptIn: ctx.newId(),
    ids: mailIds.slice(index * SENDS_AT_ONCE, (index + 1) * SENDS_AT_ONCE),
  }))
}

type Outcomes = [ClaimedMail, Outcome][]

/** One attempt for each of a group, without those that were given up meanwhile. Never throws: the others go on. */
async function attemptTogether(
  ctx: Ctx,
  port: MailPort,
  mails: ClaimedMail[],
  write: Writer,
): Promise<Outcomes> {
  const outcomes: Outcomes = []
  const messages: [ClaimedMail, Message][] = []
  for (const mail of mails) {
    try {
      const written = await write(mail)
      if ('refused' in written) outcomes.push([mail, { kind: 'refused', reason: written.refused }])
      else messages.push([mail, { ...written, to: mail.recipient }])
    } catch (error) {
      outcomes.push([mail, failed(mail, error, false)])
    }
  }
  if (messages.length === 0) return outcomes
  try {
    const byId = Object.fromEntries(messages.map(([{ id }, message]) => [id, message]))
    if (!(await keepMessages(ctx, mails[0]!.keptIn, byId))) return outcomes
  } catch (error) {
    return [...outcomes, ...messages.map(([mail]): Outcomes[number] => [mail, failed(mail, error, false)])]
  }
  const sent = messages.map(async ([mail, message]): Promise<Outcomes[number]> => {
    const outcome = await port.send(message, mail.id).catch((error) => failed(mail, error, true))
    return [mail, outcome]
  })
  return [...outcomes, ...(await Promise.all(sent))]
}

function failed({ id }: ClaimedMail, error: unknown, handedOver: boolean): Outcome {
  console.error(
    JSON.stringify({ event: 'mail.attempt_failed', mail: id, handedOver, message: messageOf(error) }),
  )
  return handedOver
    ? { kind: 'unknown', reason: 'Sending broke off. It may have arrived.' }
    : { kind: 'retry', reason: 'The message could not be written or kept.' }
}

/** Writes a message, but for its recipient; or says why it is not to be sent any more. */
type Writer = (mail: ClaimedMail) => Promise<Omit<Message, 'to'> | { refused: string }>

/** Messages by mail; those to several recipients of one kind about one change are written once. */
function writerOf({ env }: Ctx, claim: Claim, from: string): Writer {
  const { events, retailers } = claim
  const sender = senderOf(env, claim.settings, from)
  const written = new Map<string, Omit<Message, 'to'>>()
  const write: Record<ClaimedMail['kind'], Writer> = {
    order: async ({ orderId, revision, audience }) => {
      const key = `${orderId} ${revision} ${audience}`
      const event = events.find((event) => event.orderId === orderId && event.revision === revision)
      const message = written.get(key) ?? messageFor(event!, audience, sender)
      written.set(key, message)
      return message
    },
    portal_link: async ({ retailerId }) => {
      const retailer = retailers.find(({ id }) => id === retailerId)!
      const link = await portalLinkOf(env, retailer)
      return link instanceof URL ? portalLinkMessage(retailer, link, sender) : link
    },
  }
  return (mail) => write[mail.kind](mail)
}

async function settleAll(ctx: Ctx, settled: Settled[]): Promise<void> {
  if (settled.length === 0) return
  for (let tries = 1; ; tries++) {
    try {
      return await settleMails(ctx, settled)
    } catch (error) {
      if (tries === SETTLE_TRIES) throw error
    }
  }
}
