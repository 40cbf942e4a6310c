import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'
import { giveWay } from '../give-way.ts'
import { countStock } from './count-stock.ts'
import { enqueueImport } from './enqueue.ts'
import { isWorking } from './import.ts'
import { discardFiles } from './import-files.ts'
import { claimImport, failImport, readPlace, releaseImport } from './import-step-store.ts'
import type { Import } from './import-store.ts'
import { readRows } from './read-rows.ts'
import { takeChunk } from './take-chunk.ts'

/** Longer than the work of one message takes. */
const LEASE_SECONDS = 120
/** A message may make 1,000 calls, and one more step takes at most some 210. */
const CALLS_PER_MESSAGE = 500
/** Reading a chunk, looking up its rows, and writing it down. */
const CALLS_PER_CHUNK = 3
/** Tries without a step forward, over all deliveries, until an import is given up. */
const MAX_ATTEMPTS = 10

const GIVEN_UP =
  'The import stopped because of a fault. Rows before that are done. Upload the file again to do the rest: ' +
  'what is already as in the file stays as it is.'

/**
 * Works on an import for one message: reads it, or takes some chunks, and puts it on the queue again if there is
 * more. `busy` means that somebody else is at it or has left it lying: try again later. Throws when a part does not
 * answer; the same message again goes on where this one stopped.
 */
export async function continueImport(ctx: Ctx, id: string): Promise<'more' | 'done' | 'busy'> {
  const claimed = await claimImport(ctx, id, ctx.now + LEASE_SECONDS * 1000)
  if (!claimed) return isWorking((await readPlace(ctx, id))?.status ?? 'failed') ? 'busy' : 'done'
  if (claimed.attempts > MAX_ATTEMPTS) {
    await failImport(ctx, id, GIVEN_UP)
    return 'done'
  }
  let current: Import | null = claimed
  try {
    for (let calls = 0; current && isWorking(current.status) && calls < CALLS_PER_MESSAGE; ) {
      const step: { moved: Import | null; calls: number } = await workOn(ctx, current)
      calls += step.calls
      current = step.moved
      await giveWay()
    }
  } finally {
    await releaseImport(ctx, id)
  }
  if (current && isWorking(current.status)) {
    await enqueueImport(ctx, id)
    return 'more'
  }
  if (current?.status === 'applied') await tidy(ctx, current)
  return 'done'
}

async function workOn(ctx: Ctx, imported: Import): Promise<{ moved: Import | null; calls: number }> {
  switch (imported.status) {
    case 'reading':
      // Reading makes up to 800 calls: what follows gets a message of its own.
      return { moved: await readRows(ctx, imported), calls: CALLS_PER_MESSAGE }
    case 'comparing':
    case 'applying':
      return { moved: await takeChunk(ctx, imported), calls: CALLS_PER_CHUNK }
    case 'counting': {
      const { moved, calls } = await countStock(ctx, imported)
      return { moved, calls: calls + CALLS_PER_CHUNK }
    }
    case 'ready':
    case 'applied':
    case 'failed':
      return { moved: null, calls: 0 }
  }
}

/** What was applied is not needed any more; what is left over by a failure here only takes room. */
async function tidy(ctx: Ctx, { id, chunks }: Import): Promise<void> {
  try {
    await discardFiles(ctx, id, chunks)
  } catch (error) {
    console.warn(JSON.stringify({ event: 'import.not_tidied', import: id, message: messageOf(error) }))
  }
}
