import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { newId, testCtx } from '../testing/fixtures.ts'
import { archiveProduct } from './archive-product.ts'
import { listProducts, PRODUCTS_PER_PAGE, type ProductFilter } from './list-products.ts'
import type { ProductCursor } from './product-store.ts'

/** Inserts products of these names, a tenth of them archived and half of the others low on stock. */
async function insertProducts(names: string[]) {
  const rows = names.map((name, index) => ({ id: newId(), name, archived: index % 10 === 9 ? 1 : 0, index }))
  await env.DB.prepare(
    `INSERT INTO products (id, sku, name, collection, description, retail_price, wholesale_price, case_size,
      stock_tracked, low_stock_threshold, listed, archived, revision, created_at, updated_at)
     SELECT value->>'id', value->>'id', value->>'name', '', '', 2000, NULL, 1, 1,
      CASE WHEN value->>'index' % 2 THEN 5 END, 1, value->>'archived', 1, 0, 0 FROM json_each(?)`,
  )
    .bind(JSON.stringify(rows))
    .run()
}

async function page(filter: ProductFilter, cursor: ProductCursor = {}) {
  const { ctx } = testCtx()
  const list = await listProducts(ctx, filter, cursor)
  if (!list.ok) throw new Error(list.failure.reason)
  return { ...list.value, meter: ctx.db.meter }
}

async function walk(filter: ProductFilter) {
  const pages = [await page(filter)]
  while (pages.at(-1)!.hasNext) pages.push(await page(filter, { after: pages.at(-1)!.rows.at(-1)!.number }))
  return pages.map(({ rows }) => rows)
}

async function walkBack(filter: ProductFilter, from: number) {
  const pages = [await page(filter, { before: from })]
  while (pages[0]!.hasPrevious) pages.unshift(await page(filter, { before: pages[0]!.rows[0]!.number }))
  return pages.map(({ rows }) => rows)
}

const numbers = (rows: { number: number }[]) => rows.map((row) => row.number)

it('pages through equal names without a gap or a repetition, forwards and back', async () => {
  await insertProducts(Array.from({ length: 180 }, (_, index) => (index % 3 === 0 ? 'Équal' : 'équal')))
  for (const search of ['', 'equal']) {
    for (const [view, expected] of [
      ['all', 162],
      ['low', 72],
      ['archived', 18],
    ] as const) {
      const pages = await walk({ view, search })
      const all = numbers(pages.flat())
      expect(all.length, `${view} ${search}`).toBe(expected)
      expect(new Set(all).size).toBe(expected)
      expect(pages.slice(0, -1).every((rows) => rows.length === PRODUCTS_PER_PAGE)).toBe(true)
      const last = all.pop()!
      expect(numbers((await walkBack({ view, search }, last)).flat())).toEqual(all)
    }
  }
})

it('reads as many rows with 5,000 products as with a few hundred', async () => {
  const views: [ProductFilter, boolean][] = [
    [{ view: 'all', search: '' }, false],
    [{ view: 'all', search: '' }, true],
    [{ view: 'low', search: '' }, true],
    [{ view: 'all', search: 'walnut' }, false],
    [{ view: 'all', search: 'walnut' }, true],
    [{ view: 'low', search: 'wal' }, true],
  ]
  const rowsRead = async (newest: number, skipped: number) => {
    const read: number[] = []
    for (const [filter, isDeep] of views) {
      const asked = await page(filter, isDeep ? { after: newest - skipped } : {})
      expect(asked.rows.length).toBeGreaterThan(20)
      expect(asked.meter.roundTrips).toBe(1)
      read.push(asked.meter.rowsRead / asked.rows.length)
    }
    return read
  }
  const names = (length: number) => Array.from({ length }, (_, index) => `Walnut ${index}`)
  const newest = () => env.DB.prepare('SELECT MAX(number) AS number FROM products').first<number>('number')
  await insertProducts(names(300))
  const few = await rowsRead((await newest())!, 0)
  await insertProducts(names(4_700))
  const many = await rowsRead((await newest())!, 4_000)
  expect(many).toEqual(few)
  expect(Math.max(...many)).toBeLessThan(6)
})

it('finds beginnings of words in name, SKU and collection, without accents, in the view asked for', async () => {
  const mark = newId().slice(0, 8)
  await insertProducts([`Crème bowl ${mark}`, `Creme plate ${mark}`])
  const find = async (search: string, view: ProductFilter['view'] = 'all') =>
    (await page({ view, search })).rows.map((row) => row.name)
  expect(await find(`creme ${mark}`)).toEqual([`Creme plate ${mark}`, `Crème bowl ${mark}`])
  expect(await find(`CRÈ bo ${mark}`)).toEqual([`Crème bowl ${mark}`])
  expect(await find(`creme ${mark}`, 'low')).toEqual([`Creme plate ${mark}`])
  expect(await find(`eme ${mark}`)).toEqual([])

  const [bowl] = (await page({ view: 'all', search: `bowl ${mark}` })).rows
  await archiveProduct(testCtx().ctx, { id: bowl!.id, archived: true })
  expect(await find(`bowl ${mark}`)).toEqual([])
  expect(await find(`bowl ${mark}`, 'archived')).toEqual([`Crème bowl ${mark}`])
})

it.each([
  '"',
  '***',
  'xq"zq',
  'NEAR(',
  'mug OR',
  'name:mug',
  'active',
  'low',
  'xq\0zq',
  '\ud800',
  "'; --",
  'x'.repeat(9_999),
])('takes %j as text to look for, and finds nothing', async (search) => {
  for (const view of ['all', 'low', 'archived'] as const) {
    expect((await page({ view, search })).rows).toEqual([])
  }
})

it('answers an empty page after a product that does not exist', async () => {
  expect((await page({ view: 'all', search: '' }, { after: 10 ** 14 })).rows).toEqual([])
})
