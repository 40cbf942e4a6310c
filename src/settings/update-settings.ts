import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { emailOrNothing, lineOfText, parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { currencies, timeZones } from './choices.ts'
import { writeSettings } from './settings-store.ts'

/** Each of them is written to about every change that sends an e-mail. */
export const MAX_NOTIFICATION_EMAILS = 20

export const updateSettingsSchema = z.object({
  /** The revision that the form showed. */
  revision: z.int('Reload the page and try again.'),
  businessName: lineOfText(80).min(1, 'Enter the name of the business.'),
  currency: z.string().refine((code) => currencies().includes(code), 'Choose a currency.'),
  timeZone: z.string().refine((name) => timeZones().includes(name), 'Choose a time zone.'),
  replyTo: emailOrNothing(),
  notificationEmails: z.array(z.string()).transform(withoutRepetitions).check(areAddresses),
})
export type UpdateSettingsInput = z.input<typeof updateSettingsSchema>

/**
 * Changes the settings of the business. Another currency converts nothing: amounts are minor units of whatever
 * currency is set. Fails with `invalid` and, when somebody else saved something different since, with `conflict`.
 */
export async function updateSettings(ctx: Ctx, input: UpdateSettingsInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const parsed = parse(updateSettingsSchema, input)
  if (!parsed.ok) return parsed
  const { revision, ...values } = parsed.value
  const { updated, current } = await writeSettings(ctx, revision, values)
  if (updated) return ok(undefined)
  // The answer to the first try may have been lost: what was asked for is there.
  const { revision: newest, ...saved } = current
  const isSaved = JSON.stringify(saved) === JSON.stringify({ ...saved, ...values })
  return isSaved ? ok(undefined) : err({ reason: 'conflict', revision: newest })
}

/** Trimmed, without empty ones, each once whatever its case. */
function withoutRepetitions(addresses: string[]): string[] {
  const byKey = new Map<string, string>()
  for (const address of addresses) {
    const key = address.trim().toLowerCase()
    if (key !== '' && !byKey.has(key)) byKey.set(key, address.trim())
  }
  return [...byKey.values()]
}

function areAddresses({ value, issues }: z.core.ParsePayload<string[]>): void {
  const refuseWith = (message: string) => issues.push({ code: 'custom', input: value, message })
  if (value.length > MAX_NOTIFICATION_EMAILS) {
    refuseWith(`Enter at most ${MAX_NOTIFICATION_EMAILS} addresses.`)
    return
  }
  const wrong = value.find((address) => !emailOrNothing().safeParse(address).success)
  if (wrong !== undefined) {
    refuseWith(`“${wrong.slice(0, 60)}” is not an address like jo@shop.com. Write one on each line.`)
  }
}
