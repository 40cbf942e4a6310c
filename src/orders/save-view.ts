import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { idSchema, lineOfText, parse } from '../parse.ts'
import { err, invalid, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { deleteSavedView, insertSavedView, MAX_SAVED_VIEWS } from './saved-view-store.ts'

export const saveViewSchema = z.object({
  /** Made by the client: saving twice keeps one. */
  id: idSchema,
  name: lineOfText(40).min(1, 'Give the view a name.'),
  /** Filters and sort, as the list's URL has them behind its question mark. */
  query: lineOfText(2_000),
  shared: z.boolean(),
})
export type SaveViewInput = z.input<typeof saveViewSchema>

/** What a view that is saved twice has in common. */
const COMPARED = ['name', 'query', 'shared', 'ownerId'] as const

/**
 * Keeps a list of orders under a name, for oneself or for all staff; for all staff only by those who may change orders.
 * Fails with `invalid`, and with `sent_before` when this id kept another view.
 */
export async function saveView(ctx: Ctx, input: SaveViewInput): Promise<Result<void>> {
  const parsed = parse(saveViewSchema, input)
  if (!parsed.ok) return parsed
  const refused = refuse(ctx, parsed.value.shared ? 'orders.write' : 'orders.read')
  if (refused) return refused
  const view = { ...parsed.value, ownerId: ctx.actor.id, createdAt: ctx.now }
  const kept = await insertSavedView(ctx, view)
  if (!kept) return invalid('name', `You have ${MAX_SAVED_VIEWS} views. Remove one first.`)
  const isSame = COMPARED.every((name) => kept[name] === view[name])
  return isSame ? ok(undefined) : err({ reason: 'sent_before', order: null })
}

/** Removes one of one's own views or, for those who may share views, one that is for all staff. What is gone is fine. */
export async function removeView(ctx: Ctx, id: string): Promise<Result<void>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  if (!idSchema.safeParse(id).success) return err({ reason: 'not_found', what: 'view' })
  await deleteSavedView(ctx, id, { ownerId: ctx.actor.id, shared: refuse(ctx, 'orders.write') === null })
  return ok(undefined)
}
