import { expect, it } from 'vitest'
import type { Settings } from '../settings/settings-store.ts'
import { aStatement } from '../testing/statement-fixtures.ts'
import { senderOf } from './brand.ts'
import { messageFor } from './message.ts'

const settings: Settings = {
  ...{ businessName: 'Tidewater\r\n Clay', currency: 'USD', timeZone: 'UTC', replyTo: 'hi@clay.example' },
  ...{ notificationEmails: [], accentColor: '#7a1f5c', logo: 'a'.repeat(32), revision: 1 },
}
const event = {
  ...{ orderId: 'order-1', revision: 2, number: 1282, kind: 'updated' as const, comment: '' },
  ...{ changes: { fields: [], lines: [] }, statement: aStatement() },
}
const write = (env: { APP_URL?: string }, audience: 'retailer' | 'business') =>
  messageFor(event, audience, senderOf(env, settings, 'orders@clay.example'))

it('leads staff to the desk and shows the logo where the desk knows its address', () => {
  const env = { APP_URL: 'https://desk.example' }
  const { html, text } = write(env, 'business')
  expect(html).toContain('href="https://desk.example/orders/1282"')
  expect(text).toContain('https://desk.example/orders/1282')
  const logo = `<img src="https://desk.example/photos/${settings.logo}/small.webp" alt="Tidewater Clay"`
  expect(html).toContain(logo)
  const toRetailer = write(env, 'retailer')
  expect(toRetailer.html).toContain(logo)
  expect(toRetailer.html + toRetailer.text).not.toContain('/orders/1282')
})

it('has neither a picture nor a link to the desk where it does not', () => {
  for (const audience of ['business', 'retailer'] as const) {
    const { html, text } = write({}, audience)
    expect(html).not.toContain('<img')
    expect(html + text).not.toContain('/orders/1282')
  }
})

it('wears the accent of the business, and says who writes', () => {
  const message = write({}, 'retailer')
  expect(message.html).toContain('border-top:4px solid #7a1f5c')
  expect(message).toMatchObject({
    from: { email: 'orders@clay.example', name: 'Tidewater Clay' },
    ...{ replyTo: 'hi@clay.example', subject: 'Order #1282 · Tidewater Clay' },
  })
})
