import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, reviewCart } from '../../testing/browser.ts'

/**
 * Places an order for more than there is by 24 December, and answers its number. It reserves nothing: other tests find
 * the stock as it was.
 */
async function promiseMany(page: Page): Promise<number> {
  await page.goto(routes.newOrder())
  const main = page.getByRole('main')
  await main
    .getByRole('link', { name: /Wholesale/ })
    .first()
    .click()
  await main
    .getByRole('button', { name: /[1-9]\d* available/ })
    .first()
    .click()
  await page
    .getByLabel(/^Quantity of/)
    .first()
    .fill('900')
  await page.getByLabel('Promised ship date').fill('2030-12-24')
  await page.getByLabel('Pull from On Hand').uncheck()
  await reviewCart(page)
  await page.getByText('24 Dec 2030').waitFor()
  await page.getByRole('button', { name: /^Place order/ }).click()
  const heading = page.getByRole('heading', { name: /^Order \d+$/ })
  await heading.waitFor()
  await page.waitForLoadState()
  return Number((await heading.textContent())?.replace(/\D/g, ''))
}

const linkOn = (page: Page) => page.getByLabel('Link').inputValue()

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const)('at $width px in the $colorScheme', (look) => {
  it('has no accessibility violations on any paper, and scrolls none sideways', async () => {
    const page = await openPage(look)
    const number = await promiseMany(page)
    await page.goto(routes.statements([number]))
    await page.getByText('Replace the link').click()
    await expectNoAxeViolations(page)
    const shared = await linkOn(page)
    const paths = [
      ...[routes.order(number), routes.orderDetails(number), routes.newOrder({ again: String(number) })],
      ...[
        routes.packingSlips([number, 1003, 999_999]),
        routes.packingSlips(),
        routes.statements([number, 1004]),
      ],
      ...[shared, `${shared}x`, routes.toMake()],
    ]
    for (const path of paths) {
      await page.goto(path)
      await expectNoAxeViolations(page)
      await expectNoSidewaysScroll(page)
    }
  })
})

it('prints one order a page, and nothing else', async () => {
  const page = await openPage({ colorScheme: 'dark' })
  for (const url of [routes.packingSlips, routes.statements]) {
    await page.goto(url([1003, 1004, 1005]))
    for (const format of ['A4', 'Letter'] as const) {
      const pdf = (await page.pdf({ format })).toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(3)
    }
    await page.emulateMedia({ media: 'print' })
    expect(
      await page.locator('.sheet').evaluateAll((sheets) => sheets.map((sheet) => sheet.checkVisibility())),
    ).toEqual([...[true, true, true]])
    for (const name of ['Main', 'Print']) expect(await page.getByLabel(name).isVisible()).toBe(false)
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
  }
})

it('copies the link of a statement', async () => {
  const page = await openPage()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(routes.statements([1003]))
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await linkOn(page))
})

describe.each([{ javaScript: true }, { javaScript: false }])(
  'with scripts: $javaScript',
  ({ javaScript }) => {
    it('shares a statement by its link until the link is replaced', async () => {
      const page = await openPage({ javaScript, width: 360 })
      const number = await promiseMany(page)
      await page.getByRole('link', { name: 'Statement', exact: true }).click()
      const first = await linkOn(page)
      const retailer = await openPage({ javaScript, width: 360 })
      await retailer.goto(first)
      await retailer.getByRole('heading', { name: `Order #${number} from` }).waitFor()
      expect(await retailer.getByRole('navigation').count()).toBe(0)
      expect(await retailer.getByRole('button', { name: 'Print' }).isVisible()).toBe(javaScript)

      await page.getByText('Replace the link').click()
      await page.getByRole('button', { name: 'Replace link' }).click()
      await page.getByText('Link replaced.').waitFor()
      expect((await retailer.goto(first))?.status()).toBe(404)
      await retailer.getByRole('heading', { name: 'This link does not work' }).waitFor()
      expect((await retailer.goto(await linkOn(page)))?.status()).toBe(200)
    })

    it('orders the same again, and says what is to be made for it by when', async () => {
      const page = await openPage({ javaScript, width: 360 })
      const number = await promiseMany(page)
      await page.getByRole('link', { name: 'Order again' }).click()
      await page.getByText(`The products of order ${number} at today's prices.`).waitFor()
      const quantity = page.getByLabel(/^Quantity of/)
      expect(await quantity.inputValue()).toBe('900')
      await quantity.fill('1')
      await page.getByLabel('Pull from On Hand').uncheck()
      await reviewCart(page)
      await page.getByRole('button', { name: /^Place order/ }).click()
      const heading = page.getByRole('heading', { name: /^Order \d+$/ })
      await heading.waitFor()
      expect(await heading.textContent()).not.toBe(`Order ${number}`)

      // The stock that lists show follows its objects a moment later.
      await expect
        .poll(async () => {
          await page.goto(routes.toMake())
          return page.getByRole('link', { name: String(number), exact: true }).count()
        })
        .toBe(1)
      const row = page
        .getByRole('row')
        .filter({ has: page.getByRole('link', { name: String(number), exact: true }) })
      expect(await row.textContent()).toContain('24 Dec 2030')
      await page.getByRole('link', { name: String(number), exact: true }).click()
      await page.getByText('ships by').waitFor()
    })
  },
)
