import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { aProduct, newId, testCtx } from '../testing/fixtures.ts'
import { pickedProductsQuery, searchProductsQuery } from './search-products.ts'

async function search(text: string, limit = 20) {
  const { ctx } = testCtx()
  const [rows] = await ctx.db.batch([searchProductsQuery(ctx.db, text, limit)])
  return { names: rows.map((row) => row.name), rows, rowsRead: ctx.db.meter.rowsRead }
}

const setSku = (id: string, sku: string) =>
  env.DB.prepare('UPDATE products SET sku = ? WHERE id = ?').bind(sku, id).run()

it('offers what can still be sold, with prices and available units', async () => {
  const id = await aProduct({ name: 'Quarry jug', onHand: 7 })
  expect((await search('quar jug')).rows).toEqual([
    {
      ...{ id, name: 'Quarry jug', sku: `SKU-${id}`, retailPrice: 2000, wholesalePrice: null, caseSize: 1 },
      ...{ stockTracked: true, archived: false, available: 7 },
    },
  ])
  await env.DB.prepare('UPDATE products SET archived = 1 WHERE id = ?').bind(id).run()
  expect((await search('quarry')).rows).toEqual([])
  const { ctx } = testCtx()
  expect((await ctx.db.batch([pickedProductsQuery(ctx.db, [id, newId()])]))[0]).toMatchObject([{ id }])
})

it('puts the product with exactly the typed SKU first, then goes by name', async () => {
  await setSku(await aProduct({ name: 'Teal cup A' }), 'TEAL-1')
  await setSku(await aProduct({ name: 'Teal cup C' }), 'TEAL')
  await setSku(await aProduct({ name: 'Teal cup B' }), 'TEAL-10')
  expect((await search('teal')).names).toEqual(['Teal cup C', 'Teal cup A', 'Teal cup B'])
  expect((await search('TEAL-1')).names).toEqual(['Teal cup A', 'Teal cup B'])
})

it('forgets the old words of a product, also when an upsert changed it', async () => {
  const id = await aProduct({ name: 'Umber tray' })
  await env.DB.prepare(
    `INSERT INTO products (id, sku, name, collection, description, retail_price, wholesale_price, case_size,
      stock_tracked, low_stock_threshold, listed, archived, low_stock, revision, created_at, updated_at)
     SELECT id, sku, 'Sienna tray', collection, description, retail_price, wholesale_price, case_size, stock_tracked,
      low_stock_threshold, listed, archived, low_stock, revision, created_at, updated_at
     FROM products WHERE id = ? ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
  )
    .bind(id)
    .run()
  expect((await search('umber')).names).toEqual([])
  expect((await search('sienna')).names).toEqual(['Sienna tray'])
})

it('reads a bounded number of rows, however many products match', async () => {
  await env.DB.prepare(
    `WITH RECURSIVE counted (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 3000)
     INSERT INTO products (id, sku, name, collection, description, retail_price, wholesale_price, case_size,
      stock_tracked, low_stock_threshold, listed, archived, revision, created_at, updated_at)
     SELECT 'pebble-' || n, 'PEB-' || n, 'Pebble ' || n, '', '', 100, NULL, 1, 1, NULL, 1, 0, 1, 0, 0 FROM counted`,
  ).run()
  for (const text of ['', 'pebble', 'p', 'peb-77', 'pebble 2999']) {
    const { names, rowsRead } = await search(text)
    expect(names.length).toBeGreaterThan(0)
    expect(rowsRead).toBeLessThan(600)
  }
})
