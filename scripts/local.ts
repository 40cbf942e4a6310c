import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { convertV4MiniflareOptions, Miniflare, NoOpLog } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const WORKER_NAME = 'counterfoil'

export type LocalOptions = {
  /** Folder that keeps the database, the objects and the files between starts. */
  stateDir: string
  /** Port on 127.0.0.1; 0 takes any free one. */
  port: number
  /** Variables of the Worker, beside those of wrangler.toml. */
  vars: Record<string, string>
  /** Folder of a build made by `buildWorker`; without it the Worker is built now. */
  build?: string
}

export type Local = {
  /** Origin, without a slash at the end. */
  url: string
  worker: {
    /** Calls the Worker from inside, not through its port. */
    fetch: Miniflare['dispatchFetch']
    /** Fires a cron trigger; throws when its handler did. */
    scheduled: (cron: string) => Promise<void>
    /** Its bindings, for what no route does: the benchmark fills the database in bulk. */
    bindings: Miniflare['getBindings']
  }
  dispose: () => Promise<void>
}

/**
 * Runs the built Worker on this machine with all its bindings and an up-to-date database, without the development
 * proxy of `wrangler dev`. Throws with the compiler's words if the Worker does not build.
 */
export async function startLocal({ stateDir, port, vars, build }: LocalOptions): Promise<Local> {
  const folder = build ?? (await mkdtemp(join(tmpdir(), 'counterfoil-build-')))
  let miniflare: Miniflare | undefined
  try {
    if (!build) await buildWorker(folder)
    miniflare = new Miniflare(miniflareOptions(folder, { stateDir, port, vars }))
    const url = (await miniflare.ready).origin
    await applyMigrations(miniflare)
    const dispose = miniflare.dispose.bind(miniflare)
    return { url, worker: workerOf(miniflare), dispose }
  } catch (error) {
    await miniflare?.dispose()
    throw error
  } finally {
    if (!build) await rm(folder, { recursive: true, force: true })
  }
}

/** Fills an empty database with demo data and says so; a filled one stays as it is, and the answer is false. */
export async function fillDemoData({ url, worker }: Local): Promise<boolean> {
  const response = await worker.fetch(`${url}/demo-data`, { method: 'POST', headers: { Origin: url } })
  if (!response.ok) throw new Error(`Filling in the demo data was answered with ${response.status}.`)
  const { filled } = (await response.json()) as { filled: boolean }
  return filled
}

/** Bundles the Worker into `folder` exactly as a deployment would. */
export async function buildWorker(folder: string): Promise<void> {
  const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
  const child = spawn(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', folder], {
    cwd: root,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  if (code !== 0) throw new Error(`The Worker does not build.\n${output.trim()}`)
}

function miniflareOptions(folder: string, { stateDir, port, vars }: Omit<LocalOptions, 'build'>) {
  // The bundle is one finished module, so the rules for finding modules are not needed, and not accepted.
  const { modulesRules: _, ...worker } = readWorkerOptions(join(root, 'wrangler.toml')).workerOptions
  return convertV4MiniflareOptions({
    ...worker,
    name: WORKER_NAME,
    rootPath: folder,
    modules: true,
    scriptPath: 'worker.js',
    bindings: Object.assign({}, worker.bindings, vars),
    resourcePersistencePath: resolve(stateDir),
    host: '127.0.0.1',
    port,
    // Both would call out to the internet at start.
    cf: false,
    telemetry: { enabled: false },
    log: new NoOpLog(),
    handleStructuredLogs: ({ level, message }) => {
      if (level === 'error' || level === 'warn') process.stderr.write(`${message}\n`)
    },
  })
}

/** Applies what is new in migrations/, each file as one transaction, in the bookkeeping table that wrangler uses. */
async function applyMigrations(miniflare: Miniflare): Promise<void> {
  const db = await miniflare.getD1Database('DB')
  await db
    .prepare(
      `CREATE TABLE IF NOT EXISTS d1_migrations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT UNIQUE,
        applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
      )`,
    )
    .run()
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(({ name }) => name))
  for (const { name, queries } of await readD1Migrations(join(root, 'migrations'))) {
    if (applied.has(name)) continue
    const record = db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name)
    await db.batch([...queries.map((query) => db.prepare(query)), record]).catch((cause) => {
      throw new Error(`The migration ${name} failed: ${cause.message}`, { cause })
    })
  }
}

function workerOf(miniflare: Miniflare): Local['worker'] {
  return {
    fetch: miniflare.dispatchFetch,
    bindings: miniflare.getBindings.bind(miniflare),
    scheduled: async (cron) => {
      const worker = await miniflare.getWorker()
      const { outcome } = await worker.scheduled({ cron, scheduledTime: new Date() })
      if (outcome !== 'ok') throw new Error(`The cron trigger "${cron}" ended with: ${outcome}`)
    },
  }
}
