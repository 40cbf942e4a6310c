import { existsSync, statfsSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const SECOND = 1000
/** On Linux a folder that is kept in memory, though in some containers a very small one. */
const MEMORY_FOLDER = '/dev/shm'
/** Far more than all tests together leave behind. */
const MEMORY_NEEDED_BYTES = 4_000_000_000

// Every write of a test waits for the disk otherwise, and two files at a time wait for each other; what they write is
// thrown away in the end.
if (existsSync(MEMORY_FOLDER) && freeBytes(MEMORY_FOLDER) > MEMORY_NEEDED_BYTES) {
  process.env.TMPDIR = MEMORY_FOLDER
}

/** A machine may be busy, and no test depends on time. */
const patience = {
  testTimeout: 60 * SECOND,
  hookTimeout: 60 * SECOND,
  expect: { poll: { timeout: 30 * SECOND } },
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

export default defineConfig({
  test: {
    reporters: ['default', './scripts/summary-reporter.ts'],
    // The default leaves one core idle, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      {
        test: { name: 'node', include: ['src/**/*.test.ts'], exclude: ['src/**/*.{worker,browser}.test.ts'] },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('migrations'),
                LOCAL_OWNER: 'true',
                LINK_SECRET: 'a'.repeat(32),
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          // A runtime that runs one file after the other; the set-up starts each of them from nothing.
          isolate: false,
          include: ['src/**/*.worker.test.{ts,tsx}'],
          setupFiles: ['src/testing/worker-setup.ts'],
          globalSetup: ['src/testing/mail-endpoint.ts'],
          ...patience,
          deps: {
            optimizer: {
              // Every file loads the app anew. What comes as many small modules (1,909 icons alone) is bundled for that.
              ssr: {
                enabled: true,
                include: [
                  'drizzle-orm',
                  'drizzle-orm/batch',
                  'drizzle-orm/d1',
                  'drizzle-orm/sqlite-core',
                  'fast-check',
                  'lucide-static',
                  'zod',
                ],
              },
            },
          },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          globalSetup: ['src/testing/browser-setup.ts'],
          ...patience,
          // A browser has several processes; more of them would only wait for each other.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
