import type { Ctx } from '../context.ts'
import { err, ok, type Result, type Shortage } from '../result.ts'
import { type Claim, type PrepareAnswer, type PrepareRequest, sameClaim } from './ledger.ts'
import type { ProductStock } from './product-stock.ts'
import { decideAttempts } from './stock-store.ts'

// The reservation protocol over many products (ARCHITECTURE §2): prepare everywhere, let one D1 batch decide,
// then settle or discard. One writer's crash between any two steps is cleaned up by the objects' alarms. Settling and
// discarding run after the answer, so the meter of the request leaves them out.

/** How often a prepare is tried against an object that holds another attempt, or whose answer got lost. */
const PREPARE_TRIES = 4
/** How long an attempt that has to wait for another does so, times the tries: longer than a change usually takes. */
const WAIT_MILLISECONDS = 100

/** What one attempt changes at one product. */
export interface ClaimChange {
  productId: string
  held: Claim
  claim: Claim
  writeOff: number
}

/** One attempt at a change of an order, over all products whose claim changes. */
export interface Attempt {
  orderId: string
  attempt: string
  revision: number
  basis: string | null
  allowShortage: boolean
  finished: boolean
  claims: ClaimChange[]
}

const nothing: Claim = { reserved: 0, shipped: 0 }

/** The products at which two demands differ, or at which goods are written off. */
export function claimChanges(
  held: Map<string, Claim>,
  wanted: Map<string, Claim>,
  { writeOff, finishes }: { writeOff: boolean; finishes: boolean },
): ClaimChange[] {
  const changes: ClaimChange[] = []
  for (const productId of new Set([...held.keys(), ...wanted.keys()])) {
    const before = held.get(productId) ?? nothing
    const claim = wanted.get(productId) ?? nothing
    const lost = writeOff ? Math.max(0, before.shipped - claim.shipped) : 0
    if (finishes || !sameClaim(before, claim))
      changes.push({ productId, held: before, claim, writeOff: lost })
  }
  return changes
}

/** The object that holds a product's stock, for one call, which is counted where a session is given. */
export function stockOf(
  ctx: Pick<Ctx, 'env'> & Partial<Pick<Ctx, 'db'>>,
  productId: string,
): DurableObjectStub<ProductStock> {
  if (ctx.db) ctx.db.meter.objectCalls++
  return ctx.env.PRODUCT_STOCK.get(ctx.env.PRODUCT_STOCK.idFromName(productId))
}

/**
 * Prepares an attempt at every product, in parallel. Fails with `shortage` naming every short product, `conflict`
 * when a later change of the order is already settled, `unavailable` when an object did not answer. After a failure
 * nothing stays set aside: what was prepared is discarded after the answer. A success says whether more was promised
 * than there is.
 */
export async function prepareAll(ctx: Ctx, attempt: Attempt): Promise<Result<{ short: boolean }>> {
  const answers = await Promise.all(
    attempt.claims.map(async (change) => ({ change, answer: await prepareOne(ctx, attempt, change) })),
  )
  const shortages: Shortage[] = []
  let answer: Result<{ short: boolean }> = ok({
    short: answers.some(({ answer }) => answer.kind === 'prepared' && answer.short),
  })
  for (const { change, answer: said } of answers) {
    if (said.kind === 'shortage') {
      const { available, wanted, missing } = said
      shortages.push({ productId: change.productId, available, wanted, missing })
    } else if (said.kind === 'unreachable') {
      answer = err({ reason: 'unavailable' })
    } else if (said.kind !== 'prepared' && answer.ok) {
      answer = err({ reason: 'conflict', revision: attempt.revision })
    }
  }
  if (answer.ok && shortages.length > 0) answer = err({ reason: 'shortage', shortages })
  if (!answer.ok) ctx.later(discardAll(ctx, attempt))
  return answer
}

/** Tells every object that the attempt was committed. What does not hear it asks D1 by itself. */
export async function settleAll({ env }: Ctx, { claims, orderId, attempt }: Attempt): Promise<void> {
  await Promise.allSettled(
    claims.map(({ productId }) => stockOf({ env }, productId).settle(orderId, attempt)),
  )
}

/** Tells every object that the attempt certainly did not happen. */
export async function discardAll({ env }: Ctx, { claims, orderId, attempt }: Attempt): Promise<void> {
  await Promise.allSettled(
    claims.map(({ productId }) => stockOf({ env }, productId).discard(orderId, attempt)),
  )
}

async function prepareOne(
  ctx: Ctx,
  attempt: Attempt,
  change: ClaimChange,
): Promise<PrepareAnswer | { kind: 'unreachable' }> {
  const { orderId, revision, basis, allowShortage, finished } = attempt
  const { productId, claim, held, writeOff } = change
  const request: PrepareRequest = {
    ...{ orderId, attempt: attempt.attempt, revision, basis, allowShortage, finished },
    ...{ claim, held, writeOff, at: ctx.now, actor: ctx.actor },
  }
  for (let tries = 1; ; tries++) {
    try {
      const answer = await stockOf(ctx, productId).prepare(productId, request)
      if (answer.kind !== 'busy' || tries === PREPARE_TRIES) return answer
      if (mustWait(attempt.attempt, answer.attempt, tries)) await waitFor(tries * WAIT_MILLISECONDS)
      else await clearStanding(ctx, productId, orderId, answer.attempt)
    } catch {
      // Whether it was prepared is unknown, but preparing is idempotent by attempt: ask again.
      if (tries === PREPARE_TRIES) return { kind: 'unreachable' }
    }
  }
}

/**
 * Of two attempts at one order that meet, the later in the alphabet waits and the other goes on, so that they never
 * abandon each other. What waits in vain goes on too: whoever stands in its way may have crashed.
 */
function mustWait(attempt: string, standing: string, tries: number): boolean {
  return attempt > standing && tries < PREPARE_TRIES - 1
}

const waitFor = (milliseconds: number) => new Promise((waited) => setTimeout(waited, milliseconds))

/** Finds out what became of an attempt that stands in the way, which makes its fate definite, and clears it. */
async function clearStanding(ctx: Ctx, productId: string, orderId: string, attempt: string): Promise<void> {
  const fate = (await decideAttempts(ctx.db, [attempt], ctx.now)).get(attempt)
  const object = stockOf(ctx, productId)
  if (fate === 'commit') await object.settle(orderId, attempt)
  else await object.discard(orderId, attempt)
}
