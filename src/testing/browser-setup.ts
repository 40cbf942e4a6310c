import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildWorker, fillDemoData, type Local, startLocal } from '../../scripts/local.ts'
import { findChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Origins of as many shops as files run at the same time. */
    urls: string[]
  }
}

/** Starts shops for the browser tests: the built Worker, on folders that go away with it, with demo data. */
export default async function setup(project: TestProject) {
  // Unpacked here if need be, so that no test waits for it.
  await findChromium()
  const folder = await mkdtemp(join(tmpdir(), 'counterfoil-browser-'))
  const build = join(folder, 'build')
  // A key in .dev.vars would send the demo orders' mail for real.
  const vars = { LOCAL_OWNER: 'true', MAILCHANNELS_API_KEY: '', LINK_SECRET: 'x'.repeat(32) }
  const shops: Local[] = []
  const tearDown = async () => {
    await Promise.all(shops.map((shop) => shop.dispose()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await buildWorker(build)
    for (let shop = 0; shop < project.config.maxWorkers; shop++) {
      shops.push(await startLocal({ stateDir: join(folder, `shop-${shop}`), port: 0, vars, build }))
    }
    await Promise.all(shops.map(fillDemoData))
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide(
    'urls',
    shops.map(({ url }) => url),
  )
  return tearDown
}
