import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { archiveProduct } from '../catalog/archive-product.ts'
import { createProduct } from '../catalog/create-product.ts'
import { editProduct } from '../catalog/edit-product.ts'
import { readProduct } from '../catalog/read-product.ts'
import { setPhoto } from '../catalog/set-photo.ts'
import type { Actor, Ctx } from '../context.ts'
import { placeOrder } from '../orders/place-order.ts'
import type { Result } from '../result.ts'
import { createRetailer } from '../retailers/create-retailer.ts'
import { editRetailer } from '../retailers/edit-retailer.ts'
import { readRetailer } from '../retailers/read-retailer.ts'
import { replacePortalLink } from '../retailers/replace-portal-link.ts'
import { setMinimumOrder } from '../retailers/set-minimum-order.ts'
import { setPortalAccess } from '../retailers/set-portal-access.ts'
import { setRetailerActivity } from '../retailers/set-retailer-activity.ts'
import { readPortalSettings } from '../settings/read-portal-settings.ts'
import { replaceNewShopsLink } from '../settings/replace-new-shops-link.ts'
import { setLogo } from '../settings/set-logo.ts'
import { updateMailSettings } from '../settings/update-mail-settings.ts'
import { updatePortalSettings } from '../settings/update-portal-settings.ts'
import { updateSettings } from '../settings/update-settings.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { aProduct, aRetailer, newId, owner, placement, runAlarm, testCtx } from '../testing/fixtures.ts'
import { apply, preview, successOf } from '../testing/import-runs.ts'
import { aPng } from '../testing/pictures.ts'
import { changesOf } from '../testing/record-changes.ts'
import { CHANGES_SHOWN, SETTINGS_ID } from './record-change-store.ts'

const ben: Actor = { kind: 'staff', id: 'ben', name: 'Ben', role: 'staff' }
const cleo: Actor = { kind: 'staff', id: 'cleo', name: 'Cleo', role: 'owner' }
const viewer: Actor = { kind: 'staff', id: 'vi', name: 'Vi', role: 'viewer' }

const vase = (id = newId()) => ({
  ...{ id, sku: `S-${id}`, name: 'Bud vase', collection: 'Vases', description: 'For one stem.' },
  ...{ retailPrice: 2900, wholesalePrice: null, caseSize: 2, stockTracked: true, lowStockThreshold: 3 },
  listed: true,
})

const shop = (id = newId()) => ({
  ...{ id, name: 'Harbour', type: 'wholesale' as const, rate: 5000, contactName: '', email: '', phone: '' },
  ...{ street: '', city: '', region: '', postcode: '', country: '', notes: '' },
})

/** Sends the same form twice, and answers what came of both. */
const twice = async (send: () => Promise<Result<unknown>>) => [await send(), await send()]

/** Sends each of these forms twice, by turns as the one and as the other, so that nobody inherits who did it. */
async function byTurns(people: [Actor, Actor], acts: ((ctx: Ctx) => Promise<Result<unknown>>)[]) {
  for (const [index, act] of acts.entries()) {
    const { ctx } = testCtx({ actor: people[index % 2], now: 5000 + index })
    for (const answer of await twice(() => act(ctx))) expect(answer).toMatchObject({ ok: true })
  }
}

it('keeps who added a product, and with what, once', async () => {
  const product = vase()
  await twice(() => createProduct(testCtx({ actor: ben, now: 5000 }).ctx, product))
  const { id, ...fields } = product
  expect(await changesOf('product', id)).toEqual([
    {
      ...{ at: 5000, actor: ben, before: null },
      after: { ...fields, stockTracked: 1, listed: 1, archived: 0, photo: '' },
    },
  ])
})

