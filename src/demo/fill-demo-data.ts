import { createProduct } from '../catalog/create-product.ts'
import type { Ctx } from '../context.ts'
import { MAIL_EVENTS } from '../mail/mail-event.ts'
import { createRetailer } from '../retailers/create-retailer.ts'
import { setRetailerActivity } from '../retailers/set-retailer-activity.ts'
import { readSettings } from '../settings/read-settings.ts'
import { updateMailSettings } from '../settings/update-mail-settings.ts'
import { updateSettings } from '../settings/update-settings.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { stockOf } from '../stock/reserve.ts'
import { TIME_ZONE } from './demo-clock.ts'
import { demoOrders } from './demo-orders.ts'
import { type DemoProduct, demoProducts, LOW_SKU } from './demo-products.ts'
import { demoRetailers } from './demo-retailers.ts'
import { isEmpty } from './demo-store.ts'
import { openDemoPortal } from './fill-portal.ts'
import { accepted, inThePast } from './in-the-past.ts'
import { playOrder } from './play-order.ts'

export interface DemoFill {
  /** False where there was something already, or where e-mails would really be sent; then nothing was done. */
  filled: boolean
  products: number
  retailers: number
  orders: number
}

const OPENING = { day: 184, by: 'ana' } as const
/** The days of the large firings, and the units of each product that came out. */
const FIRINGS = [
  { day: 183, units: 48 },
  { day: 130, units: 36 },
  { day: 80, units: 36 },
  { day: 30, units: 36 },
]
const STOCK_TAKING = { day: 1.5, by: 'ben' } as const

const tracked = demoProducts.filter(({ stockTracked }) => stockTracked)

/**
 * Fills an empty database with half a year of a ceramics maker, through the use cases that people's own actions go
 * through, each at its moment: stock, history and e-mails agree. Throws if one of them refuses.
 */
export async function fillDemoData(ctx: Ctx): Promise<DemoFill> {
  if (ctx.env.MAILCHANNELS_API_KEY || !(await isEmpty(ctx))) {
    return { filled: false, products: 0, retailers: 0, orders: 0 }
  }
  await openBusiness(ctx)
  const orders = demoOrders()
  const timeline = [
    ...FIRINGS.map(({ day, units }) => ({ day, run: (now: Ctx) => fireKiln(now, day, units) })),
    ...orders.flatMap(playOrder),
    { day: STOCK_TAKING.day, run: takeStock },
  ]
  // Sorting keeps what stands on one day in its order.
  for (const { run } of timeline.sort((a, b) => b.day - a.day)) await run(ctx)
  return {
    filled: true,
    products: demoProducts.length,
    retailers: demoRetailers.length,
    orders: orders.length,
  }
}

async function openBusiness(now: Ctx): Promise<void> {
  await inThePast(now, OPENING, async (ctx) => {
    const { frame } = accepted(await readSettings(ctx))
    const settings = {
      ...{ businessName: 'Tidewater Clay', currency: 'USD', timeZone: TIME_ZONE, accentColor: '#1f5f73' },
    }
    const { revision } = frame.settings
    accepted(await updateSettings(ctx, { ...settings, revision }))
    const mailSettings = {
      replyTo: 'hello@tidewaterclay.example',
      notificationEmails: [
        { email: 'studio@tidewaterclay.example', events: [...MAIL_EVENTS] },
        { email: 'ana@tidewaterclay.example', events: [...MAIL_EVENTS] },
      ],
    }
    accepted(await updateMailSettings(ctx, { ...mailSettings, revision: revision + 1 }))
    for (const product of demoProducts) accepted(await createProduct(ctx, product))
    for (const { left, ...retailer } of demoRetailers) accepted(await createRetailer(ctx, retailer))
    await openDemoPortal(ctx)
  })
}

async function fireKiln(now: Ctx, day: number, units: number): Promise<void> {
  await inThePast(now, { day, by: 'ben' }, (ctx) =>
    Promise.all(
      tracked.map(async ({ id: productId, caseSize }) => {
        // Of what is sold piece by piece, fewer are made.
        const quantity = caseSize === 1 ? units / 4 : units
        const reason = day === FIRINGS[0]?.day ? 'Opening stock' : 'Large firing'
        accepted(await adjustStock(ctx, { id: ctx.newId(), productId, kind: 'receive', quantity, reason }))
      }),
    ),
  )
}

/** Counts the shelves: one product is low, of the others there is enough; a shop that closed is made inactive. */
async function takeStock(now: Ctx): Promise<void> {
  await inThePast(now, STOCK_TAKING, async (ctx) => {
    for (const product of tracked) await countShelf(ctx, product)
    for (const { id } of demoRetailers.filter(({ left }) => left)) {
      accepted(await setRetailerActivity(ctx, { id, active: false }))
    }
  })
}

async function countShelf(ctx: Ctx, { id: productId, sku, caseSize, lowStockThreshold }: DemoProduct) {
  const { onHand, reserved, available } = await stockOf(ctx, productId).snapshot(productId)
  const low = lowStockThreshold ?? 0
  const isRare = caseSize === 1
  const id = ctx.newId()
  if (sku === LOW_SKU) {
    const quantity = Math.min(onHand, reserved + Math.floor(low / 2))
    const reason = 'Counted: a shelf came down in the kiln room'
    accepted(await adjustStock(ctx, { id, productId, kind: 'count', quantity, reason }))
  } else if (available < low + (isRare ? 6 : 36)) {
    const quantity = isRare ? 12 : 36
    accepted(await adjustStock(ctx, { id, productId, kind: 'receive', quantity, reason: 'Small firing' }))
  }
}
