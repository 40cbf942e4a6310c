import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writeNewShopsLinkVersion } from './portal-settings-store.ts'

export const replaceNewShopsLinkSchema = z.object({
  /** Of the link that the form showed: the same form twice replaces one link once. */
  version: z.int('Reload the page and try again.').min(1),
})
export type ReplaceNewShopsLinkInput = z.input<typeof replaceNewShopsLinkSchema>

/** Makes a new general link for shops that are no retailers yet; those made before open nothing from then on. */
export async function replaceNewShopsLink(ctx: Ctx, input: ReplaceNewShopsLinkInput): Promise<Result<void>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const parsed = parse(replaceNewShopsLinkSchema, input)
  if (!parsed.ok) return parsed
  const { version } = parsed.value
  const current = await writeNewShopsLinkVersion(ctx, version)
  return current > version ? ok(undefined) : invalid('version', 'Reload the page and try again.')
}