it('keeps what each edit of a product was before and after, under whoever did it', async () => {
  const product = vase()
  const { id } = product
  await createProduct(testCtx().ctx, product)
  const edit = { ...product, revision: 1, name: 'BUD VASE', wholesalePrice: 1200, lowStockThreshold: null }
  const file = new Blob([await aPng(4, 4)])
  const photo = { productId: id, formId: newId(), seen: '' }
  await byTurns(
    [ben, owner],
    [
      (ctx) => editProduct(ctx, edit),
      (ctx) => archiveProduct(ctx, { id, archived: true }),
      (ctx) => archiveProduct(ctx, { id, archived: false }),
      (ctx) => setPhoto(ctx, photo, file),
    ],
  )
  expect((await changesOf('product', id)).slice(1)).toEqual([
    {
      ...{ at: 5000, actor: ben, before: { name: 'Bud vase', wholesalePrice: null, lowStockThreshold: 3 } },
      after: { name: 'BUD VASE', wholesalePrice: 1200, lowStockThreshold: null },
    },
    { at: 5001, actor: owner, before: { archived: 0 }, after: { archived: 1 } },
    { at: 5002, actor: ben, before: { archived: 1 }, after: { archived: 0 } },
    { at: 5003, actor: owner, before: { photo: '' }, after: { photo: expect.stringMatching(/^[\w-]{32}$/) } },
  ])
})

it('keeps nothing of what was refused, changed nothing or is no edit', async () => {
  const product = vase()
  const { id } = product
  await createProduct(testCtx().ctx, product)
  const edit = { ...product, name: 'Late' }
  const { ctx } = testCtx({ actor: viewer })
  expect(await editProduct(ctx, { ...edit, revision: 1 })).toMatchObject({ ok: false })
  expect(await archiveProduct(ctx, { id, archived: true })).toMatchObject({ ok: false })
  expect(await editProduct(testCtx().ctx, { ...edit, sku: '', revision: 1 })).toMatchObject({ ok: false })
  expect(await editProduct(testCtx().ctx, { ...edit, revision: 7 })).toMatchObject({ ok: false })
  expect(await editProduct(testCtx().ctx, { ...product, revision: 1 })).toMatchObject({ ok: true })
  const received = { id: newId(), productId: id, kind: 'receive' as const, quantity: 12, reason: '' }
  expect(await adjustStock(testCtx().ctx, received)).toMatchObject({ ok: true })
  await runAlarm(id)
  const row = await env.DB.prepare('SELECT revision, low_stock FROM products WHERE id = ?').bind(id).first()
  expect(row).toEqual({ revision: 2, low_stock: 0 })
  expect(await changesOf('product', id)).toHaveLength(1)
})

it('keeps each edit of a retailer, but for its link, which has a record of its own', async () => {
  const retailer = shop()
  const { id } = retailer
  const edit = { ...retailer, revision: 1, rate: 4550, notes: 'Pays late.' }
  await byTurns(
    [ben, owner],
    [
      (ctx) => createRetailer(ctx, retailer),
      (ctx) => editRetailer(ctx, edit),
      (ctx) => setRetailerActivity(ctx, { id, active: false }),
      (ctx) => setMinimumOrder(ctx, { retailerId: id, minimumOrder: 15_000 }),
      (ctx) => setMinimumOrder(ctx, { retailerId: id, minimumOrder: null }),
      (ctx) => setPortalAccess(ctx, { retailerId: id, open: false }),
      (ctx) => replacePortalLink(ctx, { retailerId: id, version: 1 }),
    ],
  )
  expect(await editRetailer(testCtx().ctx, { ...edit, name: 'Late' })).toMatchObject({ ok: false })
  expect(await setRetailerActivity(testCtx({ actor: viewer }).ctx, { id, active: true })).toMatchObject({
    ok: false,
  })
  const { id: _, ...fields } = retailer
  expect(await changesOf('retailer', id)).toEqual([
    {
      ...{ at: 5000, actor: ben, before: null },
      after: { ...fields, active: 1, portalOpen: 1, minimumOrder: null },
    },
    {
      ...{ at: 5001, actor: owner, before: { rate: 5000, notes: '' } },
      after: { rate: 4550, notes: 'Pays late.' },
    },
    { at: 5002, actor: ben, before: { active: 1 }, after: { active: 0 } },
    { at: 5003, actor: owner, before: { minimumOrder: null }, after: { minimumOrder: 15_000 } },
    { at: 5004, actor: ben, before: { minimumOrder: 15_000 }, after: { minimumOrder: null } },
    { at: 5005, actor: owner, before: { portalOpen: 1 }, after: { portalOpen: 0 } },
  ])
  const link = env.DB.prepare('SELECT portal_link_version, updated_by FROM retailers WHERE id = ?').bind(id)
  expect(await link.first()).toEqual({ portal_link_version: 2, updated_by: JSON.stringify(ben) })
})

