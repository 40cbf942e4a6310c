import { expect, it } from 'vitest'
import type { Actor } from '../context.ts'
import { newId, owner, testCtx } from '../testing/fixtures.ts'
import { listOrders } from './list-orders.ts'
import { NEWEST_FIRST, NO_FILTER } from './order-filter.ts'
import { removeView, saveView } from './save-view.ts'
import { MAX_SAVED_VIEWS } from './saved-view-store.ts'

const somebody = (name: string, role: 'staff' | 'viewer' = 'staff'): Actor => ({
  ...{ kind: 'staff', id: newId(), name, role },
})

async function viewsOf(actor: Actor) {
  const list = await listOrders(testCtx({ actor }).ctx, NO_FILTER, NEWEST_FIRST, {
    cursor: null,
    backwards: false,
  })
  return list.ok ? list.value.views.map((view) => view.name) : null
}

it('shows one’s own views and those for all staff, once each', async () => {
  const [ben, eve] = [somebody('Ben'), somebody('Eve')]
  const own = { id: newId(), name: 'Overdue', query: 'payment=awaiting_payment', shared: false }
  await saveView(testCtx({ actor: ben }).ctx, own)
  await saveView(testCtx({ actor: ben }).ctx, own)
  const shared = { id: newId(), name: 'To ship', query: 'status=in_progress', shared: true }
  await saveView(testCtx({ actor: owner }).ctx, shared)
  expect(await viewsOf(ben)).toEqual(['Overdue', 'To ship'])
  expect(await viewsOf(eve)).toEqual(['To ship'])

  await removeView(testCtx({ actor: eve }).ctx, own.id)
  expect(await viewsOf(ben)).toEqual(['Overdue', 'To ship'])
  await removeView(testCtx({ actor: ben }).ctx, own.id)
  await removeView(testCtx({ actor: owner }).ctx, shared.id)
  expect(await viewsOf(ben)).toEqual([])
})

it('keeps no other view under an id that has one, and says so', async () => {
  const [ben, eve] = [somebody('Ben'), somebody('Eve')]
  const view = { id: newId(), name: 'Overdue', query: 'payment=awaiting_payment', shared: false }
  const save = (over: Partial<typeof view>, actor = ben) =>
    saveView(testCtx({ actor }).ctx, { ...view, ...over })
  await save({})
  const sentBefore = { ok: false, failure: { reason: 'sent_before', order: null } }
  for (const over of [{ name: 'Unpaid' }, { query: 'status=new' }, { shared: true }]) {
    expect(await save(over)).toEqual(sentBefore)
  }
  expect(await save({}, eve)).toEqual(sentBefore)
  expect([await viewsOf(ben), await viewsOf(eve)]).toEqual([['Overdue'], []])
  expect(await save({ name: ' Overdue ' })).toEqual({ ok: true, value: undefined })
})

it('lets a viewer keep a view for himself but not for all', async () => {
  const ctx = () => testCtx({ actor: somebody('Vic', 'viewer') }).ctx
  const view = { id: newId(), name: 'Mine', query: 'status=new' }
  expect(await saveView(ctx(), { ...view, shared: true })).toMatchObject({ failure: { reason: 'forbidden' } })
  expect(await saveView(ctx(), { ...view, shared: false })).toMatchObject({ ok: true })
})

it.each([
  ['no name', { name: ' ' }],
  ['a long name', { name: 'x'.repeat(41) }],
  ['a strange id', { id: '../x' }],
])('refuses %s', async (_, over) => {
  const view = { id: newId(), name: 'Name', query: '', shared: false, ...over }
  expect(await saveView(testCtx().ctx, view)).toMatchObject({ ok: false, failure: { reason: 'invalid' } })
})

it('says when there are as many as may be', async () => {
  const actor = somebody('Max')
  const save = (index: number) =>
    saveView(testCtx({ actor }).ctx, { id: newId(), name: `View ${index}`, query: '', shared: false })
  for (let index = 0; index < MAX_SAVED_VIEWS; index++) expect((await save(index)).ok).toBe(true)
  expect(await save(MAX_SAVED_VIEWS)).toMatchObject({ ok: false, failure: { reason: 'invalid' } })
})
