import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const SECOND = 1000

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
          include: ['src/**/*.worker.test.{ts,tsx}'],
          setupFiles: ['src/testing/worker-setup.ts'],
          globalSetup: ['src/testing/mail-endpoint.ts'],
          // A machine may be busy; no test depends on time.
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
          testTimeout: 60 * SECOND,
          hookTimeout: 60 * SECOND,
          // They share one shop: one file after the other, so that none finds the changes of another half done.
          fileParallelism: false,
        },
      },
    ],
  },
})
