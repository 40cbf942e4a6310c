import type { Locator, Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage } from '../../testing/browser.ts'

let token: string
beforeEach(async () => {
  token ??= await linkOf('demo-harbor-thread')
})

/** The token in the link that a retailer's page offers to copy. */
async function linkOf(retailerId: string): Promise<string> {
  const desk = await openPage()
  await desk.goto(routes.retailer(retailerId))
  const link = await desk.getByLabel('Link', { exact: true }).inputValue()
  return new URL(link).pathname.split('/').at(-1)!
}

const phone = { width: 360, touch: true } as const
const review = (page: Page) => page.getByRole('button', { name: 'Review order' })
const bar = (page: Page) => page.getByRole('status')
const send = (page: Page) => page.getByRole('button', { name: 'Send request' })
const add = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^Add \\d+ of ${name}`) })
const quantity = (page: Page, name: string) => page.getByLabel(`Quantity of ${name}`)
const sentNumber = async (page: Page) => {
  const heading = page.getByRole('heading', { name: /^Order #\d+ is sent$/ })
  await heading.waitFor()
  return Number((await heading.textContent())!.replace(/\D/g, ''))
}

describe.each([{ javaScript: true }, { javaScript: false }])(
  'with scripts: $javaScript',
  ({ javaScript }) => {
    it('orders two products in four taps, from the link to the dashboard', async () => {
      const [page, desk] = await Promise.all([openPage({ ...phone, javaScript }), openPage()])
      await desk.goto(routes.orders())
      let taps = 0
      const tap = async (target: Locator) => {
        taps++
        await target.tap()
      }
      await page.goto(routes.portal(token))
      if (javaScript) {
        await tap(add(page, 'Speckled mug, sea'))
        await tap(add(page, 'Pasta bowl, sea'))
        await page.getByText('10 pieces · $160.00').waitFor()
      } else {
        for (const [name, typed] of [
          ['Speckled mug, sea', '6'],
          ['Pasta bowl, sea', '4'],
        ] as const) {
          await tap(quantity(page, name))
          await quantity(page, name).fill(typed)
        }
        expect(await add(page, 'Speckled mug, sea').isVisible()).toBe(false)
      }
      await tap(review(page))
      await page.getByText('10 pieces · $160.00').waitFor()
      await tap(send(page))
      const number = await sentNumber(page)
      expect(taps).toBe(4)

      // The list that was open all the time shows it by itself. Waiting for that once is enough.
      if (javaScript) await desk.getByRole('link', { name: `Details of order ${number}` }).waitFor()
      await desk.goto(routes.order(number))
      const order = await desk.getByRole('main').innerText()
      for (const text of ['Awaiting Approval', 'Speckled mug, sea', 'Pasta bowl, sea', '$160.00']) {
        expect(order).toContain(text)
      }
      await page.getByRole('link', { name: 'View the order' }).tap()
      await page.getByRole('heading', { name: `Order #${number}` }).waitFor()
      await page.getByRole('button', { name: 'Order again' }).tap()
      await page.getByText(`The products of order #${number} are chosen`).waitFor()
      expect(await quantity(page, 'Speckled mug, sea').inputValue()).toBe('6')
    })

    it('loses nothing on Back, on Reload, and when the answer gets lost, and makes one order', async () => {
      const page = await openPage({ ...phone, javaScript })
      // Nobody else orders for this shop meanwhile.
      const token = await linkOf('demo-second-story-home')
      const ownOrders = async () => {
        await page.goto(routes.portalOrders(token))
        return page.getByRole('link', { name: /^Order #/ }).allInnerTexts()
      }
      const before = await ownOrders()
      await page.goto(routes.portal(token))
      await quantity(page, 'Bud vase, rust').fill('12')
      await review(page).tap()
      await send(page).waitFor()
      await bar(page).getByText('12 pieces').waitFor()
      await page.goBack()
      expect(await quantity(page, 'Bud vase, rust').inputValue()).toBe('12')
      await page.reload()
      expect(await quantity(page, 'Bud vase, rust').inputValue()).toBe('12')
      await review(page).tap()
      await send(page).waitFor()
      if (javaScript) {
        await page.getByLabel('Note').fill('By the door')
        await page.waitForLoadState()
        await page.reload()
        expect(await page.getByLabel('Note').inputValue()).toBe('By the door')
        await page.context().setOffline(true)
        await send(page).tap()
        await page.getByText('Nothing was sent, and everything is kept.').waitFor()
        await page.context().setOffline(false)
      }
      // The request reaches the Worker, its answer does not reach the phone.
      const received: number[] = []
      await page.route('**/requests', async (route) => {
        const request = route.request()
        const headers = { ...(await request.allHeaders()), 'sec-fetch-site': 'same-origin' }
        const body = request.postData()
        received.push(
          (await fetch(request.url(), { method: 'POST', body, headers, redirect: 'manual' })).status,
        )
        await route.abort('connectionreset')
      })
      await send(page).tap()
      // What the browser puts in place of the answer.
      await expect.poll(() => page.url()).toMatch(/^chrome-error:/)
      expect(received).toEqual([303])
      await page.unroute('**/requests')
      await page.goto(routes.portalReview(token))
      await bar(page).getByText('12 pieces').waitFor()
      if (javaScript) expect(await page.getByLabel('Note').inputValue()).toBe('By the door')
      await send(page).tap()
      const number = await sentNumber(page)
      expect(await ownOrders()).toEqual([`Order #${number}`, ...before])
      await page.goto(routes.portal(token))
      expect(await quantity(page, 'Bud vase, rust').inputValue()).toBe('')
    })
  },
)

