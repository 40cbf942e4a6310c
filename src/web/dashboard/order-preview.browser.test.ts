import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, openPage } from '../../testing/browser.ts'

/** The update form of the newest order that is in progress, on the way to Shipped with an e-mail. */
async function aShipment(page: Page) {
  await page.goto(routes.orders({ status: 'in_progress' }))
  await page
    .getByRole('link', { name: /^Details/ })
    .first()
    .click()
  await page.getByLabel('Order status').waitFor()
  // A form shows its preview beside it once it has its scripts.
  await page.waitForLoadState()
  await page.getByLabel('Order status').selectOption('shipped')
  await page.getByLabel('Tracking number').fill('1Z5R89390357567127')
  const question = page.getByRole('radiogroup', { name: 'Send email update?' })
  await question.getByText('Yes', { exact: true }).click()
}

const message = (page: Page) => page.frameLocator('iframe.message').first().getByRole('heading', { level: 1 })

it('shows the e-mail beside the form, and follows what is typed', async () => {
  const page = await openPage({ width: 1280 })
  await aShipment(page)
  await page.getByRole('button', { name: /^Save and email \S+@\S+$/ }).waitFor()
  await page.getByRole('button', { name: 'Preview e-mail' }).click()
  expect(await message(page).innerText()).toBe('Order shipped')
  await expectNoAxeViolations(page)

  await page.getByLabel('Comment').fill('Packed with straw')
  await page.getByLabel('Tracking number').focus()
  await page.frameLocator('iframe.message').first().getByText('Packed with straw').waitFor()
  await page.getByRole('radiogroup', { name: 'Send email update?' }).getByText('No', { exact: true }).click()
  await page.getByText('No e-mail goes out: you chose No.').waitFor()
  await page.getByRole('button', { name: 'Save update' }).waitFor()
})

it('shows it as a page without scripts, and keeps what was typed on the way back', async () => {
  const page = await openPage({ javaScript: false, width: 360 })
  await aShipment(page)
  await page.getByLabel('Comment').fill('Packed with straw')
  await page.getByRole('button', { name: 'Preview e-mail' }).click()
  await page.getByText('Nothing is saved yet, and nothing has been sent.').waitFor()
  expect(await message(page).innerText()).toBe('Order shipped')
  // By key: scrolling to it loads the second frame, and Chromium drops a click while a frame is being attached.
  await page.getByRole('button', { name: 'Back to the form' }).press('Enter')
  expect(await page.getByLabel('Comment').inputValue()).toBe('Packed with straw')
  expect(await page.getByLabel('Tracking number').inputValue()).toBe('1Z5R89390357567127')
  expect(await page.getByLabel('Order status').inputValue()).toBe('shipped')
})