it('keeps each change of the settings', async () => {
  const { ctx } = testCtx()
  const { frame, portal } = successOf(await readPortalSettings(ctx))
  const before = frame.settings
  const business = {
    businessName: 'Tidewater Clay',
    currency: 'EUR',
    timeZone: 'UTC',
    accentColor: '#1f5f73',
  }
  const mail = { replyTo: 'hi@clay.example', notificationEmails: [] }
  const { newShopsLinkVersion: version } = portal
  const terms = { welcomeText: 'Hello.', minimumOrder: 15_000, newShopsOpen: true, newShopsRate: 4000 }
  const logo = { formId: newId(), seen: '' }
  const file = new Blob([await aPng(4, 4)])
  const { revision } = before
  await byTurns(
    [cleo, owner],
    [
      (ctx) => updateSettings(ctx, { ...business, revision }),
      (ctx) => updateMailSettings(ctx, { ...mail, revision: revision + 1 }),
      (ctx) => updatePortalSettings(ctx, { ...terms, revision: revision + 2 }),
      (ctx) => setLogo(ctx, logo, file),
      (ctx) => replaceNewShopsLink(ctx, { version }),
    ],
  )
  expect(await updateSettings(ctx, { ...business, currency: 'USD', revision })).toMatchObject({ ok: false })
  expect(await changesOf('settings', SETTINGS_ID)).toEqual([
    {
      ...{ at: 5000, actor: cleo, before: { businessName: 'My business', currency: 'USD', accentColor: '' } },
      after: { businessName: 'Tidewater Clay', currency: 'EUR', accentColor: '#1f5f73' },
    },
    { at: 5001, actor: owner, before: { replyTo: '' }, after: { replyTo: 'hi@clay.example' } },
    {
      ...{ at: 5002, actor: cleo },
      before: { welcomeText: '', minimumOrder: 0, newShopsOpen: 0, newShopsRate: 5000 },
      after: { ...terms, newShopsOpen: 1 },
    },
    { at: 5003, actor: owner, before: { logo: '' }, after: { logo: expect.stringMatching(/^[\w-]{32}$/) } },
  ])
  const row = await env.DB.prepare('SELECT new_shops_link_version, updated_by FROM settings').first()
  expect(row).toEqual({ new_shops_link_version: version + 1, updated_by: JSON.stringify(cleo) })
})

