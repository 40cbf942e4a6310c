import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, reviewCart } from '../../testing/browser.ts'

/** From the orders list to a placed order with one line, counting the clicks. */
async function createOrder(page: Page): Promise<number> {
  let clicks = 0
  const click = async (name: string | RegExp, role: 'link' | 'button') => {
    clicks++
    await page.getByRole('main').getByRole(role, { name }).first().click()
  }
  await page.goto(routes.orders())
  await click('Create Order', 'link')
  await page.waitForURL(`**${routes.newOrder()}`)
  await click(/Wholesale/, 'link')
  await page
    .getByRole('button', { name: /[1-9]\d* available/ })
    .first()
    .waitFor()
  await click(/[1-9]\d* available/, 'button')
  await page
    .getByLabel(/^Quantity of/)
    .first()
    .fill('1')
  clicks++
  await reviewCart(page)
  await page.getByRole('heading', { name: 'Review order' }).waitFor()
  await click(/^Place order/, 'button')
  await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor()
  // Its heading is there before the rest, and before its scripts.
  await page.waitForLoadState()
  return clicks
}

/** What opens a line of an order. */
const lineEdits = (page: Page) => page.getByRole('row').getByRole('link', { name: /^Edit / })

describe.each([
  { javaScript: true, width: 1280 },
  { javaScript: false, width: 360 },
])('at $width px, with scripts: $javaScript', ({ javaScript, width }) => {
  it('creates an order with one line in five clicks', async () => {
    const page = await openPage({ javaScript, width })
    expect(await createOrder(page)).toBe(5)
    expect(await page.getByText('1 line item, 1 piece').count()).toBe(1)
  })

  it('ships it with a comment by e-mail, and keeps the message to read', async () => {
    const page = await openPage({ javaScript, width })
    await createOrder(page)
    await page.getByLabel('Order status').selectOption('shipped')
    await page.getByLabel('Tracking number').fill('1Z 999 AA1 01 2345 6784')
    await page.getByLabel('Comment').fill('On its way to you')
    await page.getByRole('button', { name: 'Save update' }).click()
    await page.getByRole('alert').getByText('Choose whether to send').waitFor()
    expect(await page.getByLabel('Comment').inputValue()).toBe('On its way to you')

    await page.getByText('Yes', { exact: true }).click()
    await page.getByRole('button', { name: /^Save and email / }).click()
    await page.getByText('New → Shipped').waitFor()
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByText('Captured').count()
      })
      .toBeGreaterThanOrEqual(2)
    await page
      .getByRole('link', { name: /^View the e-mail/ })
      .first()
      .click()
    await page
      .getByRole('heading', { name: /^E-mail to/ })
      .first()
      .waitFor()
  })

  it('scrolls no page sideways', async () => {
    const page = await openPage({
      javaScript: true,
      width: width === 360 ? 320 : width,
    })
    await createOrder(page)
    const order = new URL(page.url()).pathname
    for (const path of [
      routes.orders(),
      routes.newOrder(),
      order,
      `${order}/lines/new`,
      `${order}/details`,
    ]) {
      await page.goto(path)
      await expectNoSidewaysScroll(page)
    }
  })
})

it('adds a line, edits it with a look at its effect, and removes it, all on the order page', async () => {
  const page = await openPage()
  await createOrder(page)
  const order = new URL(page.url()).pathname
  const add = page.getByRole('link', { name: 'Add Line Item' })
  await add.click()
  await page.getByLabel('Product name or SKU').press('Escape')
  await page.getByLabel('Product name or SKU').waitFor({ state: 'detached' })
  await add.click()
  await page.getByLabel('Product name or SKU').pressSequentially('dish')
  await page.getByRole('main').getByRole('link', { name: /mug/ }).first().waitFor({ state: 'detached' })
  expect(await page.locator(':focus').inputValue()).toBe('dish')
  await expectNoAxeViolations(page)
  await page
    .getByRole('main')
    .getByRole('link', { name: /[1-9]\d* available/ })
    .first()
    .click()
  await page.getByLabel('Quantity').fill('1')
  await page.getByRole('button', { name: 'Add line' }).click()
  await page.getByText('Line items changed').first().waitFor()
  expect(new URL(page.url()).pathname).toBe(order)
  await page.waitForLoadState()

  const edits = lineEdits(page)
  await edits.first().click()
  await page.getByLabel('Unit price').waitFor()
  await edits.last().click()
  await page.getByLabel('Unit price').nth(1).fill('1.00')
  const opened = page.locator('tr:has(form)')
  const effectOf = (row: number) => opened.nth(row).getByText(/→ \$/).textContent()
  const untouched = await effectOf(0)
  await expect.poll(() => effectOf(1)).not.toBe(untouched)
  expect(await effectOf(0)).toBe(untouched)
  await opened.last().getByRole('button', { name: 'Save line' }).click()
  await page.getByText(/price \$.* → \$1\.00/).waitFor()

  await edits.last().click()
  await page.getByRole('button', { name: 'Remove line' }).click()
  await page.getByText('1 removed').waitFor()
})

