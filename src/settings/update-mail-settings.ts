import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { MAIL_EVENTS } from '../mail/mail-event.ts'
import type { NotificationEmail } from '../mail/recipients.ts'
import { emailOrNothing } from '../parse.ts'
import type { Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { saveSettings } from './save-settings.ts'

/** Each of them is written to about every change that it wants to be told of. */
export const MAX_NOTIFICATION_EMAILS = 20

const notificationEmail = z.object({ email: emailOrNothing(), events: z.array(z.enum(MAIL_EVENTS)) })

export const updateMailSettingsSchema = z.object({
  /** The revision that the form showed. */
  revision: z.int('Reload the page and try again.'),
  replyTo: emailOrNothing(),
  /** Those without an address are left out. */
  notificationEmails: z
    .array(notificationEmail)
    .check(areApart)
    .transform((rows) => rows.filter(({ email }) => email !== '').map(inOrder)),
})
export type UpdateMailSettingsInput = z.input<typeof updateMailSettingsSchema>

/** Changes where answers go, and who in the business is told of what. Fails as `saveSettings` does. */
export async function updateMailSettings(ctx: Ctx, input: UpdateMailSettingsInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  return saveSettings(ctx, updateMailSettingsSchema, input)
}

function areApart({ value, issues }: z.core.ParsePayload<NotificationEmail[]>): void {
  const refuseRow = (path: (string | number)[], message: string) =>
    issues.push({ code: 'custom', input: value, message, path })
  const seen = new Set<string>()
  for (const [index, { email, events }] of value.entries()) {
    if (email === '') continue
    const key = email.toLowerCase()
    if (seen.has(key)) refuseRow([index, 'email'], 'This address is there twice. Keep one of them.')
    else if (seen.size === MAX_NOTIFICATION_EMAILS) {
      refuseRow([index, 'email'], `Keep at most ${MAX_NOTIFICATION_EMAILS} addresses.`)
    } else if (events.length === 0) {
      refuseRow([index, 'events'], 'Choose what it is told of, or empty the address.')
    }
    seen.add(key)
  }
}

/** The events in one order, each once. */
const inOrder = ({ email, events }: NotificationEmail): NotificationEmail => ({
  ...{ email, events: MAIL_EVENTS.filter((event) => events.includes(event)) },
})
