declare namespace Cloudflare {
  interface Env {
    /** Only in tests: what worker-setup.ts applies. */
    TEST_MIGRATIONS: { name: string; queries: string[] }[]
  }
}
