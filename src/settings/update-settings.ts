import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { lineOfText } from '../parse.ts'
import type { Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { isAccentColor } from './accent.ts'
import { currencies, timeZones } from './choices.ts'
import { saveSettings } from './save-settings.ts'

export const updateSettingsSchema = z.object({
  /** The revision that the form showed. */
  revision: z.int('Reload the page and try again.'),
  businessName: lineOfText(80).min(1, 'Enter the name of the business.'),
  currency: z.string().refine((code) => currencies().includes(code), 'Choose a currency.'),
  timeZone: z.string().refine((name) => timeZones().includes(name), 'Choose a time zone.'),
  accentColor: lineOfText(20)
    .refine((color) => color === '' || isAccentColor(color), 'Enter a colour like #0b5d56, or nothing.')
    .transform((color) => color.toLowerCase()),
})
export type UpdateSettingsInput = z.input<typeof updateSettingsSchema>

/**
 * Changes what the business is called, in what it counts and its colour. Another currency converts nothing: amounts
 * are minor units of whatever currency is set. Fails as `saveSettings` does.
 */
export async function updateSettings(ctx: Ctx, input: UpdateSettingsInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  return saveSettings(ctx, updateSettingsSchema, input)
}