it('steps by whole cases, and counts as the server does', async () => {
  const page = await openPage(phone)
  await page.goto(routes.portal(token))
  const field = quantity(page, 'Tall tumbler, sea')
  const steps: string[] = []
  const less = page.getByRole('button', { name: /^Remove \d+ of Tall tumbler, sea/ })
  for (const button of [add(page, 'Tall tumbler, sea'), add(page, 'Tall tumbler, sea'), less, less, less]) {
    await button.tap()
    steps.push(await field.inputValue())
  }
  expect(steps).toEqual(['4', '8', '4', '', ''])
  await field.fill('6')
  await add(page, 'Tall tumbler, sea').tap()
  expect(await field.inputValue()).toBe('8')
  await add(page, 'Moon vase, sea').tap()
  const counted = await bar(page).innerText()
  expect(counted).toContain('9 pieces · $172.00')
  await page.reload()
  expect(await bar(page).innerText()).toBe(counted)
})

/** What a finger has to hit. */
const targets =
  'button, [type="search"], [data-price], textarea, input[type="text"], header a, .button, .back, tr:has(.row-link)'

async function expectFingersFit(page: Page) {
  const small = await page.locator(targets).evaluateAll((elements) =>
    elements
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({
        words: element.outerHTML.slice(0, 120),
        height: element.getBoundingClientRect().height,
      }))
      .filter(({ height }) => height < 44),
  )
  expect(small).toEqual([])
}

describe.each([
  { width: 320, colorScheme: 'light', touch: true },
  { width: 360, colorScheme: 'dark', touch: true },
  { width: 1280, colorScheme: 'light' },
] as const)('at $width px in the $colorScheme', (look) => {
  it('has no accessibility violation in any state, scrolls no page sideways, and fits fingers', async () => {
    const page = await openPage(look)
    const check = async () => {
      await expectNoAxeViolations(page)
      await expectFingersFit(page)
      await expectNoSidewaysScroll(page)
    }
    await page.goto(routes.portal(token))
    await check()
    await quantity(page, 'Bud vase, rust').fill('ten')
    await review(page).click()
    await page.getByRole('alert').waitFor()
    await check()
    await quantity(page, 'Bud vase, rust').fill('7')
    await review(page).click()
    await page.getByText('Bud vase, rust is sold by 6: 7 → 12').waitFor()
    await check()
    await page.getByLabel('Wanted by').fill('2020-01-01')
    await send(page).click()
    await page.getByRole('link', { name: 'This day is over.' }).waitFor()
    await check()
    await page.getByLabel('Wanted by').fill('')
    await send(page).click()
    const number = await sentNumber(page)
    await check()
    await changeAsStaff(number)
    const paths = [
      ...[
        routes.portalOrders(token),
        routes.portalOrder(token, number),
        routes.portalStatement(token, number),
      ],
      ...[
        routes.portalProduct(token, 1),
        routes.lineSheet(token),
        routes.portalReview(token),
        routes.portal(token, { q: 'nothing like it' }),
      ],
      ...[routes.portal(`${token}x`), routes.portalOrder(token, 999_999)],
    ]
    for (const path of paths) {
      await page.goto(path)
      await check()
    }
    await page.goto(routes.portalOrder(token, number))
    await page.getByText('Bud vase, rust: 12 → 6').waitFor()
    await page.getByRole('button', { name: 'Accept the changes' }).click()
    await page.getByText('Your answer is with').waitFor()
    await check()
  })
})

it('lets a phone send a product that is called one long word', async () => {
  const desk = await openPage()
  await desk.goto(routes.newProduct())
  const name = 'W'.repeat(200)
  for (const [field, value] of Object.entries({ name, sku: 'LONG', retailPrice: '400', caseSize: '6' })) {
    await desk.locator(`[name="${field}"]`).fill(value)
  }
  await desk.locator('main form button[type="submit"]').last().click()
  await desk.getByRole('heading', { name }).waitFor()

  const page = await openPage({ width: 320, touch: true })
  await page.goto(routes.portal(token, { q: name.slice(0, 50) }))
  await quantity(page, name).fill('7')
  await review(page).tap()
  await page.getByText('is sold by 6: 7 → 12').waitFor()
  await send(page).tap()
  await sentNumber(page)
})

/** Staff let the shop have half of it. */
async function changeAsStaff(number: number) {
  const desk = await openPage()
  await desk.goto(routes.order(number))
  await desk.getByRole('link', { name: 'Edit Bud vase, rust' }).click()
  await desk.getByLabel('Quantity').fill('6')
  await desk.getByRole('button', { name: 'Save line' }).click()
  await desk.getByText('12 → 6').first().waitFor()
}

it('prints the line sheet, and nothing else of its page', async () => {
  const page = await openPage()
  await page.emulateMedia({ media: 'print' })
  await page.goto(routes.lineSheet(token))
  expect(await page.getByRole('article', { name: 'Line sheet' }).isVisible()).toBe(true)
  expect(await page.getByText('MUG-SEA').isVisible()).toBe(true)
  const others = [
    page.getByRole('button'),
    page.getByRole('navigation'),
    page.getByRole('heading', { level: 1 }),
  ]
  for (const one of others) expect(await one.count()).toBe(0)
})

it('loads little on a phone, and nothing of the staff pages', async () => {
  const page = await openPage(phone)
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
  await page.goto(routes.portal(token))
  const files = loaded.filter((path) => !/^\/(photos|mark)/.test(path))
  expect(files).toEqual([routes.portal(token), '/app.css', routes.theme('1f5f73'), '/portal.js'])
})
