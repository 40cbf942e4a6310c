import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

const TRIES = 10

/** Whether what the file before wrote is still there. */
async function isUsed(): Promise<boolean> {
  const tables = "SELECT COUNT(*) AS tables FROM sqlite_master WHERE name = 'd1_migrations'"
  return (await env.DB.prepare(tables).first('tables')) !== 0
}

// What a file leaves undone can wake the database while it is being deleted, and keep it.
for (let tries = 0; tries === 0 || (await isUsed()); tries++) {
  if (tries === TRIES) throw new Error('The database of the file before stays.')
  await reset()
}
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
