import { and, eq, or, type Placeholder, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { savedViews } from '../db/schema.ts'

export type SavedView = typeof savedViews.$inferSelect

/** As many as one person keeps apart; also the bound of what a list page reads. */
export const MAX_SAVED_VIEWS = 30

/** The views that a person sees: their own and those for all staff, by name; as one value, for `viewsFrom`. */
export const savedViewsOf = (ownerId: Placeholder) => sql<string>`(
  SELECT json_group_array(json_object('id', id, 'name', name, 'query', query, 'ownerId', owner_id,
    'shared', json(iif(shared, 'true', 'false')), 'createdAt', created_at))
  FROM (SELECT * FROM saved_views WHERE shared = 1 OR (owner_id = ${ownerId} AND shared = 0)
    ORDER BY name LIMIT ${sql.raw(String(2 * MAX_SAVED_VIEWS))}))`

export const viewsFrom = (json: string) => JSON.parse(json) as SavedView[]

/** Inserts a view unless its id is there, and answers what has the id now: null where its owner has as many as may be. */
export async function insertSavedView(ctx: Ctx, view: SavedView): Promise<SavedView | null> {
  const { db } = ctx
  const { id, name, query, ownerId, shared, createdAt } = view
  const [, kept] = await db.batch([
    db.statement(sql`INSERT INTO saved_views (id, name, query, owner_id, shared, created_at)
      SELECT ${id}, ${name}, ${query}, ${ownerId}, ${shared ? 1 : 0}, ${createdAt}
      WHERE (SELECT COUNT(*) FROM (SELECT 1 FROM saved_views WHERE owner_id = ${ownerId} LIMIT ${MAX_SAVED_VIEWS})) < ${MAX_SAVED_VIEWS}
      ON CONFLICT DO NOTHING`),
    db.sql.select().from(savedViews).where(eq(savedViews.id, id)),
  ])
  return kept[0] ?? null
}

/** Deletes a view of this owner, or where `shared` says so one that is for all. */
export async function deleteSavedView(
  ctx: Ctx,
  id: string,
  { ownerId, shared }: { ownerId: string; shared: boolean },
): Promise<void> {
  await ctx.db.batch([
    ctx.db.sql
      .delete(savedViews)
      .where(
        and(
          eq(savedViews.id, id),
          or(eq(savedViews.ownerId, ownerId), shared ? eq(savedViews.shared, true) : undefined),
        ),
      ),
  ])
}
