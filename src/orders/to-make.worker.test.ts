import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { routes } from '../routes.ts'
import { newId, testCtx } from '../testing/fixtures.ts'
import { get, words } from '../testing/web.ts'
import { demand, ORDER_STATUSES, type OrderStatus, type RetailerType } from './order.ts'
import { MAX_OPEN_ORDERS, ORDERS_PER_PRODUCT, readToMake } from './read-to-make.ts'

interface Product {
  onHand: number
  tracked: boolean
}

interface Order {
  status: OrderStatus
  type: RetailerType
  pull: boolean
  shipBy: string
  /** Quantity per product; 0 where the order has no line of it. */
  quantities: number[]
}

const PRODUCTS = 4
const OPEN: OrderStatus[] = ['awaiting_approval', 'new', 'in_progress']

const shop = fc.record({
  products: fc.array(fc.record({ onHand: fc.integer({ min: -5, max: 40 }), tracked: fc.boolean() }), {
    ...{ minLength: PRODUCTS, maxLength: PRODUCTS },
  }),
  orders: fc.array(
    fc.record({
      status: fc.constantFrom(...ORDER_STATUSES),
      type: fc.constantFrom<RetailerType>('wholesale', 'consignment'),
      pull: fc.boolean(),
      shipBy: fc.constantFrom('', '2026-11-30', '2026-12-24', '2027-01-02'),
      quantities: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: PRODUCTS, maxLength: PRODUCTS }),
    }),
    { minLength: 2, maxLength: 25 },
  ),
})

let nextNumber = 1001

/** Puts the shop into an otherwise quiet database, its stock as the stock objects would report it. */
async function open({ products, orders }: { products: Product[]; orders: Order[] }) {
  const ids = products.map(newId)
  const numbers = orders.map(() => nextNumber++)
  const lines = orders.map(({ quantities }) =>
    quantities.flatMap((quantity, index) =>
      quantity === 0 ? [] : [{ productId: ids[index]!, quantity, stockTracked: products[index]!.tracked }],
    ),
  )
  const reservedBy = (productId: string) => (order: Order, index: number) =>
    demand({ ...order, voided: false, lines: lines[index]! }).get(productId)?.reserved ?? 0
  await env.DB.batch([
    env.DB.prepare(`UPDATE orders SET status = 'canceled' WHERE status <> 'canceled'`),
    env.DB.prepare('DELETE FROM product_stock'),
    ...products.flatMap(({ onHand, tracked }, index) => [
      insertProduct(ids[index]!, `Product ${index}`, tracked),
      env.DB.prepare('INSERT INTO product_stock VALUES (?, ?, ?, 1, 0)').bind(
        ...[ids[index]!, onHand, sum(orders.map(reservedBy(ids[index]!)))],
      ),
    ]),
    ...orders.flatMap((order, index) => [
      insertOrder(numbers[index]!, order),
      ...lines[index]!.map((line, position) =>
        env.DB.prepare(`INSERT INTO order_lines VALUES (?, ?, ?, '', '', 0, 0, ?, ?)`).bind(
          ...[`order-${numbers[index]}`, line.productId, position, line.quantity, Number(line.stockTracked)],
        ),
      ),
    ]),
  ])
  const expected = ids.flatMap((productId, index) => {
    const { onHand, tracked } = products[index]!
    const behind = orders
      .map((order, at) => ({ order, at, reserved: reservedBy(productId)(order, at) }))
      .filter(({ order }) => OPEN.includes(order.status) && order.quantities[index]! > 0)
      .map(({ order, at, reserved }) => ({
        ...{
          number: numbers[at]!,
          shipBy: order.shipBy,
          quantity: order.quantities[index]!,
          reserves: reserved > 0,
        },
      }))
      .sort((a, b) => compare(due(a), due(b)) || a.number - b.number)
    const needed = sum(behind.map(({ quantity }) => quantity))
    const reserved = sum(behind.filter(({ reserves }) => reserves).map(({ quantity }) => quantity))
    if (!tracked || needed <= onHand) return []
    const rest = { needed, toMake: needed - onHand, promised: Math.max(0, reserved - onHand) }
    return [{ productId, name: `Product ${index}`, ...rest, orderCount: behind.length, behind }]
  })
  return expected.sort(
    (a, b) =>
      compare(a.behind.length === 0 ? 1 : 0, b.behind.length === 0 ? 1 : 0) ||
      compare(due(a.behind[0]), due(b.behind[0])) ||
      compare(a.name, b.name),
  )
}

