import { expect, it } from 'vitest'
import { ORDER_STATUSES } from '../orders/order.ts'
import { momentOf } from './demo-clock.ts'
import { demoOrders } from './demo-orders.ts'
import { demoProducts } from './demo-products.ts'
import { demoRetailers } from './demo-retailers.ts'
import { upsCheckDigit, upsNumber, uspsCheckDigit, uspsNumber } from './demo-tracking.ts'

it('is the same at every call', () => {
  expect(demoOrders()).toEqual(demoOrders())
})

it('has 24 products in 4 collections, 12 retailers of both types and 60 orders with ids of their own', () => {
  const ids = [...demoProducts, ...demoRetailers, ...demoOrders()].map(({ id }) => id)
  expect([demoProducts.length, demoRetailers.length, demoOrders().length]).toEqual([24, 12, 60])
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(demoProducts.map(({ collection }) => collection)).size).toBe(4)
  expect(new Set(demoRetailers.map(({ type }) => type)).size).toBe(2)
})

it('takes the steps of an order one after the other, all of them in the past', () => {
  for (const order of demoOrders()) {
    const days = [order.day, ...order.steps.map(({ day }) => day)]
    expect(days, order.id).toEqual([...days].sort((a, b) => b - a))
    expect(days.at(-1), order.id).toBeGreaterThan(0)
    expect(days[0], order.id).toBeLessThan(183)
  }
})

it('reaches every status', () => {
  const last = demoOrders().map(({ steps }) => steps.findLast((step) => step.kind === 'update'))
  const statuses = new Set(last.map((step) => (step?.kind === 'update' ? step.status : 'new')))
  expect([...ORDER_STATUSES].filter((status) => !statuses.has(status))).toEqual([])
})

it('never goes back in time, and keeps to working hours before today', () => {
  const now = Date.UTC(2026, 10, 23, 16, 4)
  let later = now
  for (let days = 0; days < 40; days += 0.07) {
    const moment = momentOf(now, days)
    expect(moment).toBeLessThanOrEqual(later)
    later = moment
    const hour = new Date(moment).getUTCHours()
    if (days >= 1) expect(hour >= 13 && hour < 22, `${days}`).toBe(true)
  }
})

it('makes tracking numbers with right check digits', () => {
  expect(upsCheckDigit('999AA1012345678')).toBe(4)
  expect(uspsCheckDigit('920559016491731275108')).toBe(9)
  expect(uspsCheckDigit('940551189922319742849')).toBe(0)
  expect(upsNumber(7)).toMatch(/^1Z[0-9A-Z]{16}$/)
  expect(uspsNumber(7)).toMatch(/^94\d{20}$/)
})
