import { dayOf } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { OrderFilter } from '../orders/order-filter.ts'
import { filteredRetailerQuery } from '../orders/order-list-store.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { fileNameOf, openFile } from './export-file.ts'
import { exportQuery, type ListedExport, recentExportsQuery } from './export-store.ts'

export const EXPORTS_PER_PAGE = 50

const notFound = err({ reason: 'not_found', what: 'export' })

/** What a page needs that offers to export a filter: the name of the retailer in it, if there is one. */
export async function readNewExport(
  ctx: Ctx,
  filter: OrderFilter,
): Promise<Result<{ frame: Frame; retailerName: string | null }>> {
  const refused = refuse(ctx, 'orders.export')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    filteredRetailerQuery(ctx.db, filter.retailerId ?? ''),
  ] as const)
  const [[retailer]] = results as unknown as [{ name: string }[]]
  return ok({ frame, retailerName: retailer?.name ?? null })
}

/** One export, for the page that shows how far it is. Fails with `not_found`, also once it is no longer kept. */
export async function readExport(
  ctx: Ctx,
  id: string,
): Promise<Result<{ frame: Frame; exported: ListedExport }>> {
  const refused = refuse(ctx, 'orders.export')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [exportQuery(ctx.db, id)] as const)
  const [exported] = results[0]
  return exported ? ok({ frame, exported }) : notFound
}

/** The exports that are kept, newest first; `before` is the number of the last one on the page before. */
export async function listExports(
  ctx: Ctx,
  before: number | null,
): Promise<Result<{ frame: Frame; rows: ListedExport[]; hasOlder: boolean }>> {
  const refused = refuse(ctx, 'orders.export')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [
    recentExportsQuery(ctx.db, before, EXPORTS_PER_PAGE + 1),
  ] as const)
  const [found] = results
  return ok({ frame, rows: found.slice(0, EXPORTS_PER_PAGE), hasOlder: found.length > EXPORTS_PER_PAGE })
}

/** The file of an export that is ready. Fails with `not_found` before that, and once it is no longer kept. */
export async function openExport(
  ctx: Ctx,
  id: string,
): Promise<Result<{ fileName: string; size: number; body: ReadableStream<Uint8Array> }>> {
  const refused = refuse(ctx, 'orders.export')
  if (refused) return refused
  const [[exported]] = await ctx.db.batch([exportQuery(ctx.db, id)])
  const file = exported?.status === 'ready' ? await openFile(ctx, id) : null
  if (!exported || !file) return notFound
  const { content, createdAt, timeZone } = exported
  return ok({
    ...{ fileName: fileNameOf(content, dayOf(createdAt, timeZone)), size: file.size, body: file.body },
  })
}