const insertProduct = (id: string, name: string, tracked: boolean) =>
  env.DB.prepare(
    `INSERT INTO products (id, sku, name, collection, description, retail_price, wholesale_price, case_size,
      stock_tracked, low_stock_threshold, listed, archived, revision, created_at, updated_at)
     VALUES (?, ?, ?, '', '', 0, NULL, 1, ?, NULL, 1, 0, 1, 0, 0)`,
  ).bind(id, `SKU-${id}`, name, Number(tracked))

const COLUMNS = `number, id, revision, attempt, retailer_id, type, status, payment_status, pull, voided, rate, date,
  po_number, discount, shipping, other_charges, tax, gross_total, net_total, amount_due, tracking_number, invoice_link,
  created_at, created_by, updated_at, ship_by, retailer_name`

const insertOrder = (number: number, { type, status, pull, shipBy }: Omit<Order, 'quantities'>) =>
  env.DB.prepare(
    `INSERT INTO orders (${COLUMNS}) VALUES (?, ?, 1, '', NULL, ?, ?, 'paid_in_full', ?, 0, 0, '2026-11-23', '', 0, 0, 0,
      0, 0, 0, 0, '', '', 0, '{}', 0, ?, 'Gull & Sons')`,
  ).bind(number, `order-${number}`, type, status, Number(pull), shipBy)

