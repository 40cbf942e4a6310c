import type { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { type Settings, writeSettings } from './settings-store.ts'

type Values = Partial<Omit<Settings, 'revision'>>

/**
 * Saves a part of the settings, whose schema also takes the `revision` that the form showed. Fails with `invalid`
 * and, when somebody else saved something different since, with `conflict`.
 */
export async function saveSettings(
  ctx: Ctx,
  schema: z.ZodType<Values & { revision: number }>,
  input: unknown,
): Promise<Result<void>> {
  const parsed = parse(schema, input)
  if (!parsed.ok) return parsed
  const { revision, ...values } = parsed.value
  const { updated, current } = await writeSettings(ctx, revision, values)
  if (updated) return ok(undefined)
  // The answer to the first try may have been lost: what was asked for is there.
  const isSaved = JSON.stringify(current) === JSON.stringify({ ...current, ...values })
  return isSaved ? ok(undefined) : err({ reason: 'conflict', revision: current.revision })
}
