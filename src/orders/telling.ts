import { mailEventOf } from '../mail/mail-event.ts'
import type { CausedMail } from '../mail/outbox-store.ts'
import { recipientsOf } from '../mail/recipients.ts'
import type { Proposal } from './commit-change.ts'
import { changesBetween, type EventChanges } from './history.ts'
import { contactOf, type Order } from './order.ts'
import { type Statement, statementOf } from './statement.ts'

/** What is written down of a change, and who is told of it. */
export interface Telling {
  changes: EventChanges
  recipients: Omit<CausedMail, 'id'>[]
  statement: Statement
}

/** What a change that leads to `after` tells; `short` where missing units are promised, to be made. */
export function tellingOf(
  proposal: Omit<Proposal, 'changeId' | 'digest' | 'after' | 'comment' | 'allowShortage'>,
  after: Omit<Order, 'number'>,
  short: boolean,
): Telling {
  const { before, kind, email, settings, retailer } = proposal
  const event = mailEventOf(kind, before?.status ?? null, after.status)
  const contact = proposal.audience === 'business' ? null : contactOf(after, retailer)
  return {
    changes: changesOf(proposal, after, short),
    recipients: email
      ? recipientsOf(contact, settings.notificationEmails, event).map((one) => ({ ...one, event }))
      : [],
    statement: statementOf(after, retailer, settings.currency),
  }
}

function changesOf(
  { before, writeOff, answer, parties }: Pick<Proposal, 'before' | 'writeOff' | 'answer' | 'parties'>,
  after: Omit<Order, 'number'>,
  short: boolean,
): EventChanges {
  const changes = changesBetween(before, after)
  if (parties) changes.retailer = parties
  if (short) changes.toBeMade = true
  if (answer) changes.answer = answer
  const goodsReturn = before?.status === 'shipped' && after.status === 'canceled'
  if (goodsReturn || (after.voided && !before?.voided)) {
    changes.goods = writeOff ? 'written_off' : 'came_back'
  }
  return changes
}
