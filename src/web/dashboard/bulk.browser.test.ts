import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import {
  expectNoAxeViolations,
  expectNoSidewaysScroll,
  followProgress,
  openPage,
  reviewCart,
} from '../../testing/browser.ts'

/** Ticks the first orders of a list and answers their numbers. */
async function tick(page: Page, count: number): Promise<string[]> {
  const numbers: string[] = []
  for (let index = 0; index < count; index++) {
    const box = page.getByRole('checkbox', { name: /^Select order \d+$/ }).nth(index)
    await box.check()
    numbers.push((await box.getAttribute('value')) ?? '')
  }
  return numbers
}

/** The orders of a list from top to bottom, and which of them are ticked. */
const boxesOf = (page: Page) =>
  page
    .locator('tbody')
    .getByRole('checkbox')
    .evaluateAll((boxes: HTMLInputElement[]) =>
      boxes.map(({ value, checked }) => ({ number: value, ticked: checked })),
    )

async function finished(page: Page, javaScript: boolean) {
  const done = page.getByText('Done', { exact: true })
  await (javaScript ? done.waitFor() : followProgress(page, done))
}

async function answer(page: Page, words: 'Yes' | 'No') {
  await page.getByRole('radiogroup', { name: 'Send email update?' }).getByText(words, { exact: true }).click()
}

describe.each([
  { javaScript: true, width: 1280, from: 'in_progress', to: 'new', entry: 'In Progress → New' },
  { javaScript: false, width: 360, from: 'new', to: 'in_progress', entry: 'New → In Progress' },
])('at $width px, with scripts: $javaScript', ({ javaScript, width, from, to, entry }) => {
  it('changes three ticked orders without an e-mail and tells what came of each', async () => {
    const page = await openPage({ javaScript, width })
    await page.goto(routes.orders({ status: from }))
    const bar = page.getByRole('button', { name: 'Print packing slips' })
    expect(await bar.isVisible()).toBe(false)
    const numbers = await tick(page, 3)
    await bar.waitFor()
    const words = javaScript ? 'Change 3 orders' : 'Change selected orders'
    await page.getByRole('button', { name: words }).click()

    await page.getByRole('heading', { name: 'Change 3 orders' }).waitFor()
    await page.getByLabel('Order status').selectOption(to)
    await page.getByLabel('Comment').fill('On the wheel')
    await page.getByRole('button', { name: 'Change 3 orders' }).click()
    await page.getByRole('alert').getByText('Choose whether to send').waitFor()
    expect(await page.getByLabel('Comment').inputValue()).toBe('On the wheel')
    await answer(page, 'No')
    await page.getByRole('button', { name: 'Change 3 orders' }).click()
    await page.getByRole('heading', { name: 'Change of 3 orders' }).waitFor()
    await finished(page, javaScript)
    await page.getByRole('heading', { name: '3 orders changed' }).waitFor()

    await page.getByRole('link', { name: `Order ${numbers[0]}` }).click()
    await page.getByText(entry).first().waitFor()
    await page.getByText('On the wheel').first().waitFor()
  })

  it('prints the packing slips of the ticked orders', async () => {
    const page = await openPage({ javaScript, width })
    await page.goto(routes.orders({ status: 'shipped' }))
    await tick(page, 2)
    await page.getByRole('button', { name: 'Print packing slips' }).click()
    await page.getByRole('heading', { name: '2 packing slips' }).waitFor()
  })

  it('changes all that match, and tries again what was refused', async () => {
    const page = await openPage({ javaScript, width })
    await page.goto(
      routes.orders([
        ['status', 'canceled'],
        ['status', 'delivered'],
        ['q', 'bowl'],
      ]),
    )
    await tick(page, 1)
    await page.getByRole('link', { name: 'Change all orders that match' }).click()
    await page.getByText('All orders that match: “bowl”, Delivered, Canceled').waitFor()
    await page.getByLabel('Order status').selectOption('awaiting_approval')
    await answer(page, 'No')
    await page.getByRole('button', { name: /^Change \d+ orders$/ }).click()
    await page.getByRole('heading', { name: /^Change of \d+ orders$/ }).waitFor()
    await finished(page, javaScript)
    await page.getByText('Delivered is final.').first().waitFor()
    await page.getByRole('link', { name: /^Try the/ }).click()
    await page.getByRole('heading', { name: /^Change \d+ orders?$/ }).waitFor()
    expect(await page.getByLabel('Order status').inputValue()).toBe('awaiting_approval')
  })
})

it('ticks all on the page, keeps the ticks when the list refreshes itself, and brings them back', async () => {
  const page = await openPage()
  await page.goto(routes.orders())
  const boxes = page.locator('tbody').getByRole('checkbox')
  const all = page.getByRole('checkbox', { name: 'Select all on this page' })
  await all.check()
  const count = await boxes.count()
  await page.getByRole('button', { name: `Change ${count} orders` }).waitFor()
  await boxes.first().uncheck()
  await page.getByRole('button', { name: `Change ${count - 1} orders` }).waitFor()
  expect(await all.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true)

  const before = await boxesOf(page)
  const newest = before[0]!.number
  const other = await openPage()
  await other.goto(routes.newOrder())
  await other
    .getByRole('link', { name: /Wholesale/ })
    .first()
    .click()
  await other
    .getByRole('button', { name: /[1-9]\d* available/ })
    .first()
    .click()
  await other
    .getByLabel(/^Quantity of/)
    .first()
    .fill('1')
  await reviewCart(other)
  await other.getByRole('button', { name: /^Place order/ }).click()
  await other.getByRole('heading', { name: /^Order \d+$/ }).waitFor()
  await expect.poll(() => boxes.first().getAttribute('value')).not.toBe(newest)
  // Other tests may have placed orders too. What is new came without a tick; as many have moved to the next page.
  const after = await boxesOf(page)
  const added = after.findIndex(({ number }) => number === newest)
  expect(after.slice(added)).toEqual(before.slice(0, count - added))
  expect(after.slice(0, added).filter(({ ticked }) => ticked)).toEqual([])

  const words = `Change ${after.filter(({ ticked }) => ticked).length} orders`
  await page.getByRole('button', { name: words }).click()
  await page.getByRole('heading', { name: words }).waitFor()
  await page.goBack()
  await page.getByRole('button', { name: words }).waitFor()
})

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const)('at $width px in the $colorScheme', (look) => {
  it('has no accessibility violations, and scrolls no page sideways', async () => {
    const page = await openPage(look)
    const check = async () => {
      // At the end of the page the bar that sticks to the window covers no row.
      await page.waitForLoadState()
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
      await expectNoAxeViolations(page)
      await expectNoSidewaysScroll(page)
    }
    await page.goto(
      routes.orders([
        ['status', 'shipped'],
        ['status', 'delivered'],
        ['status', 'awaiting_approval'],
      ]),
    )
    await tick(page, 12)
    await check()
    await page.getByRole('button', { name: 'Change 12 orders' }).click()
    await page.getByRole('heading', { name: 'Change 12 orders' }).waitFor()
    await check()
    await page.getByLabel('Order status').selectOption('delivered')
    await answer(page, 'No')
    await page.getByRole('button', { name: 'Change 12 orders' }).click()
    await page.getByRole('alert').getByText('Delivered is final').waitFor()
    await check()
    await page.getByLabel('Order status').selectOption('awaiting_approval')
    await page.getByLabel('Comment').fill('Please wait')
    await page.getByRole('button', { name: 'Change 12 orders' }).click()
    await finished(page, true)
    await check()
    await page.goto(routes.newBulkChange({ orders: '99999999' }))
    await check()
  })
})
