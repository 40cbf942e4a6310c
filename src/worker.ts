import { app } from './app.ts'
import { BULK_QUEUE_NAME, consumeBulkChanges } from './jobs/bulk-queue.ts'
import { consumeExports, EXPORT_QUEUE_NAME } from './jobs/export-queue.ts'
import { consumeImports, IMPORT_QUEUE_NAME } from './jobs/import-queue.ts'
import { consumeMail, MAIL_QUEUE_NAME } from './jobs/mail-queue.ts'
import { runScheduled } from './jobs/scheduled.ts'

export { ProductStock } from './stock/product-stock.ts'

export default {
  fetch: app.fetch,
  async queue(batch, env, execution) {
    if (batch.queue === MAIL_QUEUE_NAME) return consumeMail(batch, env, execution)
    if (batch.queue === IMPORT_QUEUE_NAME) return consumeImports(batch, env, execution)
    if (batch.queue === EXPORT_QUEUE_NAME) return consumeExports(batch, env, execution)
    if (batch.queue === BULK_QUEUE_NAME) return consumeBulkChanges(batch, env, execution)
  },
  async scheduled(_, env, execution) {
    await runScheduled(env, execution)
  },
} satisfies ExportedHandler<Cloudflare.Env>
