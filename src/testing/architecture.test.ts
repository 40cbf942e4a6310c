import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { breachesOf, missingRuleFiles } from './architecture.ts'

const src = join(import.meta.dirname, '..')
const paths = globSync('**/*.{ts,tsx}', { cwd: src }).map((path) => path.replaceAll('\\', '/'))

it('holds in every source file', () => {
  expect(paths).toContain('worker.ts')
  const sources = paths.map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }))
  expect(sources.flatMap(breachesOf)).toEqual([])
})

it('knows where the pure rules are', () => {
  expect(missingRuleFiles(paths)).toEqual([])
  expect(missingRuleFiles([...paths].filter((path) => path !== 'orders/order.ts'))).toEqual([
    'orders/order.ts',
  ])
})

const refused: [rule: string, path: string, text: string][] = [
  ['a noun that imports an adapter', 'orders/place-order.ts', `import { page } from '../web/renderer.tsx'`],
  ['an import over several lines', 'mail/send.ts', `import {\n  a,\n  b,\n} from '../jobs/sweep.ts'`],
  ['a re-export', 'mail/send.ts', `export { a } from '../api/orders.ts'`],
  ['an import for its effect', 'mail/send.ts', `import '../hooks/mail.ts'`],
  ['an import on demand', 'mail/send.ts', `const { a } = await import('../demo/fill.ts')`],
  ['an adapter that imports another', 'jobs/mail-consumer.ts', `import { page } from '../web/renderer.tsx'`],
  ['a root module that imports a noun', 'context.ts', `import type { Order } from './orders/order.ts'`],
  ['a database module that imports a noun', 'db/client.ts', `import { demand } from '../orders/order.ts'`],
  ['a noun that imports fixtures', 'orders/place-order.ts', `import { shop } from '../testing/fixtures.ts'`],
  ['an entry in the wrong place', 'orders/order-store.ts', `import { app } from '../app.ts'`],
  ['a rule on the platform', 'stock/ledger.ts', `import { DurableObject } from 'cloudflare:workers'`],
  ['a rule on the query builder', 'orders/totals.ts', `import { sql } from 'drizzle-orm'`],
  ['a rule on the database', 'money.ts', `import { orders } from './db/schema.ts'`],
  ['a rule on a store', 'orders/order.ts', `import { readOrder } from './order-store.ts'`],
  ['a rule with a clock', 'orders/order.ts', 'const now = Date.now()'],
  ['a rule with chance', 'stock/ledger.ts', 'const id = crypto.randomUUID()'],
  ['the sql tag in a use case', 'orders/place-order.ts', 'db.run(sql`SELECT 1`)'],
  ['a typed sql tag in a page', 'web/dashboard/orders.tsx', 'db.get(sql<number>`SELECT 1`)'],
  ['a query in an adapter', 'jobs/sweep.ts', `env.DB.prepare(query)`],
  ['a query on anything', 'jobs/sweep.ts', `connection.prepare('SELECT 1')`],
  ['a vague folder', 'orders/utils/dates.ts', ''],
  ['a vague folder of tests', 'web/components/button.test.ts', ''],
  ['a link with a written address', 'web/dashboard/orders.tsx', '<a href="/orders">Orders</a>'],
  ['a link with a made address', 'web/dashboard/orders.tsx', '<a href={`/orders/$' + '{number}`}>Order</a>'],
  ['a form with a written address', 'web/ui/form.tsx', '<form method="post" action="/orders">'],
  ['a fragment with a written address', 'web/ui/form.tsx', '<input hx-get="/retailers" />'],
  ['a test that runs alone', 'orders/order.test.ts', `it.${'only'}('works', () => {})`],
  ['a suite that is left out', 'orders/order.test.ts', `describe.concurrent.${'skip'}('orders', () => {})`],
]

it.each(refused)('refuses %s', (_, path, text) => {
  expect(breachesOf({ path, text })).toHaveLength(1)
})

const accepted: [rule: string, path: string, text: string][] = [
  [
    'an adapter that imports a noun',
    'web/dashboard/orders.tsx',
    `import { a } from '../../orders/place-order.ts'`,
  ],
  ['an adapter that imports its own', 'web/dashboard/orders.tsx', `import { Pill } from '../ui/pill.tsx'`],
  ['a noun that imports another', 'orders/place-order.ts', `import { reserve } from '../stock/reserve.ts'`],
  ['the entry', 'app.ts', `import { web } from './web/web.ts'\nimport { money } from './money.ts'`],
  ['a rule that imports a rule', 'orders/totals.ts', `import { share } from '../money.ts'`],
  ['a rule that names a type', 'stock/ledger.ts', `import type { Actor } from '../context.ts'`],
  ['SQL in a store', 'orders/order-store.ts', 'db.run(sql`SELECT 1`)'],
  ['SQL in the object', 'stock/product-stock-tables.ts', `db.prepare('SELECT 1')`],
  ['the prepare of the stock protocol', 'stock/reserve.ts', 'stock.prepare(productId, request)'],
  ['a file in public/', 'web/ui/document.tsx', '<link rel="stylesheet" href="/app.css" />'],
  ['an anchor', 'web/ui/document.tsx', '<a href="#main">Skip</a>'],
  ['an address in routes.ts', 'routes.ts', '<a href="/orders">'],
  ['the output that a test expects', 'web/web.test.ts', `expect(html).toContain('<a href="/orders">')`],
]

it.each(accepted)('accepts %s', (_, path, text) => {
  expect(breachesOf({ path, text })).toEqual([])
})
