import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { aProduct, aRetailer, newId } from '../../testing/fixtures.ts'
import { cartForm, type Fields, placed } from '../../testing/order-forms.ts'
import { get, post, words } from '../../testing/web.ts'

async function aCart(over: Fields = {}) {
  const [product, retailer] = await Promise.all([aProduct({ onHand: 100 }), aRetailer()])
  return cartForm({ product, retailer, ...over })
}

const shipByOf = (number: number) =>
  env.DB.prepare('SELECT ship_by FROM orders WHERE number = ?').bind(number).first('ship_by')

const details = (revision: number, shipBy: string) => ({
  ...{
    changeId: newId(),
    revision: String(revision),
    currency: 'USD',
    date: '2026-11-23',
    pull: 'on',
    shipBy,
  },
  ...{ poNumber: '', discount: '', shipping: '', otherCharges: '', tax: '' },
})

it('is part of the review and of the order, and may be left out', async () => {
  const cart = await aCart({ shipBy: '2026-12-04' })
  const review = await post(routes.newOrder(), { ...cart, do: 'review' })
  expect(await review.clone().text()).toContain('name="shipBy" value="2026-12-04"')
  expect(await words(review)).toContain('Promised ship date 4 Dec 2026')
  const number = await placed(await aCart({ shipBy: '2026-12-04' }))
  expect(await words(await get(routes.order(number)))).toMatch(/ships by\s+4 Dec 2026/)
  expect(await words(await get(routes.order(await placed(await aCart()))))).not.toContain('ships by')
})

it('can be changed and taken back, and the history says so', async () => {
  const number = await placed(await aCart({ shipBy: '2026-12-04' }))
  expect((await post(routes.orderDetails(number), details(1, '2026-12-11'))).status).toBe(303)
  expect(await words(await get(routes.order(number)))).toContain(
    'Promised ship date: 4 Dec 2026 → 11 Dec 2026',
  )
  expect((await post(routes.orderUndo(number), { changeId: newId(), revision: '2' })).status).toBe(303)
  expect(await shipByOf(number)).toBe('2026-12-04')
  expect((await post(routes.orderDetails(number), details(3, ''))).status).toBe(303)
  expect(await shipByOf(number)).toBe('')
})

it.each(['tomorrow', '2026-02-30', '4.12.2026', '2026-12-04T00:00', '-', '1'.repeat(300), '<b>'])(
  'refuses %j at the field, keeps it, and changes nothing',
  async (shipBy) => {
    const cart = await aCart({ shipBy })
    const number = await placed(await aCart({ shipBy: '2026-12-04' }))
    const answers = [
      await post(routes.newOrder(), { ...cart, do: 'review' }),
      await post(routes.orders(), cart),
      await post(routes.orderDetails(number), details(1, shipBy)),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(422)
      const page = await answer.text()
      expect(page).toContain('id="field-shipBy-error"')
      expect(page).toContain(`value="${shipBy.replace('<', '&lt;').replace('>', '&gt;')}"`)
    }
    expect(await env.DB.prepare('SELECT 1 FROM orders WHERE id = ?').bind(cart.orderId).first()).toBeNull()
    expect(await shipByOf(number)).toBe('2026-12-04')
  },
)
