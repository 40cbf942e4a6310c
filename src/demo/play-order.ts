import type { Ctx } from '../context.ts'
import { deliverMails } from '../mail/deliver-mails.ts'
import { overdueMails } from '../mail/outbox-store.ts'
import { editLines } from '../orders/edit-lines.ts'
import { placeOrder } from '../orders/place-order.ts'
import { placeRequest } from '../orders/place-request.ts'
import { unitPriceFor } from '../orders/totals.ts'
import { updateOrder } from '../orders/update-order.ts'
import { voidDelivery } from '../orders/void-delivery.ts'
import type { Result } from '../result.ts'
import { NEW_SHOPS } from '../signed-link.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { dayAfter } from './demo-clock.ts'
import type { DemoOrder, DemoStep } from './demo-order.ts'
import { demoProducts } from './demo-products.ts'
import type { DemoRequest } from './demo-requests.ts'
import { demoRetailers } from './demo-retailers.ts'
import { productNumbers } from './demo-store.ts'
import { NEW_SHOPS_RATE } from './fill-portal.ts'
import { accepted, inThePast, type Person } from './in-the-past.ts'

/** Units of one small firing. */
const BATCH = 24
/** More than one change sends. */
const MAX_MAILS = 100

type When = { day: number; by: Person }
type Played = { day: number; run: (now: Ctx) => Promise<void> }

/** Everything that happens to one order, to be mixed with what happens to the others and run by day. */
export function playOrder(order: DemoOrder): Played[] {
  let number = 0
  let revision = 1
  let kept = { paymentStatus: order.paymentStatus, trackingNumber: '', invoiceLink: '' }

  const place = async (now: Ctx) => {
    if (order.request) {
      number = await sendRequest(now, order, order.request)
      return captureMails(now, order)
    }
    const { id, retailerId, lines, pull, discount, shipping, otherCharges, poNumber, promisedDays } = order
    const placed = await changed(now, order, (ctx) =>
      placeOrder(ctx, {
        shipBy: promisedDays === null ? '' : dayAfter(ctx.now, promisedDays),
        ...{ id, retailerId, lines, pull, discount, shipping, otherCharges, tax: 0, poNumber },
        allowShortage: false,
      }),
    )
    number = placed.number
    await captureMails(now, order)
  }

  const take = async (now: Ctx, step: DemoStep) => {
    const key = { number, revision, changeId: `${order.id}-${revision + 1}` }
    if (step.kind === 'update') {
      const { status, email, comment, goods, pull } = step
      const { paymentStatus = kept.paymentStatus, trackingNumber = kept.trackingNumber } = step
      kept = { paymentStatus, trackingNumber, invoiceLink: step.invoiceLink ?? kept.invoiceLink }
      const update = {
        ...key,
        ...kept,
        status,
        email,
        comment,
        goods,
        pull,
        confirmed: true,
        allowShortage: false,
      }
      await changed(now, step, (ctx) => updateOrder(ctx, update))
      if (email) await captureMails(now, step)
    } else if (step.kind === 'void') {
      const { reason } = step
      await changed(now, step, (ctx) => voidDelivery(ctx, { ...key, reason, goods: 'came_back' }))
    } else {
      const { by, day, kind, ...lines } = step
      const edit = { ...key, allowShortage: false, lines: { edit: kind, ...lines } as Edit }
      await changed(now, step, (ctx) => editLines(ctx, edit))
    }
    revision++
  }

  return [
    { day: order.day, run: place },
    ...order.steps.map((step) => ({ day: step.day, run: (now: Ctx) => take(now, step) })),
  ]
}

/** What the shop sees in the portal and sends, as itself. */
async function sendRequest(now: Ctx, { id, day, by }: DemoOrder, request: DemoRequest): Promise<number> {
  const retailer = demoRetailers.find((one) => one.id === request.retailerId)
  const terms = retailer ?? ({ type: 'wholesale', rate: NEW_SHOPS_RATE } as const)
  const link = { id: retailer?.id ?? NEW_SHOPS, version: 1 }
  const numbers = await productNumbers(now)
  const lines = request.lines.map(({ productId, quantity }) => {
    const product = demoProducts.find((one) => one.id === productId)!
    const { name, retailPrice: unitRetail } = product
    return {
      ...{ product: numbers.get(productId)!, quantity },
      seen: { name, unitRetail, unitPrice: unitPriceFor(product, terms) },
    }
  })
  const { wantedDays, poNumber, contact } = request
  const placed = await inThePast(now, { day, by }, (ctx) =>
    placeRequest({ ...ctx, actor: { kind: 'retailer', id: link.id, name: '' } }, link, {
      ...{ id, lines, poNumber, ...contact },
      wantedDate: wantedDays === null ? '' : dayAfter(ctx.now, wantedDays),
    }),
  )
  return accepted(placed).number
}

type Edit = Parameters<typeof editLines>[1]['lines']

/** A change at its moment; where stock is short, after a firing of what is missing. */
async function changed<T>(now: Ctx, when: When, change: (ctx: Ctx) => Promise<Result<T>>): Promise<T> {
  const result = await inThePast(now, when, change)
  if (result.ok || result.failure.reason !== 'shortage') return accepted(result)
  for (const { productId, missing } of result.failure.shortages) {
    const quantity = Math.ceil((missing + 1) / BATCH) * BATCH
    const reason = 'Fired between the batches'
    const firing = { id: now.newId(), productId, kind: 'receive' as const, quantity, reason }
    accepted(await inThePast(now, when, (ctx) => adjustStock(ctx, firing)))
  }
  return accepted(await inThePast(now, when, change))
}

/** Writes down the e-mails of the last change at its moment, ahead of the queue, whose clock is today's. */
async function captureMails(now: Ctx, when: When): Promise<void> {
  await inThePast(now, when, async (ctx) => {
    const waiting = await overdueMails(ctx, ctx.now, MAX_MAILS)
    await deliverMails(
      ctx,
      waiting.map(({ id }) => id),
    )
  })
}
