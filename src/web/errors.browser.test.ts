import { expect, it } from 'vitest'
import { expectNoAxeViolations, openPage } from '../testing/browser.ts'

it.each([
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const)(
  'an unknown address gets a page that everybody can read ($width px, $colorScheme)',
  async (options) => {
    const page = await openPage(options)
    const response = await page.goto('/no-such-page')
    expect(response?.status()).toBe(404)
    await expectNoAxeViolations(page)
  },
)

it('an unknown address leads back to a page that exists, without JavaScript', async () => {
  const page = await openPage({ javaScript: false })
  await page.goto('/no-such-page')
  const response = await Promise.all([page.waitForNavigation(), page.click('main a')]).then(
    ([answer]) => answer,
  )
  expect(response?.status()).toBe(200)
})
