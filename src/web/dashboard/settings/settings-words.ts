import { notificationEmailsFrom } from '../../../settings/notification-emails.ts'
import type { RecordWords } from '../changes/changes-card.tsx'
import {
  asMinimum,
  asPicture,
  asRate,
  asYesOrNo,
  type KeptValue,
  type Sides,
} from '../changes/value-words.ts'
import { rowWords } from './mail-form.tsx'
import { LABELS as PORTAL_LABELS } from './portal-form.tsx'

/** How the business's own fields are called, in its form and among the changes. */
export const BUSINESS_LABELS = {
  businessName: 'Business name',
  currency: 'Currency',
  timeZone: 'Time zone',
  accentColor: 'Accent colour',
}

/** How the changes of the settings are told. */
export const settingsWords = (currency: string): RecordWords => ({
  labels: {
    ...{ ...BUSINESS_LABELS, logo: 'Logo' },
    ...{ replyTo: 'Reply-to address', notificationEmails: 'Notification e-mails', ...PORTAL_LABELS },
  },
  sides: {
    ...{ logo: asPicture, notificationEmails: asAddresses, minimumOrder: asMinimum(currency) },
    ...{ newShopsOpen: asYesOrNo, newShopsRate: asRate },
  },
})

/** Of a list, what is on one side only; all of it where only the order is another. */
const asAddresses: Sides = (from, to) => {
  const [before, after] = [addressesIn(from), addressesIn(to)]
  const gone = before.filter((address) => !after.includes(address))
  const come = after.filter((address) => !before.includes(address))
  const isReordered = gone.length === 0 && come.length === 0
  const [left, right] = isReordered ? [before, after] : [gone, come]
  return [left.join(', ') || 'none', right.join(', ') || 'none']
}

const addressesIn = (stored: KeptValue) =>
  notificationEmailsFrom(JSON.parse(String(stored))).map((one) => rowWords([one]))
