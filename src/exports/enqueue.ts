import type { Ctx } from '../context.ts'
import { messageOf } from '../db/client.ts'

/** What travels on the export queue: the export's row decides everything else. */
export interface ExportMessage {
  exportId: string
}

/** Has an export worked on. A failure loses nothing: the sweep finds exports that nobody works on. */
export async function enqueueExport(ctx: Ctx, exportId: string): Promise<void> {
  try {
    await ctx.env.EXPORT_QUEUE.send({ exportId } satisfies ExportMessage)
  } catch (error) {
    console.warn(
      JSON.stringify({ event: 'export.not_enqueued', export: exportId, message: messageOf(error) }),
    )
  }
}
