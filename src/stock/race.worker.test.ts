import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { routes } from '../routes.ts'
import { aProduct, aRetailer, newId, stockNow } from '../testing/fixtures.ts'
import { brokenInvariants } from '../testing/invariants.ts'
import { bringToRest } from '../testing/objects.ts'
import { post, words } from '../testing/web.ts'

const ORDERS = 200
const UNITS = 20

it('gives the last 20 units to exactly 20 of 200 simultaneous orders and tells the others', async () => {
  const [productId, retailerId] = await Promise.all([
    aProduct({ onHand: UNITS, name: 'Last mugs' }),
    aRetailer(),
  ])
  let isOver = false
  const mostPrepared = watchPrepared(productId, () => isOver)
  const answers = await Promise.all(
    Array.from({ length: ORDERS }, async () => {
      const response = await post(routes.orders(), {
        ...{
          orderId: newId(),
          retailer: retailerId,
          currency: 'USD',
          product: productId,
          quantity: '1',
          pull: 'on',
        },
        ...{ discount: '', shipping: '', otherCharges: '', tax: '', poNumber: '', date: '' },
      })
      return { status: response.status, text: response.status === 409 ? await words(response) : '' }
    }),
  )
  isOver = true
  // The race happened: claims of several orders stood prepared at one time.
  expect(await mostPrepared).toBeGreaterThan(1)
  expect(answers.filter(({ status }) => status === 303).length).toBe(UNITS)
  const refused = answers.filter(({ status }) => status === 409)
  expect(refused.length).toBe(ORDERS - UNITS)
  for (const { text } of refused) expect(text).toMatch(/Last mugs: 1 wanted, 0 available, 1 missing/)

  await bringToRest([productId])
  expect(await stockNow(productId)).toMatchObject({
    onHand: UNITS,
    reserved: UNITS,
    available: 0,
    prepared: [],
  })
  expect(await brokenInvariants([productId])).toEqual([])
  const placed = await env.DB.prepare('SELECT COUNT(*) AS orders FROM order_lines WHERE product_id = ?')
    .bind(productId)
    .first('orders')
  expect(placed).toBe(UNITS)
}, 60_000)

/** The most claims that were seen prepared at once, until it is over. */
async function watchPrepared(productId: string, isOver: () => boolean): Promise<number> {
  let most = 0
  while (!isOver()) most = Math.max(most, (await stockNow(productId)).prepared.length)
  return most
}
