import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage } from '../../testing/browser.ts'

/** axe, and nothing that leaves the screen. */
async function expectSound(page: Page) {
  await expectNoAxeViolations(page)
  await expectNoSidewaysScroll(page)
}

/** Sends a request as a shop with this link, on a phone, and answers the order's number. */
async function sendRequest(link: string, shop: string): Promise<number> {
  const phone = await openPage({ width: 360 })
  await phone.goto(link)
  const more = phone.getByRole('button', { name: /^Add \d+ of Speckled mug, oat/ })
  for (let cases = 0; cases < 2; cases++) await more.click()
  await phone.getByRole('button', { name: 'Review order' }).click()
  const typed = { Shop: shop, 'Your name': 'Noa Berg', 'E-mail': 'noa@harborlight.example', Street: '7 Quay' }
  for (const [label, value] of Object.entries({ ...typed, City: 'Bergen' })) {
    await phone.getByLabel(label, { exact: true }).fill(value)
  }
  await phone.getByRole('button', { name: 'Send request' }).click()
  const sent = await phone.getByRole('heading', { level: 1, name: /#\d+/ }).innerText()
  return Number(/#(\d+)/.exec(sent)?.[1])
}

const looks = [
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const

describe.each(looks)('at $width px in the $colorScheme', ({ width, colorScheme }) => {
  it('passes the general link on, makes a retailer of what comes through it, and approves that', async () => {
    const shop = `Harbor Light ${width}`
    const page = await openPage({ width, colorScheme })
    await page.goto(routes.portalSettings())
    await expectSound(page)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toBe(await page.getByLabel('Link', { exact: true }).inputValue())

    const number = await sendRequest(link, shop)
    await page.goto(routes.order(number))
    await page.getByRole('heading', { level: 1, name: `Order ${number}` }).waitFor()
    await expectSound(page)

    await page.getByRole('link', { name: 'Link to a retailer' }).click()
    await page.getByRole('heading', { level: 1, name: 'Link to a retailer' }).waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'Make a new retailer' }).click()
    await page.getByRole('heading', { level: 1, name: 'Make a new retailer' }).waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(shop)
    await expectSound(page)
    await page.getByRole('button', { name: 'Add retailer and link' }).click()
    await page.getByText(`Retailer: ${shop} → ${shop}`).waitFor()

    await page.getByRole('button', { name: 'Approve request' }).click()
    await page.getByRole('alert').getByText('Choose whether to send').waitFor()
    await expectSound(page)
    const approval = page.getByRole('region', { name: 'Approval' })
    expect(await approval.getByLabel('Pull from On Hand').isChecked()).toBe(true)
    await approval.getByRole('radio', { name: 'Yes' }).first().check()
    await page.getByRole('button', { name: 'Approve request' }).click()
    await page.getByText('Awaiting Approval → New').first().waitFor()
    await page.getByText('stock reserved').waitFor()
    await expectSound(page)
  })

  it('replaces the link of a retailer, switches it off and gives it a minimum', async () => {
    const page = await openPage({ width, colorScheme })
    await page.goto(routes.retailer('demo-gull-point-provisions'))
    await expectSound(page)
    const before = await page.getByLabel('Link', { exact: true }).inputValue()
    await page.getByText('Replace the link').click()
    await page.getByRole('button', { name: 'Replace link' }).click()
    await page.getByText('The one before opens nothing any more.').waitFor()
    const after = await page.getByLabel('Link', { exact: true }).inputValue()
    const opened = await Promise.all([before, after].map((link) => page.request.get(link)))
    expect(opened.map((response) => response.ok())).toEqual([false, true])

    await page.getByRole('button', { name: 'Switch off' }).click()
    await page.getByText('The link opens nothing while it is switched off.').waitFor()
    expect((await page.request.get(after)).ok()).toBe(false)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('The portal is on for').waitFor()
    await page.getByLabel('Minimum order').fill('lots')
    await page.getByRole('button', { name: 'Save minimum' }).click()
    await page.getByText('Enter an amount like 12.50.').waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'QR code' }).click()
    await page.getByRole('img', { name: /QR code/ }).waitFor()
    await expectSound(page)
  })
})

it('shows a photo that was uploaded, without scripts', async () => {
  const page = await openPage({ javaScript: false, width: 360 })
  await page.goto(routes.product('demo-mug-rst'))
  const photo = page.getByRole('img', { name: 'Speckled mug, rust' })
  const before = await photo.getAttribute('src')
  await page.getByLabel('Replace the photo').setInputFiles('docs/order.png')
  await page.getByRole('button', { name: 'Upload photo' }).click()
  await page.getByText('The photo is saved.').waitFor()
  expect(await photo.getAttribute('src')).not.toBe(before)
  await page.waitForLoadState()
  expect(await photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
  await page.getByLabel('Replace the photo').setInputFiles('README.md')
  await page.getByRole('button', { name: 'Upload photo' }).click()
  await page.getByRole('alert').getByText('This is not a JPEG, PNG, WebP or GIF picture.').waitFor()
})
