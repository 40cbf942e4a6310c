import type { Ctx } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import { refuse } from '../staff/permissions.ts'
import { setArchived } from './product-store.ts'

/**
 * Takes a product out of sale, or brings it back. Orders that have it keep it, and so does its stock. Doing it again
 * changes nothing. Fails with `not_found`.
 */
export async function archiveProduct(
  ctx: Ctx,
  { id, archived }: { id: string; archived: boolean },
): Promise<Result<void>> {
  const refused = refuse(ctx, 'products.write')
  if (refused) return refused
  return (await setArchived(ctx, id, archived))
    ? ok(undefined)
    : err({ reason: 'not_found', what: 'product' })
}
