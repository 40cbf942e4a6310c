// Runs after `npm install`, perhaps on Node 20: puts the browser files of two packages where the Worker serves
// them. The version in the name lets them be cached forever.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const vendor = join(root, 'public', 'vendor')

const files = [
  { from: 'htmx.org', file: 'dist/htmx.min.js', to: 'htmx', extension: 'min.js' },
  { from: '@github/combobox-nav', file: 'dist/index.js', to: 'combobox-nav', extension: 'js' },
]

rmSync(vendor, { recursive: true, force: true })
mkdirSync(vendor, { recursive: true })
for (const { from, file, to, extension } of files) {
  const folder = join(root, 'node_modules', from)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  copyFileSync(join(folder, file), join(vendor, `${to}-${version}.${extension}`))
}
