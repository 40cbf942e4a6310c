import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../context.ts'
import { exportKeptOrders, exports } from '../db/schema.ts'

/** An export with everything that a step of the work needs. */
export type Export = typeof exports.$inferSelect

/**
 * Takes an export to work on it until `leaseUntil`; null when there is nothing to do or somebody else is at it. The
 * lease only saves work: what keeps the file right is that only the newest claim may write a step down.
 */
export async function claimExport(ctx: Ctx, id: string, leaseUntil: number): Promise<Export | null> {
  const [claimed] = await ctx.db.batch([
    ctx.db.sql
      .update(exports)
      .set({ leaseUntil, claims: sql`${exports.claims} + 1`, attempts: sql`${exports.attempts} + 1` })
      .where(and(eq(exports.id, id), eq(exports.status, 'writing'), sql`${exports.leaseUntil} < ${ctx.now}`))
      .returning(),
  ])
  return claimed[0] ?? null
}

/** Lets others work on it at once. */
export async function releaseExport(ctx: Ctx, { id, claims }: Export): Promise<void> {
  await ctx.db.batch([ctx.db.sql.update(exports).set({ leaseUntil: 0 }).where(isClaimedAs(id, claims))])
}

/** Notes the upload that the file grows in; false when a newer claim has come between. */
export async function saveUpload(ctx: Ctx, { id, claims }: Export, uploadId: string): Promise<boolean> {
  const [saved] = await ctx.db.batch([
    ctx.db.sql.update(exports).set({ uploadId }).where(isClaimedAs(id, claims)).returning({ id: exports.id }),
  ])
  return saved.length > 0
}

/** Where the file ends now. */
export type Progress = Pick<Export, 'position' | 'carry' | 'rows' | 'bytes' | 'parts'>

/** Notes a part that was uploaded; null when a newer claim has come between, and then the part does not count. */
export async function savePart(ctx: Ctx, { id, claims }: Export, progress: Progress): Promise<Export | null> {
  const [saved] = await ctx.db.batch([
    ctx.db.sql
      .update(exports)
      .set({ ...progress, attempts: 0, leaseUntil: 0, updatedAt: ctx.now })
      .where(isClaimedAs(id, claims))
      .returning(),
  ])
  return saved[0] ?? null
}

/** The file is there: the old versions of orders that were kept for it can go. */
export async function saveReady(ctx: Ctx, { id, number }: Export): Promise<void> {
  await end(
    ctx,
    number,
    { status: 'ready', uploadId: null },
    and(eq(exports.id, id), eq(exports.position, 0)),
  )
}

/** Ends an export that cannot go on. */
export async function failExport(ctx: Ctx, id: string): Promise<void> {
  await end(ctx, sql`(SELECT number FROM exports WHERE id = ${id})`, { status: 'failed' }, eq(exports.id, id))
}

async function end(
  ctx: Ctx,
  number: number | SQL,
  set: Partial<Export>,
  where: SQL | undefined,
): Promise<void> {
  await ctx.db.batch([
    ctx.db.sql
      .update(exports)
      .set({ ...set, carry: new Uint8Array(), leaseUntil: 0, updatedAt: ctx.now })
      .where(and(where, eq(exports.status, 'writing'))),
    ctx.db.sql
      .delete(exportKeptOrders)
      .where(
        and(
          sql`${exportKeptOrders.export} = ${number}`,
          sql`(SELECT status <> 'writing' FROM exports WHERE number = ${number})`,
        ),
      ),
  ])
}

/** What became of an export; null when it does not exist. */
export async function readStatus(ctx: Ctx, id: string) {
  const [rows] = await ctx.db.batch([
    ctx.db.sql.select({ status: exports.status }).from(exports).where(eq(exports.id, id)),
  ])
  return rows[0]?.status ?? null
}

function isClaimedAs(id: string, claims: number) {
  return and(eq(exports.id, id), eq(exports.status, 'writing'), eq(exports.claims, claims))
}