/** Many orders of one product at once. */
async function insertMany(count: number, status: OrderStatus, productId: string) {
  const first = nextNumber
  nextNumber += count
  const range = `WITH RECURSIVE range (number) AS (SELECT ${first} UNION ALL SELECT number + 1 FROM range LIMIT ${count})`
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO orders (${COLUMNS}) ${range} SELECT number, 'order-' || number, 1, '', NULL, 'wholesale', '${status}',
        'paid_in_full', 0, 0, 0, '2026-11-23', '', 0, 0, 0, 0, 0, 0, 0, '', '', 0, '{}', 0, '2026-12-01', '' FROM range`,
    ),
    env.DB.prepare(
      `INSERT INTO order_lines ${range} SELECT 'order-' || number, ?, 0, '', '', 0, 0, 1, 1 FROM range`,
    ).bind(productId),
  ])
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
const due = (order: { shipBy: string } | undefined) => order?.shipBy || '~'

async function view() {
  const { ctx } = testCtx()
  const read = await readToMake(ctx)
  if (!read.ok) throw new Error(JSON.stringify(read))
  expect(ctx.db.meter.roundTrips).toBe(1)
  return { ...read.value, rowsRead: ctx.db.meter.rowsRead }
}

it('sums what open orders need beyond what is on hand, as a plain count of them does', async () => {
  let short = 0
  await fc.assert(
    fc.asyncProperty(shop, async (given) => {
      const expected = await open(given)
      short += expected.length
      const { products, hasMore, isCut } = await view()
      expect([hasMore, isCut]).toEqual([false, false])
      expect(
        products.map(({ productId, name, needed, toMake, promised, orderCount, orders }) => ({
          ...{ productId, name, needed, toMake, promised, orderCount },
          behind: orders.map(({ number, shipBy, quantity, reserves }) => ({
            ...{ number, shipBy, quantity, reserves: reserves === 1 },
          })),
        })),
      ).toEqual(
        expected.map(({ behind, ...rest }) => ({ ...rest, behind: behind.slice(0, ORDERS_PER_PRODUCT) })),
      )
    }),
    { numRuns: 60 },
  )
  expect(short).toBeGreaterThan(30)
})

const order = (over: Partial<Order>): Order => ({
  ...{ status: 'new', type: 'wholesale', pull: true, shipBy: '', quantities: [10], ...over },
})
const tracked = (onHand: number) => [{ onHand, tracked: true }]

it('says in words what is needed, promised and by when, with links to the orders and the product', async () => {
  const orders = [
    order({ shipBy: '2026-12-24' }),
    order({ status: 'awaiting_approval', pull: false, shipBy: '2026-12-04', quantities: [4] }),
  ]
  const [expected] = await open({ products: tracked(7), orders })
  const response = await get(routes.toMake())
  const html = await response.clone().text()
  const page = await words(response)
  expect(page).toContain('14 needed (10 reserved, 4 not reserved yet) − 7 on hand; 3 promised already.')
  expect(page).toContain('7 to make')
  expect(page.indexOf('4 Dec 2026')).toBeLessThan(page.indexOf('24 Dec 2026'))
  for (const href of [
    routes.product(expected!.productId),
    ...expected!.behind.map(({ number }) => routes.order(number)),
  ]) {
    expect(html).toContain(`href="${href}"`)
  }
})

it('leads to the other orders where a product has many', async () => {
  await open({
    products: tracked(0),
    orders: Array.from({ length: ORDERS_PER_PRODUCT + 2 }, () => order({})),
  })
  expect(await words(await get(routes.toMake()))).toContain(
    `All ${ORDERS_PER_PRODUCT + 2} open orders with it`,
  )
})

it('shows a product of which more was shipped than was there', async () => {
  await open({ products: tracked(-3), orders: [order({ status: 'shipped' })] })
  const page = await words(await get(routes.toMake()))
  expect(page).toContain('3 to make')
  expect(page).toContain('No open order needs it')
})

it('says so when there is nothing to make', async () => {
  await open({ products: tracked(10), orders: [order({})] })
  expect(await words(await get(routes.toMake()))).toContain('Nothing to make')
})

it('refuses those who may not read orders', async () => {
  const { ctx } = testCtx({ actor: { kind: 'retailer', id: newId(), name: 'Jo' } })
  expect(await readToMake(ctx)).toMatchObject({ failure: { reason: 'forbidden' } })
})

it('reads in proportion to the open orders, whatever was delivered or can be had', async () => {
  const [expected] = await open({ products: tracked(0), orders: [order({}), order({})] })
  // The counters of both are there from now on.
  await insertMany(1, 'delivered', expected!.productId)
  await insertMany(1, 'canceled', expected!.productId)
  const before = await view()
  expect(before.rowsRead).toBeLessThan(150)
  await insertMany(3000, 'delivered', expected!.productId)
  await insertMany(1000, 'canceled', expected!.productId)
  await env.DB.batch(
    Array.from({ length: 500 }, (_, index) => insertProduct(newId(), `Another ${index}`, true)),
  )
  const after = await view()
  expect(after.products).toEqual(before.products)
  expect(after.rowsRead).toBe(before.rowsRead)
})

it('looks at the orders promised first where there are more than it can read, and says so', async () => {
  const [expected] = await open({ products: tracked(0), orders: [order({ shipBy: '2026-11-25' })] })
  await insertMany(MAX_OPEN_ORDERS + 5, 'new', expected!.productId)
  const cut = await view()
  expect(cut.isCut).toBe(true)
  expect(cut.products[0]).toMatchObject({ orderCount: MAX_OPEN_ORDERS, waiting: MAX_OPEN_ORDERS - 1 })
  expect(cut.products[0]!.orders[0]).toMatchObject({ shipBy: '2026-11-25', reserves: 1 })
  await insertMany(2000, 'new', expected!.productId)
  expect((await view()).rowsRead).toBe(cut.rowsRead)
  expect(await words(await get(routes.toMake()))).toContain('more than 5,000 open orders')
})
