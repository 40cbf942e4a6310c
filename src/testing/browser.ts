import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, inject } from 'vitest'
import { openBrowser } from './chromium.ts'

const WCAG_A_AND_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export type PageOptions = {
  /** CSS pixels; the height follows. */
  width?: number
  colorScheme?: 'light' | 'dark'
  javaScript?: boolean
  /** A phone: fingers, and no mouse. */
  touch?: boolean
}

let browser: Promise<Browser> | undefined
const opened: BrowserContext[] = []
afterEach(async () => {
  // An open list goes on asking for what is new, and the machine has other tests to run.
  await Promise.all(opened.splice(0).map((context) => context.close()))
})
afterAll(async () => (await browser)?.close())

/**
 * A page in a fresh context: no cookies, nothing stored. It is closed after the test that opened it. Relative addresses
 * are resolved against a shop that no other file uses meanwhile; what earlier files left in it is there.
 */
export async function openPage({
  width = 1280,
  colorScheme = 'light',
  javaScript = true,
  touch = false,
}: PageOptions = {}): Promise<Page> {
  browser ??= openBrowser()
  const baseURL = inject('urls')[Number(process.env.VITEST_POOL_ID) - 1]!
  const viewport = { width, height: width < 600 ? 740 : 800 }
  const context = await (await browser).newContext({
    ...{ baseURL, viewport, colorScheme, javaScriptEnabled: javaScript, hasTouch: touch, isMobile: touch },
  })
  opened.push(context)
  return context.newPage()
}

/** Goes from a cart to its review. Which of the two buttons is seen depends on the width, once the styles are there. */
export async function reviewCart(page: Page): Promise<void> {
  await page.waitForLoadState()
  await page.getByRole('button', { name: 'Review order' }).click()
}

/** Waits for `done` as a person without scripts does: by the link of a page that says how far something is. */
export async function followProgress(page: Page, done: Locator): Promise<void> {
  const link = page.getByRole('link', { name: 'See how far it is' })
  await link.or(done).first().waitFor()
  // By its address: a click is over before the next page is there to be looked at.
  while ((await done.count()) === 0) await page.goto((await link.getAttribute('href')) ?? '')
}

/** Throws when something on the page is wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // Words can be there before the styles are.
  await page.waitForLoadState()
  const content = await page.evaluate(() => document.documentElement.scrollWidth)
  // The window as it was opened: a phone zooms out where something is wider.
  const window = page.viewportSize()!.width
  if (content > window) throw new Error(`${content} px in a window of ${window} px on ${page.url()}`)
}

/**
 * Throws with every violation of WCAG 2.0 to 2.2, levels A and AA, on the page as it stands, and where it is.
 * The page needs JavaScript.
 */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  // Words can be there before the styles are.
  await page.waitForLoadState()
  // Evaluated, not added as a script tag: the page's content security policy would refuse that.
  await page.evaluate(await readFile(axePath, 'utf8'))
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (tags) =>
      (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({
        runOnly: { type: 'tag', values: tags },
        rules: { 'target-size': { enabled: true } },
      }),
    WCAG_A_AND_AA,
  )
  if (violations.length === 0) return
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.html}`),
  )
  throw new Error(`axe found ${found.length} violations on ${page.url()}\n${found.join('\n')}`)
}
