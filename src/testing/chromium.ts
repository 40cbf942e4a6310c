import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const archives = join(root, 'node_modules/@sparticuz/chromium/bin')
const unpacked = join(root, 'node_modules/.cache/chromium')
const installed = '/usr/bin/chromium'

/** The package's own one looks for the fonts in a fixed folder; without any font, pages have no text. */
const FONT_CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type Chromium = { executablePath: string; env: Record<string, string> }

/** A browser of its own; close it when done. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ ...(await findChromium()), args: FLAGS, chromiumSandbox: false })
}

/**
 * The browser for the tests: `CHROMIUM_PATH`, else the installed one, else the one inside an npm package, which
 * brings its libraries and fonts along, so a machine without any of them will do.
 */
export async function findChromium(): Promise<Chromium> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]),
  )
  if (process.env.CHROMIUM_PATH) return { executablePath: process.env.CHROMIUM_PATH, env }
  if (existsSync(installed)) return { executablePath: installed, env }

  if (!existsSync(unpacked)) await unpack()
  return {
    executablePath: join(unpacked, 'chromium'),
    env: { ...env, LD_LIBRARY_PATH: join(unpacked, 'al2023/lib'), FONTCONFIG_PATH: join(unpacked, 'fonts') },
  }
}

/** Unpacks beside the target and renames, so that nobody ever starts half a browser. */
async function unpack() {
  await mkdir(dirname(unpacked), { recursive: true })
  const folder = await mkdtemp(`${unpacked}-`)
  const { TMPDIR } = process.env
  // The package unpacks into the folder for temporary files, wherever that is when it is called.
  process.env.TMPDIR = folder
  const files = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((file) =>
    inflate(join(archives, file)),
  )
  if (TMPDIR === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = TMPDIR
  await Promise.all(files)
  await writeFile(join(folder, 'fonts/fonts.conf'), FONT_CONFIGURATION)
  await rename(folder, unpacked).catch(async (error) => {
    await rm(folder, { recursive: true, force: true })
    if (!existsSync(unpacked)) throw error
  })
}
