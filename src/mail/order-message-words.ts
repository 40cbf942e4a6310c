import { formatMoney } from '../money.ts'
import { numberWords } from '../number-words.ts'
import { FIELD_WORDS, valueWords } from '../orders/field-words.ts'
import type { ChangedField, LineChange } from '../orders/history.ts'
import type { Statement } from '../orders/statement.ts'
import { recogniseTracking } from '../orders/tracking.ts'
import type { OrderMessageInput } from './order-message.ts'
import { httpsLink } from './order-message-facts.ts'
import { STORIES, type Story, storyOf } from './order-message-story.ts'

/** What a message says beside the statement. */
export interface Wording {
  /** What happened, in two or three words. */
  title: string
  greeting: string
  /** What happened, as a sentence. */
  intro: string
  action: { words: string; href: URL } | null
  /** What changed besides, one line each: "Line items: Mug, 24 → 30". */
  changes: string[]
  /** What stands in the list of a mailbox below the subject. */
  preheader: string
}

/** A longer list says less than the statement below it. */
const MAX_CHANGES = 20

/** Whether stock is set aside is the maker's own affair; the others stand among the facts, and large in the title. */
const UNTOLD: ChangedField[] = ['pull', 'status', 'trackingNumber', 'invoiceLink']

export function wordingOf(input: OrderMessageInput): Wording {
  const { audience, number, statement, comment } = input
  const { contactName, retailerName, trackingNumber } = statement
  const story = storyOf(input)
  const { title, intro, told } = STORIES[story]
  const carrier = story === 'shipped' ? recogniseTracking(trackingNumber)?.carrier : undefined
  const name = contactName || retailerName
  const order = `Order #${number}${retailerName === '' ? '' : ` of ${retailerName}`}`
  const toRetailer = [
    carrier ? `Your order is on its way with ${carrier}.` : intro,
    story === 'declined' && comment !== '' ? 'This is why:' : '',
  ]
  return {
    title,
    greeting: audience === 'retailer' && name !== '' ? `Hello ${name},` : 'Hello,',
    intro: audience === 'retailer' ? toRetailer.filter(Boolean).join(' ') : `${order} ${told}`,
    action: actionOf(input, story),
    changes: changesOf(input),
    preheader: preheaderOf(input, title),
  }
}

/** What the reader may want to do next: staff at their desk, the retailer with what is new. */
function actionOf({ audience, number, desk, statement }: OrderMessageInput, story: Story): Wording['action'] {
  if (audience === 'business') return desk && { words: `Open order #${number}`, href: desk }
  if (story === 'invoice') {
    const href = httpsLink(statement.invoiceLink)
    return href && { words: 'Open the invoice', href }
  }
  if (story !== 'shipped' && story !== 'tracking') return null
  const tracking = recogniseTracking(statement.trackingNumber)
  return tracking && { words: `Track with ${tracking.carrier}`, href: new URL(tracking.href) }
}

function changesOf({ changes, statement: { currency } }: OrderMessageInput): string[] {
  const fields = changes.fields
    .filter(({ field }) => !UNTOLD.includes(field))
    .map(
      ({ field, from, to }) =>
        `${FIELD_WORDS[field]}: ${valueWords(field, from, currency)} → ${valueWords(field, to, currency)}`,
    )
  const all = [...fields, ...changes.lines.map((line) => `${line.name}: ${lineWords(line, currency)}`)]
  if (all.length <= MAX_CHANGES) return all
  return [...all.slice(0, MAX_CHANGES), `and ${all.length - MAX_CHANGES} more changes`]
}

function lineWords({ from, to }: LineChange, currency: string): string {
  if (!to) return 'removed'
  if (!from) return `added, ${to.quantity} at ${formatMoney(to.unitPrice, currency)}`
  const words: string[] = []
  if (from.quantity !== to.quantity) words.push(`${from.quantity} → ${to.quantity}`)
  if (from.unitPrice !== to.unitPrice) {
    words.push(`price ${formatMoney(from.unitPrice, currency)} → ${formatMoney(to.unitPrice, currency)}`)
  }
  return words.join(', ')
}

function preheaderOf({ statement }: OrderMessageInput, title: string): string {
  const { lines, totals } = statement
  const items = `${lines.length} line ${lines.length === 1 ? 'item' : 'items'}`
  const pieces = `${numberWords(totals.pieces)} ${totals.pieces === 1 ? 'piece' : 'pieces'}`
  return `${title}: ${[items, pieces, amountWords(statement)].filter(Boolean).join(', ')}`
}

/** What there is to pay, as far as there is anything: '' for an order that does not happen. */
function amountWords({ type, status, paymentStatus, totals, currency }: Statement): string {
  if (status === 'canceled') return ''
  if (type === 'consignment') return `${formatMoney(totals.netTotal, currency)} if all sold`
  return `${formatMoney(totals.amountDue, currency)} ${paymentStatus === 'paid_in_full' ? 'paid' : 'due'}`
}
