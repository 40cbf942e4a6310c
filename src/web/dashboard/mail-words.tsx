import type { MailRow, MailStatus } from '../../mail/mail-store.ts'
import { routes } from '../../routes.ts'
import { pill, type Tone } from '../ui/pill.tsx'

export const MAIL_STATUS_WORDS: Record<MailStatus, string> = {
  queued: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  captured: 'Captured',
  delivered: 'Delivered',
  bounced: 'Bounced',
  complained: 'Complaint',
  failed: 'Failed',
  unknown: 'Unknown',
}

const MAIL_TONES: Record<MailStatus, Tone> = {
  queued: 'grey',
  sending: 'blue',
  sent: 'green',
  captured: 'violet',
  delivered: 'green',
  bounced: 'red',
  complained: 'red',
  failed: 'red',
  unknown: 'amber',
}

/** What became of an e-mail, in its fixed tone. */
export const MailStatusPill = ({ status }: { status: MailStatus }) =>
  pill(MAIL_TONES[status], MAIL_STATUS_WORDS[status])

/** Whether staff may have an e-mail sent once more: not what is on its way, arrived, or is unwanted. */
export function canSendAgain(status: MailStatus): boolean {
  return status === 'failed' || status === 'unknown' || status === 'bounced'
}

/** Several things that are said of an e-mail, in one line; the full stop of a sentence within it goes. */
export function notesLine(notes: (string | false | null)[]): string {
  const said = notes.filter((note) => typeof note === 'string' && note !== '') as string[]
  return said.length > 1 ? said.map((note) => note.replace(/\.$/, '')).join(' · ') : (said[0] ?? '')
}

/** What an e-mail is about, in words: "order 1042". */
export function subjectOf({
  orderNumber,
  retailerName,
}: Pick<MailRow, 'orderNumber' | 'retailerName'>): string {
  return orderNumber === null ? `the portal of ${retailerName}` : `order ${orderNumber}`
}

/** Pixels in which a message is seen as a whole, up to a limit: its HTML takes at most 32 for a line of plain text. */
export const frameHeight = (text: string) => Math.min(32 * text.split('\n').length, 2400)

/** The page of what an e-mail is about. */
export function subjectHref({
  orderNumber,
  retailerId,
}: Pick<MailRow, 'orderNumber' | 'retailerId'>): string {
  return orderNumber === null ? routes.retailer(retailerId ?? '') : routes.order(orderNumber)
}
