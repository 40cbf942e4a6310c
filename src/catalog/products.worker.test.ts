import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { newId, testCtx } from '../testing/fixtures.ts'
import { archiveProduct } from './archive-product.ts'
import { type CreateProductInput, createProduct } from './create-product.ts'
import { editProduct } from './edit-product.ts'

const fields = (over: Partial<CreateProductInput> = {}): CreateProductInput => ({
  ...{
    id: newId(),
    sku: `S-${newId()}`,
    name: 'Bud vase',
    collection: 'Vases',
    description: 'For one stem.',
  },
  ...{ retailPrice: 2900, wholesalePrice: null, caseSize: 2, stockTracked: true, lowStockThreshold: 3 },
  ...{ listed: true, ...over },
})

const rowOf = (id: string) => env.DB.prepare('SELECT * FROM products WHERE id = ?').bind(id).first()

it('adds a product once, however often the same form is sent', async () => {
  const { ctx } = testCtx()
  const input = fields()
  const [first, second] = await Promise.all([createProduct(ctx, input), createProduct(testCtx().ctx, input)])
  expect(first).toEqual({ ok: true, value: { id: input.id } })
  expect(second).toEqual(first)
  expect(await rowOf(input.id)).toMatchObject({
    ...{ sku: input.sku, name: 'Bud vase', retail_price: 2900, wholesale_price: null, case_size: 2 },
    ...{ low_stock_threshold: 3, low_stock: 1, listed: 1, archived: 0, revision: 1 },
  })
})

it('says so when a form that was gone back to would be lost', async () => {
  const { ctx } = testCtx()
  const input = fields()
  await createProduct(ctx, input)
  for (const other of [{ sku: `${input.sku}-2` }, { retailPrice: 3100 }]) {
    expect(await createProduct(ctx, { ...input, ...other })).toMatchObject({
      ok: false,
      failure: { reason: 'invalid', problems: [{ field: '', message: /Bud vase already/ }] },
    })
  }
  expect(await rowOf(input.id)).toMatchObject({ sku: input.sku, retail_price: 2900 })
})

it('refuses a SKU that a product has in other letters, and names that product', async () => {
  const { ctx } = testCtx()
  const taken = fields({ sku: `Mug-${newId()}`, name: 'Speckled mug' })
  const other = fields()
  await createProduct(ctx, taken)
  await createProduct(ctx, other)
  const sku = taken.sku.toUpperCase()
  const refusal = {
    ok: false,
    failure: {
      reason: 'invalid',
      problems: [{ field: 'sku', message: `Speckled mug has the SKU ${sku} already. Enter another one.` }],
    },
  }
  expect(await createProduct(ctx, fields({ sku }))).toEqual(refusal)
  expect(await editProduct(ctx, { ...other, sku, revision: 1 })).toEqual(refusal)
  expect(await rowOf(other.id)).toMatchObject({ sku: other.sku, revision: 1 })
})

it('edits a product, also the letters of its own SKU, but not over a later edit', async () => {
  const { ctx } = testCtx()
  const input = fields()
  await createProduct(ctx, input)
  const edit = { ...input, sku: input.sku.toLowerCase(), wholesalePrice: 1200, lowStockThreshold: null }
  expect(await editProduct(ctx, { ...edit, revision: 1 })).toEqual({ ok: true, value: undefined })
  expect(await editProduct(ctx, { ...edit, revision: 1 })).toEqual({ ok: true, value: undefined })
  expect(await rowOf(input.id)).toMatchObject({
    sku: edit.sku,
    wholesale_price: 1200,
    low_stock: 0,
    revision: 2,
  })
  expect(await editProduct(ctx, { ...edit, name: 'Late', revision: 1 })).toEqual({
    ok: false,
    failure: { reason: 'conflict', revision: 2 },
  })
  expect(await rowOf(input.id)).toMatchObject({ name: 'Bud vase', revision: 2 })
})

it('archives and brings back, and doing it again changes nothing', async () => {
  const { ctx } = testCtx()
  const { id, ...input } = fields()
  await createProduct(ctx, { id, ...input })
  for (const archived of [true, true, false, false]) {
    expect(await archiveProduct(ctx, { id, archived })).toMatchObject({ ok: true })
    expect(await rowOf(id)).toMatchObject({ archived: archived ? 1 : 0, revision: archived ? 2 : 3 })
  }
})

it('knows no product by another id', async () => {
  const { ctx } = testCtx()
  const unknown = { ok: false, failure: { reason: 'not_found', what: 'product' } }
  expect(await editProduct(ctx, { ...fields(), revision: 1 })).toEqual(unknown)
  expect(await archiveProduct(ctx, { id: newId(), archived: true })).toEqual(unknown)
})

it.each([
  ['sku', ''],
  ['sku', 'x'.repeat(61)],
  ['sku', 'a\u0000b'],
  ['name', '   '],
  ['name', 'Mug \uFFFD'],
  ['description', 'x'.repeat(100_000)],
  ['retailPrice', -1],
  ['retailPrice', 1.5],
  ['retailPrice', Number.NaN],
  ['retailPrice', 1_000_000_000],
  ['wholesalePrice', -1],
  ['caseSize', 0],
  ['caseSize', 1.5],
  ['caseSize', 1_000_000_000],
  ['lowStockThreshold', -1],
  ['id', 'short'],
] as const)('refuses %s %j at its field and adds nothing', async (field, value) => {
  const { ctx } = testCtx()
  const input = fields({ [field]: value })
  const answer = await createProduct(ctx, input)
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'invalid', problems: [{ field }] } })
  expect(await rowOf(input.id)).toBeNull()
})

it('lets a viewer change nothing', async () => {
  const { ctx } = testCtx({ actor: { kind: 'staff', id: 'v', name: 'Vi', role: 'viewer' } })
  const forbidden = { ok: false, failure: { reason: 'forbidden' } }
  expect(await createProduct(ctx, fields())).toMatchObject(forbidden)
  expect(await editProduct(ctx, { ...fields(), revision: 1 })).toMatchObject(forbidden)
  expect(await archiveProduct(ctx, { id: newId(), archived: true })).toMatchObject(forbidden)
})