it('keeps of an import one change of each row that it changed, by whoever applied it', async () => {
  const [one, two, same] = [vase(), vase(), vase()]
  for (const product of [one, two, same]) await createProduct(testCtx({ actor: ben }).ctx, product)
  const added = `NEW-${newId()}`
  const products = [
    'SKU,Name,Price',
    ...[`${one.sku},Bud vase,31`, `${two.sku},Tall vase,29`, `${same.sku},Bud vase,29`, `${added},Bowl,18`],
  ]
  await apply((await preview('products', products.join('\n'))).id)
  const last = async (id: string) => (await changesOf('product', id)).slice(1)
  expect(await last(one.id)).toMatchObject([
    { actor: owner, before: { retailPrice: 2900 }, after: { retailPrice: 3100 } },
  ])
  expect(await last(two.id)).toMatchObject([
    { actor: owner, before: { name: 'Bud vase' }, after: { name: 'Tall vase' } },
  ])
  expect(await last(same.id)).toEqual([])
  const made = await env.DB.prepare('SELECT id, updated_by FROM products WHERE sku = ?').bind(added).first()
  expect(made?.updated_by).toBe(JSON.stringify(owner))
  expect(await changesOf('product', String(made?.id))).toMatchObject([
    { actor: owner, before: null, after: { name: 'Bowl', retailPrice: 1800 } },
  ])

  const retailer = { ...shop(), name: `Harbour ${newId()}` }
  await createRetailer(testCtx({ actor: ben }).ctx, retailer)
  const name = `Kiosk ${newId()}`
  const shops = `Shop name,Type,Discount,City\n${retailer.name},wholesale,45,Bath\n${name},wholesale,50,Ghent`
  await apply((await preview('retailers', shops)).id)
  expect((await changesOf('retailer', retailer.id)).slice(1)).toMatchObject([
    { actor: owner, before: { rate: 5000, city: '' }, after: { rate: 4500, city: 'Bath' } },
  ])
  const kiosk = env.DB.prepare('SELECT id FROM retailers WHERE name = ?').bind(name).first<string>('id')
  expect(await changesOf('retailer', (await kiosk)!)).toMatchObject([{ actor: owner, before: null }])
})

it('keeps nothing of orders, which have a record of their own', async () => {
  const [retailerId, productId] = await Promise.all([aRetailer(), aProduct({ onHand: 5 })])
  const { ctx, settled } = testCtx()
  expect(await placeOrder(ctx, placement(retailerId, [{ productId, quantity: 2 }]))).toMatchObject({
    ok: true,
  })
  await settled()
  await runAlarm(productId)
  expect(await changesOf('product', productId)).toHaveLength(1)
  expect(await changesOf('retailer', retailerId)).toHaveLength(1)
})

it('reads as many as a page shows, with the page, however many there are', async () => {
  const [productId, retailerId] = await Promise.all([aProduct(), aRetailer()])
  const read = async () => {
    const { ctx } = testCtx()
    const product = successOf(await readProduct(ctx, productId, { limit: 10 }))
    const retailer = successOf(await readRetailer(ctx, retailerId))
    expect(ctx.db.meter.roundTrips).toBe(2)
    return { lists: [product.changes, retailer.changes], rowsRead: ctx.db.meter.rowsRead }
  }
  const { rowsRead } = await read()
  const changed = [...Array(20).fill(productId), ...Array(20).fill(retailerId), ...Array(2000).fill(newId())]
  await env.DB.prepare(
    `INSERT INTO record_changes (subject, subject_id, at, before, after)
     SELECT iif(value = ?, 'retailer', 'product'), value, key, '{"name":"a"}', '{"name":"b"}' FROM json_each(?)`,
  )
    .bind(retailerId, JSON.stringify(changed))
    .run()
  const after = await read()
  const moments = (newest: number) => Array.from({ length: CHANGES_SHOWN }, (_, index) => newest - index)
  expect(after.lists.map((list) => list.map(({ at }) => at))).toEqual([moments(19), moments(39)])
  expect(after.rowsRead).toBeLessThanOrEqual(rowsRead + 2 * 2 * CHANGES_SHOWN)
})

it('lets nobody change or delete what was kept', async () => {
  const { ctx } = testCtx()
  const product = vase()
  await createProduct(ctx, product)
  const before = await changesOf('product', product.id)
  expect(before).toHaveLength(1)
  for (const statement of [
    `UPDATE record_changes SET actor = NULL WHERE subject_id = ?`,
    'DELETE FROM record_changes WHERE subject_id = ?',
  ]) {
    await expect(env.DB.prepare(statement).bind(product.id).run()).rejects.toThrow(/append-only/)
  }
  expect(await changesOf('product', product.id)).toEqual(before)
})
