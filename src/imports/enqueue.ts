import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'

/** What travels on the import queue: the import's row decides everything else. */
export interface ImportMessage {
  importId: string
}

/** Has an import worked on. A failure loses nothing: the sweep finds imports that nobody works on. */
export async function enqueueImport(ctx: Ctx, importId: string): Promise<void> {
  try {
    await ctx.env.IMPORT_QUEUE.send({ importId } satisfies ImportMessage)
  } catch (error) {
    console.warn(
      JSON.stringify({ event: 'import.not_enqueued', import: importId, message: messageOf(error) }),
    )
  }
}
