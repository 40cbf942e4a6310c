import { beforeAll, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aProduct, aRetailer, newId } from '../../testing/fixtures.ts'
import { cartForm, type Fields, placed, updateForm } from '../../testing/order-forms.ts'
import { get, post, words } from '../../testing/web.ts'

// Forms that come too late: somebody else was first, or the form itself was sent before and edited since.

let productId: string
let retailerId: string
beforeAll(async () => {
  ;[productId, retailerId] = await Promise.all([
    aProduct({ onHand: 1000, name: 'Speckled mug' }),
    aRetailer(),
  ])
})

const cart = (over: Fields = {}) => cartForm({ retailer: retailerId, product: productId, ...over })

const details = (over: Record<string, string> = {}) => ({
  ...{ changeId: newId(), revision: '1', currency: 'USD', date: '2026-11-23', shipBy: '', poNumber: '' },
  ...{ discount: '0.00', shipping: '8.00', otherCharges: '0.00', tax: '0.00', pull: 'on', ...over },
})

const line = (over: Record<string, string> = {}) => ({
  ...{ changeId: newId(), revision: '1', currency: 'USD', do: 'save', quantity: '2', unitPrice: '10.00' },
  ...over,
})

it('shows what others changed in the details, keeps what was typed, and undoes nothing when saved again', async () => {
  const number = await placed(cart())
  expect((await post(routes.orderDetails(number), details({ shipping: '12.00' }))).status).toBe(303)
  const late = await post(routes.orderDetails(number), details({ poNumber: 'PO 77' }))
  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toContain('Since you opened this page')
  expect(page).toContain('Shipping: $8.00 → $12.00')
  expect(page).toContain('value="PO 77"')
  expect(page).toMatch(/name="shipping"[^>]* value="12.00"/)
  expect(page).toContain('name="revision" value="2"')
})

it('undoes nothing of others where a late form is wrong besides', async () => {
  const number = await placed(cart())
  const first = updateForm({ paymentStatus: 'paid_in_full', trackingNumber: 'T-1' })
  expect((await post(routes.orderUpdates(number), first)).status).toBe(303)
  const late = await post(routes.orderUpdates(number), updateForm({ email: '', comment: 'Mine' }))
  expect(late.status).toBe(422)
  const page = await late.text()
  for (const text of ['Choose whether to send', 'Since you opened this page', 'value="T-1"', 'Mine']) {
    expect(page).toContain(text)
  }
  expect(page).toMatch(/<option value="paid_in_full" selected/)

  const wrong = details({ shipping: '8.00', poNumber: 'PO 9', discount: 'lots' })
  const moved = details({ revision: '2', shipping: '12.00' })
  expect((await post(routes.orderDetails(number), moved)).status).toBe(303)
  const answer = await (await post(routes.orderDetails(number), { ...wrong, revision: '2' })).text()
  expect(answer).toContain('Since you opened this page')
  expect(answer).toMatch(/name="shipping"[^>]* value="12.00"/)

  const path = routes.orderLine(number, productId)
  expect((await post(path, line({ revision: '3', unitPrice: '9.00' }))).status).toBe(303)
  const typed = await (await post(path, line({ revision: '3', quantity: 'ten' }))).text()
  expect(typed).toContain('Since you opened this page')
  expect(typed).toMatch(/name="unitPrice"[^>]* value="9.00"/)
})

it('leaves the box to pull as others set it meanwhile, unless it was clicked', async () => {
  const { pull: _, ...unpulledCart } = cart()
  const number = await placed(unpulledCart)
  expect((await post(routes.orderDetails(number), details())).status).toBe(303)
  const paid = updateForm({ asksToPull: '1', paymentStatus: 'paid_in_full' })
  const late = await post(routes.orderUpdates(number), paid)
  expect(late.status).toBe(409)
  expect(pullBox(await late.text())).toContain(' checked')

  const { pull: __, ...unpulled } = details({ revision: '2' })
  expect((await post(routes.orderDetails(number), unpulled)).status).toBe(303)
  const clicked = await post(routes.orderUpdates(number), { ...paid, pull: 'on' })
  expect(pullBox(await clicked.text())).toContain(' checked')
})

it('takes the box to pull from an order that came back meanwhile, where the form had none', async () => {
  const number = await placed(cart())
  for (const [revision, status] of [
    ['1', 'shipped'],
    ['2', 'in_progress'],
  ] as const) {
    const moved = updateForm({ revision, status, asksToPull: '1', pull: 'on' })
    expect((await post(routes.orderUpdates(number), moved)).status).toBe(303)
  }
  const late = await post(routes.orderUpdates(number), updateForm({ revision: '2', status: 'shipped' }))
  expect(late.status).toBe(409)
  expect(pullBox(await late.text())).toContain(' checked')
})

const pullBox = (page: string) => /<input[^>]*name="pull"[^>]*>/.exec(page)?.[0]

it('shows what others changed at a line, keeps what was typed, and undoes nothing when saved again', async () => {
  const number = await placed(cart())
  const path = routes.orderLine(number, productId)
  expect((await post(path, line({ unitPrice: '9.00' }))).status).toBe(303)
  const late = await post(path, line({ quantity: '7' }))
  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toContain('price $10.00 → $9.00')
  expect(page).toMatch(/name="quantity"[^>]* value="7"/)
  expect(page).toMatch(/name="unitPrice"[^>]* value="9.00"/)
})

it('shows the order where an undo comes too late, with what was done since', async () => {
  const number = await placed(cart())
  const undo = { changeId: newId(), revision: '2' }
  for (const revision of ['1', '2']) {
    const saved = await post(routes.orderDetails(number), details({ revision, poNumber: `PO ${revision}` }))
    expect(saved.status).toBe(303)
  }
  const late = await post(routes.orderUndo(number), undo)
  expect(late.status).toBe(409)
  const page = await words(late)
  expect(page).toContain(`Order ${number}`)
  expect(page).toContain('PO number: PO 1 → PO 2')
})

it.each([
  ['an update', routes.orderUpdates, updateForm({ comment: 'First' }), { comment: 'Second' }],
  ['details', routes.orderDetails, details({ poNumber: 'First' }), { poNumber: 'Second' }],
] as const)('does not take %s for done that was edited after it was sent', async (_, path, form, edited) => {
  const number = await placed(cart())
  expect((await post(path(number), form)).status).toBe(303)
  expect((await post(path(number), form)).status).toBe(303)

  const refused = await post(path(number), { ...form, ...edited })
  expect(refused.status).toBe(409)
  const page = await refused.text()
  expect(page).toContain('This form was sent before, with other contents')
  expect(page).toContain('Since you opened this page')
  expect(page).toContain('Second')
  const changeId = /name="changeId" value="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(changeId).not.toBe(form.changeId)

  const again = { ...form, ...edited, changeId, revision: '2' }
  expect((await post(path(number), again)).status).toBe(303)
  expect(await words(await get(routes.order(number)))).toContain('Second')
})

it('does not take an order for placed whose cart was edited after it was sent', async () => {
  const form = cart()
  const number = await placed(form)
  const refused = await post(routes.orders(), { ...form, quantity: '3' })
  expect(refused.status).toBe(409)
  const page = await refused.text()
  expect(page).toContain(`Order ${number} was placed from this form`)
  expect(page).toContain(`href="${routes.order(number)}"`)
  expect(page).toMatch(/name="quantity"[^>]* value="3"/)
  const id = /name="orderId" value="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(await placed({ ...form, orderId: id, quantity: '3' })).toBe(number + 1)
})