it('shows a change of somebody else before it overwrites it', async () => {
  const first = await openPage()
  await createOrder(first)
  const second = await openPage()
  await second.goto(new URL(first.url()).pathname)
  for (const [page, comment] of [
    [first, 'I called them'],
    [second, 'My own words'],
  ] as const) {
    await page.getByLabel('Comment').fill(comment)
    await page.getByText('No', { exact: true }).click()
    await page.getByRole('button', { name: 'Save update' }).click()
    await page.getByText(comment).first().waitFor()
  }
  await second.getByRole('heading', { name: 'Since you opened this page' }).waitFor()
  expect(await second.getByLabel('Comment').inputValue()).toBe('My own words')
  await second.getByRole('button', { name: 'Save update' }).click()
  await second.getByText('Internal note').nth(1).waitFor()
})

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const)('at $width px in the $colorScheme', (look) => {
  it('has no accessibility violations on any page of orders', async () => {
    const page = await openPage(look)
    await createOrder(page)
    const order = new URL(page.url()).pathname
    await expectNoAxeViolations(page)
    await page.getByRole('button', { name: 'Save update' }).click()
    await page.getByRole('alert').waitFor()
    await expectNoAxeViolations(page)
    await page.getByLabel('Order status').selectOption('delivered')
    await expectNoAxeViolations(page)

    const paths = [
      ...[routes.orders(), routes.orders({ status: 'canceled', payment: 'deposit_50' }), routes.newOrder()],
      ...[routes.newOrder({ q: 'zzzz' }), `${order}/lines/new`, `${order}/details`, routes.order(1)],
    ]
    for (const path of paths) {
      await page.goto(path)
      await expectNoAxeViolations(page)
    }
    await page.goto(routes.newOrder())
    await page
      .getByRole('main')
      .getByRole('link', { name: /Wholesale/ })
      .first()
      .click()
    await reviewCart(page)
    await page.getByRole('alert').waitFor()
    await expectNoAxeViolations(page)
  })
})

it('creates an order with one line in at most 15 keystrokes', async () => {
  const page = await openPage()
  let keystrokes = 0
  const press = async (...keys: string[]) => {
    // Keys do something once the page has its scripts.
    await page.waitForLoadState()
    for (const key of keys) {
      keystrokes++
      await page.keyboard.press(key)
    }
  }
  await page.goto(routes.orders())
  await press('c')
  await page.getByText('Who is it for?').waitFor()
  await press(...'gul', 'Enter')
  await page.getByText('Nothing in the cart yet').waitFor()
  await press(...'camp', 'Enter')
  await page.getByLabel(/^Quantity of/).waitFor()
  await press('Control+Enter')
  await page.getByRole('heading', { name: 'Review order' }).waitFor()
  await press('Control+Enter')
  await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor()
  expect(keystrokes).toBeLessThanOrEqual(15)
})

it('goes everywhere by keys, shows them, and can switch single keys off', async () => {
  const page = await openPage()
  await page.goto(routes.orders())
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.waitForURL(`**${routes.retailers()}`)
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.waitForURL(`**${routes.orders()}`)
  await page.keyboard.press('/')
  await page.keyboard.type('c?')
  expect(await page.getByRole('searchbox').inputValue()).toBe('c?')
  await page.getByRole('searchbox').blur()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor()

  await page.waitForLoadState()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await help.waitFor()
  await expectNoAxeViolations(page)
  await help.getByLabel('Single keys do something').uncheck()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  const url = page.url()
  await page.keyboard.press('c')
  await page.waitForTimeout(300)
  expect(page.url()).toBe(url)
})

it('jumps to an order, a product or an action from the palette', async () => {
  const page = await openPage()
  await page.goto(routes.retailers())
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Jump to' })
  await palette.locator('input').fill('1003')
  await palette.getByRole('option', { name: /^Order 1003/ }).waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Order 1003' }).waitFor()

  await page.waitForLoadState()
  await page.keyboard.press('Control+k')
  await palette.locator('input').fill('add prod')
  await palette.getByRole('option', { name: /^Add product/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${routes.newProduct()}`)
})

it('edits a line in its row, leaves it by Esc, saves it by Enter and takes it back', async () => {
  const page = await openPage()
  await createOrder(page)
  const edit = lineEdits(page)
  await edit.click()
  await page.getByLabel('Quantity').press('Escape')
  await edit.waitFor()
  await edit.click()
  await page.getByLabel('Quantity').fill('2')
  await page.getByText(/→ \$/).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('1 → 2').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('2 → 1').waitFor()
})

it('shows a new order in an open list by itself', async () => {
  const list = await openPage()
  await list.goto(routes.orders())
  const other = await openPage()
  await createOrder(other)
  const number = new URL(other.url()).pathname.split('/').at(-1)
  await list.getByRole('link', { name: `Details of order ${number}` }).waitFor()
})

it.each([true, false])('filters, sorts, saves a view and removes it (scripts: %s)', async (javaScript) => {
  const page = await openPage({ javaScript })
  await page.goto(routes.orders())
  await page.getByText('Filters', { exact: true }).click()
  await page.getByLabel('Delivered', { exact: true }).check()
  await page.getByLabel('Paid in Full', { exact: true }).check()
  await page.getByRole('button', { name: 'Apply filters' }).click()
  await page.getByRole('link', { name: 'Remove filter: Paid in Full' }).waitFor()
  await page.getByRole('columnheader', { name: 'Net Total' }).getByRole('link').click()
  await page.locator('th[abbr="Net Total"][aria-sort="descending"]').waitFor()
  await page.waitForLoadState()
  const totals = await page.locator('tbody td.number:nth-of-type(6)').allInnerTexts()
  const amounts = totals.map((text) => Number(text.replaceAll(/[^\d.]/g, '')))
  expect(amounts.length).toBeGreaterThan(3)
  expect(amounts).toEqual(amounts.toSorted((a, b) => b - a))

  const name = `Paid ${javaScript}`
  await page.getByText('Save view', { exact: true }).first().click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('button', { name: 'Remove view' }).waitFor()
  await page.goto(routes.orders())
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('link', { name: 'Remove filter: Delivered' }).waitFor()
  await page.getByRole('button', { name: 'Remove view' }).click()
  await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Orders' }).waitFor()
})
