import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage } from '../../testing/browser.ts'

/** Adds a product through the form and stays on its page. */
async function addProduct(page: Page, name: string) {
  await page.goto(routes.products())
  await page.getByRole('link', { name: 'Add product' }).first().click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('SKU').fill(crypto.randomUUID())
  await page.getByLabel('Retail price').fill('28')
  await page.getByLabel('Low stock warning').fill('3')
  await page.getByRole('button', { name: 'Add product' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

const figure = (page: Page, name: string) =>
  page.locator('.figures div', { hasText: name }).locator('dd').innerText()

describe.each([
  { javaScript: true, width: 1280 },
  { javaScript: false, width: 360 },
])('at $width px, with scripts: $javaScript', ({ javaScript, width }) => {
  it('adds a product, receives stock, corrects the count, archives and restores', async () => {
    const page = await openPage({ javaScript, width })
    await addProduct(page, 'Tea bowl, ash')
    await page.getByLabel('Units received').fill('24')
    await page.getByRole('button', { name: 'Receive stock' }).click()
    await page.getByText('On hand is 24 now.').waitFor()

    await page.getByLabel('Units counted').fill('ten')
    await page.getByRole('button', { name: 'Correct the count' }).click()
    await page.getByRole('alert').getByText('Enter a whole number').waitFor()
    expect(await page.getByLabel('Units counted').inputValue()).toBe('ten')
    await page.getByLabel('Units counted').fill('2')
    await page.getByLabel('Reason').fill('Kiln shelf fell')
    await page.getByRole('button', { name: 'Correct the count' }).click()
    await page.getByText('Kiln shelf fell').waitFor()
    expect(await figure(page, 'Available')).toBe('2')
    await page.getByText('Low stock', { exact: true }).first().waitFor()

    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByText('Tea bowl, ash is archived.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Tea bowl, ash is restored.').waitFor()
  })
})

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const)('at $width px, $colorScheme', (options) => {
  it('everybody can read the list, the forms and their refusals, whatever a product is called', async () => {
    const page = await openPage(options)
    const seen = async () => {
      await expectNoAxeViolations(page)
      await expectNoSidewaysScroll(page)
    }
    await addProduct(page, 'X'.repeat(200))
    await seen()
    await page.getByRole('button', { name: 'Correct the count' }).click()
    await page.getByRole('alert').waitFor()
    await seen()
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('heading', { name: 'Archived' }).waitFor()
    await seen()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Retail price').fill('ten')
    await page.getByRole('button', { name: 'Save product' }).click()
    await page.getByRole('alert').waitFor()
    await seen()
    for (const path of [routes.products({ view: 'archived' }), routes.products({ q: 'no such thing' })]) {
      await page.goto(path)
      await seen()
    }
  })
})
