import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { openPage } from '../../testing/browser.ts'

// What a person does faster than the cart's answers come.

const FIRST = 1
const TOO_MANY = '9999'

/** An open cart with one product, and one more click for another. */
async function openCart() {
  const page = await openPage()
  await page.goto(routes.newOrder())
  await page
    .getByRole('link', { name: /Wholesale/ })
    .first()
    .click()
  const offers = page.getByRole('button', { name: /[1-9]\d* available/ })
  await offers.first().click()
  await page.getByLabel(/^Quantity of/).waitFor()
  await offers.first().waitFor()
  // Without its styles the page has a button too many.
  await page.waitForLoadState()
  return { page, offers }
}

const quantities = (page: Page) => page.getByLabel(/^Quantity of/)
const reviewButton = (page: Page) => page.getByRole('button', { name: 'Review order' })
const review = (page: Page) => page.getByRole('heading', { name: 'Review order' })

it('clicks what was under the pointer when it went down, though the answer comes before it goes up', async () => {
  const { page } = await openCart()
  await quantities(page).fill(TOO_MANY)
  await reviewButton(page).hover()
  const answer = page.waitForResponse((response) => response.url().endsWith(routes.newOrder()))
  await page.mouse.down()
  await (await answer).finished()
  // The answer is there and says what is missing, which would move the button.
  expect(await (await answer).text()).toContain('available.</p>')
  await page.waitForTimeout(100)
  expect(await page.getByText(/^Only \d+ available/).count()).toBe(0)
  await page.mouse.up()
  await review(page).waitFor()
})

it('leaves the focus and the place on the page where they are when a quantity changes', async () => {
  const { page, offers } = await openCart()
  await offers.nth(FIRST).click()
  await quantities(page).nth(FIRST).waitFor()
  await quantities(page).first().fill(TOO_MANY)
  await quantities(page).first().press('Tab')
  await page.getByText(/^Only \d+ available/).waitFor()
  const focused = page.locator(':focus')
  expect(await focused.textContent()).toContain('Remove')
})

it('loses no product of two that are added while the answers are on their way, and reviews both', async () => {
  const { page, offers } = await openCart()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const asked: string[] = []
  await page.route(`**${routes.newOrder()}`, async (route) => {
    if (route.request().resourceType() !== 'document') {
      asked.push(new URLSearchParams(route.request().postData() ?? '').get('do') ?? '')
      await released
    }
    await route.continue()
  })
  await offers.first().click()
  await offers.nth(FIRST).click()
  await reviewButton(page).click()
  await expect.poll(() => asked).not.toEqual([])
  await page.waitForTimeout(100)
  expect(asked.map((action) => action.split(':')[0])).toEqual(['add'])
  expect(await review(page).count()).toBe(0)
  release()
  await review(page).waitFor()
  expect(asked).toHaveLength(2)
  expect(await page.getByRole('main').locator('tbody tr').count()).toBe(3)
})
