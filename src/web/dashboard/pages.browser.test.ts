import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage } from '../../testing/browser.ts'

// What holds for every page of the desk: nobody is kept out, nothing goes sideways, nothing weighs too much. Pages
// whose own tests look at them with axe are left to those.

const ORDER = 1040
/** One that can be edited. */
const OPEN_ORDER = 1052
const PRODUCT = 'demo-mug-rst'
const RETAILER = 'demo-gull-point-provisions'
const KB = 1024

const SEEN_ELSEWHERE = [
  ...[routes.orders(), routes.order(ORDER), routes.newOrder(), routes.products(), routes.product(PRODUCT)],
  ...[routes.newProduct(), routes.editProduct(PRODUCT), routes.mails(), routes.exports(), routes.toMake()],
  ...[
    routes.newOrderLine(OPEN_ORDER),
    routes.orderDetails(OPEN_ORDER),
    routes.newBulkChange({ orders: String(ORDER) }),
  ],
  ...[
    routes.imports('products'),
    routes.packingSlips([ORDER]),
    routes.statements([ORDER]),
    routes.mailSettings(),
    routes.portalSettings(),
  ],
]
const SEEN_HERE = [
  ...[routes.retailers(), routes.retailers({ q: 'zzzz' }), routes.retailer(RETAILER), routes.newRetailer()],
  ...[routes.editRetailer(RETAILER), routes.productMovements(PRODUCT), routes.imports('retailers')],
  ...[routes.ordersOfRetailer(), routes.newExport(), routes.stockCheck(), routes.settings(), routes.keys()],
  ...[routes.palette(), routes.palette({ q: 'zzzz' })],
]

const openDisclosures = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

describe.each([1280, 360])('at %i px', (width) => {
  it('keeps nobody out of any page, in the light and in the dark', async () => {
    const page = await openPage({ width })
    for (const path of SEEN_HERE) {
      await page.goto(path)
      await openDisclosures(page)
      for (const colorScheme of ['light', 'dark'] as const) {
        // A colour that is still changing has no contrast yet.
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await expectNoAxeViolations(page)
      }
    }
  })
})

it('keeps nobody out where a form is refused, or the menu is open', async () => {
  const page = await openPage({ width: 360 })
  for (const [path, button] of [
    [routes.newRetailer(), 'Add retailer'],
    [routes.orderDetails(OPEN_ORDER), 'Save details'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('main').getByRole('button', { name: button }).click()
    await page.locator('.error-summary:focus').waitFor()
    await expectNoAxeViolations(page)
  }
  await page.getByRole('button', { name: /^Menu/ }).click()
  await page.getByRole('button', { name: 'Close' }).waitFor()
  await expectNoAxeViolations(page)
})

it('scrolls no page sideways at 320 px', async () => {
  const order = await aRequestInLongWords()
  const page = await openPage({ width: 320 })
  const ofStranger = [
    ...[routes.orders(), routes.order(order), routes.orderRetailer(order), routes.packingSlips([order])],
    ...[routes.palette({ q: String(order) }), routes.newBulkChange({ orders: String(order) })],
  ]
  for (const path of [...SEEN_HERE, ...SEEN_ELSEWHERE, ...ofStranger]) {
    await page.goto(path)
    await openDisclosures(page)
    await expectNoSidewaysScroll(page)
  }
})

/** The number of an order of somebody who has the general link, and calls himself what he likes. */
async function aRequestInLongWords(): Promise<number> {
  const page = await openPage()
  await page.goto(routes.portalSettings())
  await page.goto(await page.getByLabel('Link', { exact: true }).inputValue())
  await page.getByLabel('Quantity of Speckled mug, sea').fill('60')
  await page.getByRole('button', { name: 'Review order' }).click()
  for (const name of ['businessName', 'contactName', 'street', 'city', 'poNumber', 'note']) {
    await page.locator(`[name="${name}"]`).fill('W'.repeat(60))
  }
  await page.locator('[name="email"]').fill(`${'w'.repeat(60)}@${'w'.repeat(60)}.example`)
  await page.getByRole('button', { name: 'Send request' }).click()
  const heading = page.getByRole('heading', { name: /^Order #\d+ is sent$/ })
  const number = Number((await heading.textContent())!.replace(/\D/g, ''))
  return number
}

it('loads no page that weighs more than 60 kB, photos apart, 20 kB of scripts, and 10 kB of its own', async () => {
  for (const path of [...SEEN_HERE, ...SEEN_ELSEWHERE]) {
    const page = await openPage()
    const weights: Promise<{ type: string; bytes: number }>[] = []
    page.on('response', (response) => {
      const type = response.request().resourceType()
      if (type === 'image') return
      weights.push(response.body().then((body) => ({ type, bytes: gzipSync(body).length })))
    })
    await page.goto(path)
    const loaded = await Promise.all(weights)
    const sum = (type?: string) =>
      loaded.reduce((bytes, part) => bytes + (!type || part.type === type ? part.bytes : 0), 0)
    expect(sum('script'), path).toBeGreaterThan(0)
    expect(sum('script'), path).toBeLessThanOrEqual(20 * KB)
    expect(sum('document'), path).toBeLessThanOrEqual(10 * KB)
    expect(sum(), path).toBeLessThanOrEqual(60 * KB)
    await page.context().close()
  }
})

it('keeps what was typed in a form that the back button brings back, and lets it be sent', async () => {
  const page = await openPage()
  await page.goto(routes.order(ORDER))
  const loads: string[] = []
  page.on('request', (request) => request.isNavigationRequest() && loads.push(request.url()))
  await page.getByLabel('Comment').fill('A long letter')
  // The browser of the tests has no cache for the back button: its event comes from here.
  await page.evaluate(() => {
    document.querySelector('form.update')!.setAttribute('data-busy', '')
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  })
  await page.locator('form.update:not([data-busy])').waitFor()
  await page.waitForTimeout(300)
  expect(await page.getByLabel('Comment').inputValue()).toBe('A long letter')
  expect(loads).toEqual([])
})
