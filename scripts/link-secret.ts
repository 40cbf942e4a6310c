import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The secret that signs this machine's links: made once, and kept beside the data that they open. */
export async function linkSecret(stateDir: string): Promise<string> {
  const file = join(stateDir, 'link-secret')
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (/^[0-9a-f]{64}$/.test(kept)) return kept
  const made = randomBytes(32).toString('hex')
  await mkdir(stateDir, { recursive: true })
  await writeFile(`${file}.new`, made, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return made
}
