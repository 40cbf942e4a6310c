import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { routes } from '../routes.ts'
import { CrashPoints, crashing } from '../testing/crash-points.ts'
import { aProduct, aRetailer, newId } from '../testing/fixtures.ts'
import worker from '../worker.ts'

type Fields = Record<string, string>

/** Asks the Worker, whose database stops answering with call `call`. A form is posted, a page is fetched. */
async function ask(path: string, form: Fields | null, points = new CrashPoints()) {
  const origin = 'http://localhost'
  const body = form && new URLSearchParams(form)
  const request = new Request(origin + path, {
    ...{ method: body ? 'POST' : 'GET', body, headers: { origin } },
  })
  const execution = createExecutionContext()
  const response = await worker.fetch(request, crashing(env, points), execution)
  await waitOnExecutionContext(execution)
  return response
}

async function anOrder() {
  const [retailer, product] = await Promise.all([aRetailer(), aProduct({ onHand: 100 })])
  const placed = await ask(routes.orders(), cart(retailer, product))
  return { retailer, product, number: Number(placed.headers.get('location')?.split('/').at(-1)) }
}

const cart = (retailer: string, product: string) => ({
  ...{ orderId: newId(), retailer, currency: 'USD', product, quantity: '2', pull: 'on', discount: '' },
  ...{ shipping: '', otherCharges: '', tax: '', poNumber: '', date: '2026-11-23' },
})

const change = () => ({ changeId: newId(), revision: '1', currency: 'USD' })

type Desk = Awaited<ReturnType<typeof anOrder>>

const forms: [string, (desk: Desk) => [path: string, form: Fields]][] = [
  ['placing', ({ retailer, product }) => [routes.orders(), cart(retailer, product)]],
  [
    'an update',
    ({ number }) => [
      routes.orderUpdates(number),
      {
        ...{ ...change(), status: 'shipped', paymentStatus: 'awaiting_payment', email: 'yes' },
        ...{ trackingNumber: '', invoiceLink: '', comment: 'Packed' },
      },
    ],
  ],
  [
    'a line',
    ({ number, product }) => [
      routes.orderLine(number, product),
      { ...change(), do: 'save', quantity: '5', unitPrice: '10.00' },
    ],
  ],
  [
    'details',
    ({ number }) => [
      routes.orderDetails(number),
      {
        ...{ ...change(), date: '2026-11-23', shipBy: '', poNumber: 'PO 7', pull: 'on' },
        ...{ discount: '', shipping: '4.00', otherCharges: '', tax: '' },
      },
    ],
  ],
  [
    'stock received',
    ({ product }) => [
      routes.productAdjustments(product),
      { id: newId(), kind: 'receive', quantity: '5', reason: '' },
    ],
  ],
]

it.each(forms)(
  'answers %s without a 500 whenever the database stops answering, and takes it after that',
  async (_, of) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const statuses: number[] = []
    for (let call = 1; ; call++) {
      const [path, form] = of(await anOrder())
      const points = new CrashPoints({
        call,
        effect: call % 2 === 0 ? 'at once' : 'too late',
        caller: 'is cut off',
      })
      const answer = await ask(path, form, points)
      if (!points.fired) break
      statuses.push(answer.status)
      const again = await ask(path, form)
      expect([again.status, await again.text()], `sent again after call ${call} failed`).toEqual([303, ''])
    }
    expect(statuses.length).toBeGreaterThan(1)
    expect(statuses.filter((status) => status !== 303 && status !== 503)).toEqual([])
    expect(statuses).toContain(503)
  },
)

it.each([
  ...[routes.orders(), routes.newOrder(), routes.products(), routes.retailers(), routes.mails()],
  ...[routes.settings(), routes.toMake(), routes.exports(), routes.keys(), routes.palette(), '/nowhere'],
])('answers %s with a page that says to try again', async (path) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const points = new CrashPoints({ call: 1, effect: 'too late', caller: 'is cut off' })
  const answer = await ask(path, null, points)
  expect(points.fired).toBe(true)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await answer.text()).toContain('Try again in a moment')
})
