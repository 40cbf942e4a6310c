import type { Ctx } from '../context.ts'
import { type Example, type ImportStatus, MAX_EXAMPLES, type RowOutcome, type Tally } from './import.ts'
import { readPlace, takeStep } from './import-step-store.ts'
import type { Import } from './import-store.ts'
import { type Judgement, judgeChunk } from './judge-chunk.ts'

/** How often a chunk is compared again whose products somebody else keeps changing. */
const TRIES = 5

/**
 * Compares the next chunk with what is there now, and where the import is being applied, writes what is new and
 * changed in it, as the person who applied it. Answers with the import at its next place, or null when somebody else has moved it there. Throws
 * when others keep changing the same rows.
 */
export async function takeChunk(ctx: Ctx, imported: Import): Promise<Import | null> {
  const importer = { ...ctx, actor: imported.appliedBy ?? ctx.actor }
  for (let tries = 1; tries <= TRIES; tries++) {
    const judgement = await judgeChunk(importer, imported)
    const moved = await takeStep(ctx, stepOf(imported, judgement))
    if (moved) return moved
    const place = await readPlace(ctx, imported.id)
    if (place?.status !== imported.status || place.position !== imported.position) return null
  }
  throw new Error('The rows of an import change all the time.')
}

function stepOf(from: Import, { outcomes, adjustments, writes, disturbances }: Judgement) {
  const isApplying = from.status === 'applying'
  return {
    from,
    to: nextPlace(from),
    tally: tallyOf(outcomes, adjustments.length),
    examples: withExamples(from.examples, outcomes),
    problems: outcomes.filter((outcome) => outcome.kind === 'problem'),
    adjustments: isApplying ? adjustments : [],
    writes: isApplying ? writes : [],
    disturbances: isApplying ? disturbances : [],
  }
}

/** Where an import goes on after the chunk at its position. */
export function nextPlace({
  status,
  position,
  chunks,
  kind,
}: Pick<Import, 'status' | 'position' | 'chunks' | 'kind'>): { status: ImportStatus; position: number } {
  if (position + 1 < chunks) return { status, position: position + 1 }
  if (status === 'comparing') return { status: 'ready', position: 0 }
  return { status: status === 'applying' && kind === 'products' ? 'counting' : 'applied', position: 0 }
}

function tallyOf(outcomes: RowOutcome[], counted: number): Tally {
  const count = (kind: RowOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length
  return {
    ...{ created: count('created'), changed: count('changed'), unchanged: count('unchanged') },
    ...{ problems: count('problem'), counted },
  }
}

function withExamples(examples: Example[], outcomes: RowOutcome[]): Example[] {
  const all = [
    ...examples,
    ...outcomes.filter(({ kind }) => kind === 'created' || kind === 'changed'),
  ] as Example[]
  return (['changed', 'created'] as const).flatMap((kind) =>
    all.filter((example) => example.kind === kind).slice(0, MAX_EXAMPLES),
  )
}
