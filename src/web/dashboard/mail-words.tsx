import type { MailStatus } from '../../mail/mail-store.ts'
import { Pill, type Tone } from '../ui/pill.tsx'

export const MAIL_STATUS_WORDS: Record<MailStatus, string> = {
  queued: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  captured: 'Captured',
  failed: 'Failed',
  unknown: 'Unknown',
  delivered: 'Delivered',
  bounced: 'Bounced',
}

const MAIL_TONES: Record<MailStatus, Tone> = {
  queued: 'grey',
  sending: 'blue',
  sent: 'green',
  captured: 'violet',
  failed: 'red',
  unknown: 'amber',
  delivered: 'green',
  bounced: 'red',
}

/** What became of an e-mail, in its fixed tone. */
export const MailStatusPill = ({ status }: { status: MailStatus }) => (
  <Pill tone={MAIL_TONES[status]}>{MAIL_STATUS_WORDS[status]}</Pill>
)
