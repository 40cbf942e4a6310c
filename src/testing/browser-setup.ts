import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { fillDemoData, type Local, startLocal } from '../../scripts/local.ts'
import { findChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the built Worker, filled with demo data. */
    url: string
  }
}

/** Starts the built Worker once for all browser tests, on an empty folder that goes away with it. */
export default async function setup(project: TestProject) {
  // Unpacked here if need be, so that no test waits for it.
  await findChromium()
  const stateDir = await mkdtemp(join(tmpdir(), 'counterfoil-browser-'))
  // A key in .dev.vars would send the demo orders' mail for real.
  const vars = { LOCAL_OWNER: 'true', MAILCHANNELS_API_KEY: '', LINK_SECRET: 'x'.repeat(32) }
  let local: Local | undefined
  const tearDown = async () => {
    await local?.dispose()
    await rm(stateDir, { recursive: true, force: true })
  }
  try {
    local = await startLocal({ stateDir, port: 0, vars })
    await fillDemoData(local)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('url', local.url)
  return tearDown
}
