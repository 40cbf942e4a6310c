import { createExecutionContext, runDurableObjectAlarm, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Actor, Ctx } from '../context.ts'
import { Db } from '../db/client.ts'
import type { Bindings } from '../env.ts'
import { type PlaceOrderInput, placeOrder } from '../orders/place-order.ts'
import { stockOf } from '../stock/reserve.ts'

export const owner: Actor = { kind: 'staff', id: 'owner', name: 'Ana', role: 'owner' }

/** A fresh id; tests of one file share a database, so nothing has a fixed id. */
export const newId = () => crypto.randomUUID()

/** A context over the real bindings, or over wrapped ones, and a way to wait for what runs after the answer. */
export function testCtx(over: { env?: Bindings; actor?: Actor; now?: number } = {}) {
  const execution = createExecutionContext()
  const bindings = over.env ?? env
  const ctx: Ctx = {
    env: bindings,
    db: new Db(bindings.DB, 'first-primary'),
    actor: over.actor ?? owner,
    now: over.now ?? Date.now(),
    newId,
    later: (work) => execution.waitUntil(work),
  }
  return { ctx, settled: () => waitOnExecutionContext(execution) }
}

/** Inserts a product with `onHand` units, received through its stock object, and answers its id. */
export async function aProduct(over: { onHand?: number; retailPrice?: number; name?: string } = {}) {
  const id = newId()
  const { onHand = 0, retailPrice = 2000, name = `Mug ${id.slice(0, 8)}` } = over
  await env.DB.prepare(
    `INSERT INTO products (id, sku, name, collection, description, retail_price, wholesale_price, case_size,
      stock_tracked, low_stock_threshold, listed, archived, revision, created_at, updated_at)
     VALUES (?, ?, ?, '', '', ?, NULL, 1, 1, NULL, 1, 0, 1, 0, 0)`,
  )
    .bind(id, `SKU-${id}`, name, retailPrice)
    .run()
  if (onHand > 0) {
    await stockOf({ env }, id).adjust(id, {
      ...{ id: newId(), kind: 'receive', quantity: onHand, reason: '', at: Date.now(), actor: owner },
    })
  }
  return id
}

export async function aRetailer(over: { type?: 'wholesale' | 'consignment'; email?: string } = {}) {
  const id = newId()
  await env.DB.prepare(
    `INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
      rate, notes, active, revision, created_at, updated_at)
     VALUES (?, ?, ?, 'Jo', ?, '', '', '', '', '', '', 5000, '', 1, 1, 0, 0)`,
  )
    .bind(id, `Shop ${id.slice(0, 8)}`, over.type ?? 'wholesale', over.email ?? `${id}@shop.example`)
    .run()
  return id
}

/** What placing takes, with one unit each of the given products. */
export function placement(
  retailerId: string,
  lines: PlaceOrderInput['lines'],
  over: Partial<PlaceOrderInput> = {},
): PlaceOrderInput {
  return {
    ...{ id: newId(), retailerId, lines, pull: true, discount: 0, shipping: 0, otherCharges: 0, tax: 0 },
    ...{ poNumber: '', allowShortage: false, ...over },
  }
}

/** Places an order of four mugs and four bowls, of ten each, and answers its number and the ids of the two. */
export async function anOrderOfTwo() {
  const [retailerId, mug, bowl] = await Promise.all([
    aRetailer({ email: '' }),
    aProduct({ onHand: 10 }),
    aProduct({ onHand: 10 }),
  ])
  const { ctx, settled } = testCtx()
  const lines = [mug, bowl].map((productId) => ({ productId, quantity: 4 }))
  const placed = await placeOrder(ctx, placement(retailerId, lines))
  await settled()
  if (!placed.ok) throw new Error('The order to start from was refused.')
  return { number: placed.value.number, mug, bowl }
}

/** What the object says of one product now. */
export const stockNow = (productId: string) => stockOf({ env }, productId).snapshot(productId)

/** Lets an object's alarm run, if one is set. */
export const runAlarm = (productId: string) => runDurableObjectAlarm(stockOf({ env }, productId))
