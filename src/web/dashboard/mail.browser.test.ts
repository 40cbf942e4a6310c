import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage } from '../../testing/browser.ts'

it.each([
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
  { width: 320, colorScheme: 'light' },
] as const)('everybody can read the list and a message ($width px, $colorScheme)', async (options) => {
  const page = await openPage(options)
  for (const path of [routes.mails(), routes.mails({ status: 'to-decide' })]) {
    await page.goto(path)
    await expectNoAxeViolations(page)
    await expectNoSidewaysScroll(page)
  }
  await page.goto(routes.mails({ status: 'captured' }))
  await page
    .getByRole('link', { name: /^View the e-mail/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^E-mail to/ }).waitFor()
  await expectNoAxeViolations(page)
  await expectNoSidewaysScroll(page)
})

it('shows the message itself in its frame, styled by nothing but its own styles, without JavaScript', async () => {
  const page = await openPage({ javaScript: false })
  await page.goto(routes.mails())
  await page
    .getByRole('link', { name: /^View the e-mail/ })
    .first()
    .click()
  const frame = page.getByTitle('The message as HTML')
  await frame.scrollIntoViewIfNeeded()
  const message = frame.contentFrame()
  await message.getByRole('heading', { level: 1 }).waitFor()
  await message.getByText('Amount due').waitFor()
  const background = await message.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
  expect(background).toBe('rgb(246, 245, 241)')
})
