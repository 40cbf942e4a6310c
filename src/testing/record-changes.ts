import { env } from 'cloudflare:workers'

/** What the record has of a product, a retailer or the settings (id '1'), the oldest first. */
export async function changesOf(subject: 'product' | 'retailer' | 'settings', id: string) {
  const { results } = await env.DB.prepare(
    'SELECT at, actor, before, after FROM record_changes WHERE subject = ? AND subject_id = ? ORDER BY number',
  )
    .bind(subject, id)
    .all<{ at: number; actor: string | null; before: string | null; after: string }>()
  return results.map(({ at, actor, before, after }) => ({
    ...{ at, actor: actor && JSON.parse(actor), before: before && JSON.parse(before) },
    after: JSON.parse(after),
  }))
}
