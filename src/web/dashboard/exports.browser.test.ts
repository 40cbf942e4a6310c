import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import {
  expectNoAxeViolations,
  expectNoSidewaysScroll,
  followProgress,
  openPage,
} from '../../testing/browser.ts'

async function downloaded(page: Page) {
  const link = page.getByRole('link', { name: 'Download CSV' })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

describe.each([
  { javaScript: true, width: 1280, colorScheme: 'light' },
  { javaScript: true, width: 360, colorScheme: 'dark' },
  { javaScript: false, width: 320, colorScheme: 'light' },
] as const)('at $width px, with scripts: $javaScript', (look) => {
  it('exports the filtered orders from the list to a file', async () => {
    const page = await openPage(look)
    await page.goto(routes.orders({ status: 'delivered' }))
    await page.getByRole('link', { name: 'Export CSV' }).click()
    await page.locator('label', { hasText: 'Line item' }).click()
    expect(await page.getByRole('radio', { name: 'Line item' }).isChecked()).toBe(true)
    if (look.javaScript) await expectNoAxeViolations(page)
    await page.getByRole('button', { name: 'Start export' }).click()
    const finished = page.getByRole('link', { name: 'Download CSV' })
    await (look.javaScript ? finished.waitFor() : followProgress(page, finished))
    if (look.javaScript) await expectNoAxeViolations(page)
    const { name, text } = await downloaded(page)
    expect(name).toMatch(/^order-lines-\d{4}-\d\d-\d\d\.csv$/)
    const [heading, ...rows] = text.trimEnd().split('\r\n')
    expect(heading).toMatch(/^\uFEFFOrder ID,Retailer,.*,Created \(America\/New_York\)$/)
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter((row) => !row.includes(',Delivered,'))).toEqual([])

    await page.getByRole('link', { name: 'Exports' }).click()
    await page.getByRole('heading', { name: 'Exports' }).waitFor()
    if (look.javaScript) await expectNoAxeViolations(page)
    await expectNoSidewaysScroll(page)
  })
})
