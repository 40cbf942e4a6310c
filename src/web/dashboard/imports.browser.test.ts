import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import {
  expectNoAxeViolations,
  expectNoSidewaysScroll,
  followProgress,
  openPage,
  type PageOptions,
} from '../../testing/browser.ts'

const newSku = () => crypto.randomUUID().slice(0, 13)

async function upload(page: Page, content: string) {
  await page.goto(routes.imports('products'))
  const file = { name: 'autumn.csv', mimeType: 'text/csv', buffer: Buffer.from(content) }
  await page.setInputFiles('input[type=file]', file)
  await page.click('button:has-text("Upload and preview")')
}

const looks: PageOptions[] = [
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
]

it.each(looks)(
  'an upload becomes a preview and a result by itself ($width px, $colorScheme)',
  async (look) => {
    const page = await openPage(look)
    await page.goto(routes.imports('products'))
    await expectNoAxeViolations(page)
    const sku = newSku()
    await upload(page, `SKU,Name,Price,Qty\n${sku},Speckled jug,28,3\n${sku}-2,Bad jug,free,1`)
    await page.getByText('What applying would do').waitFor()
    await expectNoAxeViolations(page)
    await page.getByRole('button', { name: 'Add 1 product' }).click()
    await page.getByText('The import is done').waitFor()
    await page.getByText('1 product added, the stock of 1 recorded.').waitFor()
    await expectNoAxeViolations(page)
    await expectNoSidewaysScroll(page)
  },
)

it('says at the field what is wrong with a file', async () => {
  const page = await openPage({ width: 360 })
  await upload(page, 'Hello,World\n1,2')
  await page.locator('.error-summary:focus').waitFor()
  expect(await page.locator('.field-error').innerText()).toContain('at least Name and Price')
  await expectNoAxeViolations(page)
})

it('works without JavaScript', async () => {
  const page = await openPage({ javaScript: false })
  await upload(page, `SKU,Name,Price\n${newSku()},Oat bowl,34`)
  await followProgress(page, page.getByText('What applying would do'))
  await page.getByRole('button', { name: 'Add 1 product' }).click()
  await followProgress(page, page.getByText('The import is done'))
})
