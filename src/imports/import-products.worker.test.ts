import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { createProduct } from '../catalog/create-product.ts'
import { newId, stockNow, testCtx } from '../testing/fixtures.ts'
import { apply, importFile, preview, successOf, tally } from '../testing/import-runs.ts'

const headings = [
  'Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Variant SKU,' +
    'Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Image Src',
]

/** Two products in three variants as Shopify writes them, with photos, HTML and prices of any length. */
const shopifyFile = (handle: string) =>
  [
    ...headings,
    `${handle},Oat jug,"<p>Holds <b>1 l</b>, or 33 oz.</p>\n<ul><li>12"" tall</li></ul>",Us,Jugs,true,Size,Small,,,4,31.5,https://x.example/1.jpg`,
    `${handle},,,,,,,Large,,,0,48,https://x.example/2.jpg`,
    `${handle},,,,,,,,,,,,https://x.example/3.jpg`,
    `${handle}-vase,Bud vase,,Us,Vases,false,Title,Default Title,${handle.toUpperCase()}-V,shopify,2,29.990,`,
    `${handle}-bowl,Bowl,,Us,Bowls,true,Title,Default Title,,,1,,`,
  ].join('\r\n')

async function productsOf(prefix: string) {
  const { results } = await env.DB.prepare(
    `SELECT id, sku, name, collection, description, retail_price, stock_tracked, listed, revision, updated_at
     FROM products WHERE sku LIKE ? ORDER BY sku`,
  )
    .bind(`${prefix}%`)
    .all<{ id: string; sku: string; revision: number }>()
  return results
}

async function movementsOf(productId: string) {
  const { results } = await env.DB.prepare(
    'SELECT kind, on_hand_change, reason, actor FROM stock_movements WHERE product_id = ?',
  )
    .bind(productId)
    .all()
  return results
}

it('shows what a Shopify file would do, and writes nothing', async () => {
  const handle = `jug-${newId()}`
  const imported = await preview('products', shopifyFile(handle), 'shop.csv')
  expect(imported).toMatchObject({ status: 'ready', format: 'shopify', rows: 5, skipped: 1 })
  expect(tally(imported)).toEqual({ created: 3, changed: 0, unchanged: 0, problems: 1, counted: 2 })
  expect(imported.examples[0]).toEqual({
    ...{
      row: 2,
      kind: 'created',
      title: 'Oat jug, Small',
      code: expect.stringMatching(/^JUG-.*-[0-9A-Z]{7}$/),
    },
    changes: [
      { label: 'Retail price', from: null, to: '$31.50' },
      { label: 'On hand', from: null, to: '4' },
      { label: 'Collection', from: null, to: 'Jugs' },
    ],
  })
  expect(await productsOf('JUG-')).toEqual([])
})

it('makes a product of each variant and receives its quantity', async () => {
  const handle = `j${newId().slice(0, 8)}`
  const imported = await importFile('products', shopifyFile(handle), 'shop.csv')
  expect(imported.status).toBe('applied')
  expect(tally(imported)).toEqual({ created: 3, changed: 0, unchanged: 0, problems: 1, counted: 2 })
  const products = await productsOf(handle)
  const made = handle.toUpperCase()
  expect(products).toMatchObject([
    { sku: `${made}-V`, name: 'Bud vase', retail_price: 2999, stock_tracked: 1, listed: 0 },
    {
      sku: `${made}_LARGE`,
      name: 'Oat jug, Large',
      collection: 'Jugs',
      retail_price: 4800,
      stock_tracked: 1,
    },
    {
      ...{ sku: `${made}_SMALL`, name: 'Oat jug, Small', collection: 'Jugs', retail_price: 3150, listed: 1 },
      description: 'Holds 1 l, or 33 oz.\n\n- 12" tall',
    },
  ])
  expect(await stockNow(products[2]!.id)).toMatchObject({ onHand: 4, available: 4 })
  expect(await movementsOf(products[2]!.id)).toEqual([
    {
      kind: 'received',
      on_hand_change: 4,
      reason: 'Import of shop.csv',
      actor: expect.stringContaining('Ana'),
    },
  ])
  expect(await movementsOf(products[1]!.id)).toEqual([])
})

