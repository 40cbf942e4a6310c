/** One source file: its path below src/, and its text. */
export type Source = { path: string; text: string }

const ADAPTERS = ['web', 'api', 'hooks', 'jobs', 'demo']
const ENTRIES = ['worker.ts', 'app.ts']
const RULE_FILES = ['orders/order.ts', 'orders/totals.ts', 'stock/ledger.ts', 'money.ts', 'result.ts']
const VAGUE_FOLDERS = ['utils', 'lib', 'helpers', 'services', 'components']
const SQL_PLACES = /-store\.ts$|^(db|testing|demo)\/|^stock\/product-stock[^/]*\.ts$/
const TEST = /\.test\.tsx?$/

/** Every breach of the layout (ARCHITECTURE §1) in one file, in words; none is an empty list. */
export function breachesOf(source: Source): string[] {
  const checks = TEST.test(source.path)
    ? [vagueFolder, unrunTests]
    : [vagueFolder, wrongDirection, impureRules, strayQueries, writtenAddresses]
  return checks.flatMap((check) => check(source)).map((breach) => `${source.path}: ${breach}`)
}

/** The rule files that are not among these paths: a moved file must not slip out of its check. */
export function missingRuleFiles(paths: string[]): string[] {
  return RULE_FILES.filter((file) => !paths.includes(file))
}

function vagueFolder({ path }: Source): string[] {
  const folders = path.split('/').slice(0, -1)
  return folders.filter((name) => VAGUE_FOLDERS.includes(name)).map((name) => `a folder is named ${name}`)
}

type Layer = 'entry' | 'root' | 'noun' | 'adapter' | 'testing'

function layerOf(path: string): Layer {
  const [folder] = path.split('/')
  if (ENTRIES.includes(path)) return 'entry'
  if (folder === path || folder === 'db') return 'root'
  if (folder === 'testing') return 'testing'
  return ADAPTERS.includes(folder!) ? 'adapter' : 'noun'
}

const MAY_IMPORT: Record<Layer, Layer[]> = {
  entry: ['entry', 'root', 'noun', 'adapter'],
  adapter: ['root', 'noun', 'adapter'],
  noun: ['root', 'noun'],
  root: ['root'],
  testing: ['entry', 'root', 'noun', 'adapter', 'testing'],
}

function wrongDirection({ path, text }: Source): string[] {
  const own = layerOf(path)
  return localImports(path, text).flatMap((target) => {
    const other = layerOf(target)
    if (!MAY_IMPORT[own].includes(other)) return [`${own} imports ${other} ${target}`]
    const isForeignAdapter = own === 'adapter' && other === 'adapter' && folderOf(target) !== folderOf(path)
    return isForeignAdapter ? [`adapter imports another adapter, ${target}`] : []
  })
}

function impureRules({ path, text }: Source): string[] {
  if (!RULE_FILES.includes(path)) return []
  // An import of types leaves nothing behind to run.
  const run = text.replace(/^import type\b[^'"`;]*/gm, '')
  const outside = specifiers(run).filter((name) => /^(cloudflare|node):|^drizzle|^hono/.test(name))
  const stores = localImports(path, run).filter((name) => /^db\/|-store\.ts$|^(context|env)\.ts$/.test(name))
  const io = [...outside, ...stores].map((name) => `a rule imports ${name}`)
  const impure = text.match(/\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bcrypto\.|\bfetch\(/g) ?? []
  return [...io, ...impure.map((call) => `a rule calls ${call}`)]
}

/** The objects of the stock protocol have a `prepare` too: a query is one on a database or with its text. */
const QUERY = /\bsql(<[^`]*>)?`|\b(DB|db|session)\.prepare\(|\.prepare\(\s*['"`]/g

function strayQueries({ path, text }: Source): string[] {
  if (SQL_PLACES.test(path)) return []
  return (text.match(QUERY) ?? []).map((query) => `SQL outside a store: ${query}`)
}

/** Addresses of pages; files in public/ have an ending and no builder. */
const ADDRESS = /\b(href|action|formaction|hx-(get|post|put|patch|delete))=\{?["'`]\/(?![\w/.-]+\.\w+["'`])/g

function writtenAddresses({ path, text }: Source): string[] {
  if (path === 'routes.ts') return []
  return (text.match(ADDRESS) ?? []).map((address) => `an address outside routes.ts: ${address}`)
}

function unrunTests({ text }: Source): string[] {
  const marks = text.match(/\b(it|test|describe|suite)(\.\w+)*\.(only|skip|todo|skipIf|runIf|fails)\b/g) ?? []
  return marks.map((mark) => `a test that does not run, or runs alone: ${mark}`)
}

function specifiers(text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(?\s*['"]([^'"]+)['"]/gm,
  )
  return [...found].map((match) => (match[1] ?? match[2])!)
}

/** Paths below src/ of what a file imports from there. */
function localImports(path: string, text: string): string[] {
  const base = new URL(path, 'file:///')
  return specifiers(text)
    .filter((name) => name.startsWith('.'))
    .map((name) => new URL(name, base).pathname.slice(1))
}

function folderOf(path: string): string {
  return path.split('/')[0]!
}
