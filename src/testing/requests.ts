import { env } from 'cloudflare:workers'
import { type PlaceRequestInput, placeRequest } from '../orders/place-request.ts'
import { NEW_SHOPS } from '../signed-link.ts'
import { newId, testCtx } from './fixtures.ts'
import { anOffer } from './shop.ts'

/**
 * Sends a request through the portal's use case, from a new shop unless a retailer is named, and answers the order's
 * number. Without lines it asks for four of a new product.
 */
export async function aRequest(
  over: Partial<PlaceRequestInput> & {
    retailerId?: string
    products?: { id: string; number: number }[]
  } = {},
): Promise<{ number: number; productId: string }> {
  const { retailerId = NEW_SHOPS, products, ...fields } = over
  await env.DB.prepare('UPDATE settings SET new_shops_open = 1').run()
  const offers = products ?? [await anOffer()]
  const { ctx, settled } = testCtx({ actor: { kind: 'retailer', id: retailerId, name: 'A shop' } })
  const placed = await placeRequest(
    ctx,
    { id: retailerId, version: 1 },
    {
      id: newId(),
      lines: await Promise.all(
        offers.map(async ({ number }) => ({ product: number, quantity: 4, seen: await seenOf(number) })),
      ),
      ...{ businessName: 'Salt & Pine', contactName: 'Noa Berg', email: 'noa@saltpine.example', phone: '' },
      ...{ street: '7 Quay', city: 'Bergen', region: '', postcode: '5003', country: 'Norway' },
      ...{ poNumber: '', wantedDate: '', note: 'Please pack well.', ...fields },
    },
  )
  await settled()
  if (!placed.ok) throw new Error(JSON.stringify(placed.failure))
  return { number: placed.value.number, productId: offers[0]!.id }
}

/** The prices that a shop that keeps half of the retail price sees. */
async function seenOf(product: number) {
  const row = await env.DB.prepare(
    'SELECT name, retail_price AS unitRetail, COALESCE(wholesale_price, retail_price / 2) AS unitPrice FROM products WHERE number = ?',
  )
    .bind(product)
    .first<{ name: string; unitRetail: number; unitPrice: number }>()
  return row!
}