it('changes nothing when the same file comes again', async () => {
  const handle = `j${newId().slice(0, 8)}`
  await importFile('products', shopifyFile(handle))
  const before = await productsOf(handle)
  const movements = await Promise.all(before.map(({ id }) => movementsOf(id)))

  const again = await preview('products', shopifyFile(handle))
  expect(tally(again)).toEqual({ created: 0, changed: 0, unchanged: 3, problems: 1, counted: 0 })
  expect(tally(await apply(again.id))).toEqual(tally(again))
  expect(await productsOf(handle)).toEqual(before)
  expect(await Promise.all(before.map(({ id }) => movementsOf(id)))).toEqual(movements)
})

it('changes what differs, leaves what the file does not say, and counts the stock', async () => {
  const sku = newId()
  await importFile('products', `sku,name,price,qty,collection,case size\n${sku},Mug,10,5,Mugs,6`)
  const file = `SKU;Price;Stock;Collection\n${sku.toUpperCase()};12,50;8;`
  const imported = await importFile('products', file, 'count.csv')
  expect(tally(imported)).toEqual({ created: 0, changed: 1, unchanged: 0, problems: 0, counted: 1 })
  expect(imported.examples).toEqual([
    {
      ...{ row: 2, kind: 'changed', title: 'Mug', code: sku },
      changes: [
        { label: 'Retail price', from: '$10.00', to: '$12.50' },
        { label: 'On hand', from: '5', to: '8' },
      ],
    },
  ])
  const [product] = await productsOf(sku)
  expect(product).toMatchObject({ sku, name: 'Mug', retail_price: 1250, collection: 'Mugs', revision: 2 })
  expect((await movementsOf(product!.id)).map(({ kind, on_hand_change }) => [kind, on_hand_change])).toEqual([
    ['received', 5],
    ['corrected', 3],
  ])
})

it('writes only to the stock where only the count differs', async () => {
  const sku = newId()
  const file = (quantity: number) => `sku,name,price,qty\n${sku},Mug,10,${quantity}`
  await importFile('products', file(5))
  expect(tally(await importFile('products', file(0)))).toMatchObject({ changed: 1, counted: 1 })
  const [product] = await productsOf(sku)
  expect(product).toMatchObject({ revision: 1 })
  expect(await stockNow(product!.id)).toMatchObject({ onHand: 0 })
})

it('finds a SKU with whatever spaces it was typed', async () => {
  const { ctx } = testCtx()
  const [id, prefix] = [newId(), newId().slice(0, 8)]
  const fields = { name: 'Mug', collection: '', description: '', retailPrice: 100, wholesalePrice: null }
  const rest = { caseSize: 1, stockTracked: true, lowStockThreshold: null, listed: true }
  successOf(await createProduct(ctx, { id, sku: `${prefix}  7\u00a0B`, ...fields, ...rest }))
  const imported = await preview('products', `SKU,Name,Price\n${prefix}  7\u00a0B,Mug,1.00`)
  expect(tally(imported)).toMatchObject({ created: 0, unchanged: 1 })
})

it('compares afresh when the catalogue changed after the preview', async () => {
  const sku = newId()
  const imported = await preview('products', `sku,name,price\n${sku},Mug,10\n${sku}-2,Jug,20`)
  expect(tally(imported)).toMatchObject({ created: 2, changed: 0 })
  await importFile('products', `sku,name,price\n${sku},Mug,9`)
  expect(tally(await apply(imported.id))).toMatchObject({ created: 1, changed: 1, unchanged: 0, problems: 0 })
  expect(await productsOf(sku)).toMatchObject([{ retail_price: 1000, revision: 2 }, { name: 'Jug' }])
})

it('tells a new product without a price from one that is there', async () => {
  const sku = newId()
  await importFile('products', `sku,name,price\n${sku},Mug,10`)
  const imported = await preview('products', `sku,qty\n${sku},3\n${sku}-new,4`)
  expect(tally(imported)).toEqual({ created: 0, changed: 1, unchanged: 0, problems: 1, counted: 1 })
  const { results } = await env.DB.prepare('SELECT row, message FROM import_problems WHERE import_id = ?')
    .bind(imported.id)
    .all()
  expect(results).toEqual([
    {
      row: 3,
      message: `There is no product with the SKU ${sku}-new yet. A new one needs a name and a price.`,
    },
  ])
  const applied = await apply(imported.id)
  expect(tally(applied)).toEqual(tally(imported))
})
