import type { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { replacementSchema, replacePicture } from '../pictures/replace-picture.ts'
import type { Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { writeLogo } from './logo-store.ts'

export type SetLogoInput = z.input<typeof replacementSchema>

/**
 * Gives the business this logo, or none when `file` is null. One that was replaced stays where it is, since e-mails that
 * were sent show it; one that was removed is deleted. Fails as `replacePicture` does.
 */
export async function setLogo(ctx: Ctx, input: SetLogoInput, file: Blob | null): Promise<Result<void>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const parsed = parse(replacementSchema, input)
  if (!parsed.ok) return parsed
  const { seen } = parsed.value
  const replacement = { ...parsed.value, file, shape: 'logo', of: 'business', keepsReplaced: true } as const
  return replacePicture(ctx, replacement, (logo) => writeLogo(ctx, seen, logo))
}
