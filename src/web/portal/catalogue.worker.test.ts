import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { LINE_SHEET_ROWS, PRODUCTS_PER_PAGE, readCatalogue } from '../../catalog/read-catalogue.ts'
import { cartFrom } from '../../orders/cart.ts'
import { placeOrder } from '../../orders/place-order.ts'
import { routes } from '../../routes.ts'
import { newId, placement, testCtx } from '../../testing/fixtures.ts'
import { anOffer, aShop, fieldsOf, type Shop } from '../../testing/shop.ts'
import { words } from '../../testing/web.ts'

const asked = { search: '', after: null, cart: cartFrom(''), again: null }

async function catalogueOf({ retailerId }: Shop, over: Partial<Parameters<typeof readCatalogue>[2]> = {}) {
  const actor = { kind: 'retailer', id: retailerId, name: '' } as const
  const { ctx } = testCtx({ actor })
  const read = await readCatalogue(ctx, { id: retailerId, version: 1 }, { ...asked, ...over })
  if (!read.ok) throw new Error(JSON.stringify(read))
  return { ...read.value, meter: ctx.db.meter }
}

it('shows what is sold at the shop’s own prices, and nothing of stock, costs or others', async () => {
  await env.DB.prepare(
    "UPDATE settings SET welcome_text = 'We ship <Mondays>.', accent_color = '#7A1F5C'",
  ).run()
  const shop = await aShop({ set: { rate: 4000 } })
  const mug = { collection: 'Mugs', description: 'Blue & green.', case_size: 6 }
  await anOffer({ name: 'Speckled mug', retailPrice: 2800, set: mug })
  await anOffer({ name: 'Bud vase', retailPrice: 2000, set: { collection: 'Vases', wholesale_price: 900 } })
  await anOffer({ name: 'Hidden bowl', set: { listed: 0 } })
  const html = await (await shop.get(routes.portal(shop.token))).text()
  const page = await words(new Response(html))
  for (const text of [
    'Speckled mug',
    '$16.80',
    'sells at $28.00',
    'by 6',
    'Blue & green.',
    '$9.00',
    'Vases',
  ]) {
    expect(page).toContain(text)
  }
  expect(page).toContain('We ship &lt;Mondays&gt;.')
  expect(html).toContain('/theme/7a1f5c')
  for (const text of ['Hidden', 'available', 'On hand', 'Ana', 'htmx', 'app.js'])
    expect(html).not.toContain(text)
  const consignment = await aShop({ type: 'consignment', set: { rate: 4000 } })
  const terms = await words(await consignment.get(routes.portal(consignment.token)))
  expect(terms).toContain('on consignment, you keep 40%')
  expect(terms).toContain('$12.00 to us when sold')
})

it('shows a product up close, with all of its description', async () => {
  const shop = await aShop()
  const description = `${'Thrown in one piece. '.repeat(40)}The end.`
  const mug = await anOffer({ name: 'Long mug', retailPrice: 2800, set: { description, case_size: 6 } })
  const list = await words(await shop.get(routes.portal(shop.token, { q: 'Long mug' })))
  expect(list).toContain('piece. … More')
  expect(list).not.toContain('The end.')
  const page = await words(await shop.get(routes.portalProduct(shop.token, mug.number)))
  for (const text of ['Long mug', '$14.00', 'sells at $28.00', 'by 6', 'The end.'])
    expect(page).toContain(text)
})

it('finds by words, also without a script, and keeps what is chosen beside', async () => {
  const shop = await aShop()
  const [mug, vase] = await Promise.all([
    anOffer({ name: 'Ochre tankard', set: { collection: 'Beer' } }),
    anOffer({ name: 'Ochre jar', retailPrice: 5000 }),
  ])
  const search = { [`p${vase.number}`]: '2', q: 'tank', do: 'search' }
  const answer = await shop.post(routes.portalCart(shop.token), search)
  expect(answer.headers.get('location')).toBe(routes.portal(shop.token, { q: 'tank' }))
  const html = await (await shop.get(answer.headers.get('location')!)).text()
  expect(html).toContain(mug.name)
  expect(html).not.toContain(vase.name)
  expect(html).toContain('2 pieces · $50.00')
  expect(html).toContain(`data-chosen="${vase.number}.2"`)
  const none = await words(await shop.get(routes.portal(shop.token, { q: '"*' })))
  expect(none).toContain('No product matches')
})

it('refuses what is no quantity, with everything as it was typed', async () => {
  const shop = await aShop()
  const [mug, vase] = await Promise.all([anOffer(), anOffer()])
  const typed = { [`p${mug.number}`]: 'ten', [`p${vase.number}`]: '4', do: 'review' }
  const answer = await shop.post(routes.portalCart(shop.token), typed)
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('value="ten"')
  expect(html).toContain('value="4"')
  expect(html).toContain(`href="#p${mug.number}"`)
  expect(shop.cookie('cart')).toBeUndefined()
})

it('goes on to the next page whatever products are called, and comes back to where something was refused', async () => {
  const shop = await aShop()
  await addProducts(PRODUCTS_PER_PAGE, 'A | pipe')
  const first = fieldsOf(await (await shop.get(routes.portal(shop.token))).text())
  const answer = await shop.post(routes.portalCart(shop.token), { ...first, do: 'page' })
  const second = await (await shop.get(answer.headers.get('location')!)).text()
  const quantities = (html: string) => Object.keys(fieldsOf(html)).filter((name) => /^p\d/.test(name))
  expect(quantities(second).length).toBeGreaterThan(0)
  expect(Object.keys(first)).not.toContain(quantities(second)[0])
  const wrong = { ...fieldsOf(second), [quantities(second)[0]!]: 'ten', q: 'something else', do: 'search' }
  const refused = await (await shop.post(routes.portalCart(shop.token), wrong)).text()
  expect(refused).toContain('value="ten"')
  expect(quantities(refused)).toEqual(quantities(second))
})

it('leads to a short address whatever a form says, and keeps quantities on every way', async () => {
  const shop = await aShop()
  const mug = await anOffer()
  const long = 'x'.repeat(9000)
  const typed = { [`p${mug.number}`]: '4', do: 'all', q: 'mug' }
  const all = await shop.post(routes.portalCart(shop.token), typed)
  expect(all.headers.get('location')).toBe(routes.portal(shop.token))
  expect(shop.cookie('cart')).toBe(`${mug.number}.4`)
  for (const action of ['page', 'search']) {
    const answer = await shop.post(routes.portalCart(shop.token), { do: action, next: long, q: long })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')!.length).toBeLessThan(300)
  }
  const fields = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`p${index + 1}`, 'x']))
  const many = await shop.post(routes.portalCart(shop.token), fields)
  expect([many.status, (await many.text()).length < 5000]).toEqual([422, true])
})

it('makes whole cases of a quantity, and says so', async () => {
  const shop = await aShop()
  const mug = await anOffer({ name: 'Case mug', set: { case_size: 6 } })
  await shop.post(routes.portalCart(shop.token), { [`p${mug.number}`]: '7', do: 'review' })
  const review = await words(await shop.get(routes.portalReview(shop.token)))
  expect(review).toContain('Case mug is sold by 6: 7 → 12')
})

it('fills the cart with an earlier order, beside what is chosen, and tells what is another today', async () => {
  const shop = await aShop()
  const [mug, vase, jug] = await Promise.all([
    anOffer({ name: 'Again mug', retailPrice: 2800, set: { case_size: 4 } }),
    anOffer({ name: 'Gone vase' }),
    anOffer({ name: 'Chosen jug' }),
  ])
  const { ctx, settled } = testCtx()
  const lines = [
    { productId: mug.id, quantity: 6 },
    { productId: vase.id, quantity: 2 },
  ]
  const placed = await placeOrder(ctx, placement(shop.retailerId, lines, { pull: false }))
  await settled()
  const { number } = (placed as { value: { number: number } }).value
  await env.DB.batch([
    env.DB.prepare('UPDATE products SET retail_price = 3000 WHERE id = ?').bind(mug.id),
    env.DB.prepare('UPDATE products SET archived = 1 WHERE id = ?').bind(vase.id),
  ])
  await shop.post(routes.portalCart(shop.token), { [`p${jug.number}`]: '1', do: 'review' })
  const answer = await shop.post(routes.portalAgain(shop.token, number), {})
  expect(shop.cookie('cart')).toBe(`${jug.number}.1_${mug.number}.8`)
  const page = await words(await shop.get(answer.headers.get('location')!))
  expect(page).toContain(`The products of order #${number} are chosen`)
  expect(page).toContain('not offered any more: Gone vase.')
  expect(page).toContain('Again mug: $14.00 → $15.00')
  const other = await aShop()
  expect((await other.post(routes.portalAgain(other.token, number), {})).status).toBe(404)
  expect(await words(await other.get(routes.portal(other.token, { again: String(number) })))).not.toContain(
    'are chosen',
  )
})

it('pages through many products without a gap or a repetition, at a cost that does not grow', async () => {
  const shop = await aShop()
  await addProducts(250)
  const few = await catalogueOf(shop)
  await addProducts(1250)
  const many = await catalogueOf(shop)
  expect(many.products).toHaveLength(PRODUCTS_PER_PAGE)
  expect([many.meter.roundTrips, many.meter.rowsRead]).toEqual([1, few.meter.rowsRead])
  const found = await catalogueOf(shop, { search: 'Many' })
  expect(found.products).toHaveLength(PRODUCTS_PER_PAGE)
  expect(found.meter.rowsRead).toBeLessThan(300)

  const seen: number[] = []
  let page: Awaited<ReturnType<typeof catalogueOf>> = many
  while (page.next) {
    seen.push(...page.products.map(({ number }) => number))
    page = await catalogueOf(shop, { after: page.next })
    // One more is the row where the page before ended.
    expect(page.meter.rowsRead).toBeLessThanOrEqual(few.meter.rowsRead + 1)
  }
  seen.push(...page.products.map(({ number }) => number))
  const { results } = await env.DB.prepare(
    `SELECT number FROM products WHERE listed = 1 AND archived = 0
     ORDER BY collection = '', collection, name, number`,
  ).all<{ number: number }>()
  expect(seen).toEqual(results.map(({ number }) => number))
  const sheet = await (await shop.get(routes.lineSheet(shop.token))).text()
  expect(sheet.match(/<tr>/g)!.length).toBeGreaterThan(LINE_SHEET_ROWS)
  expect(sheet).toContain('More products')
})

it('loads at most 35 kB for a full page of products that are told in words', async () => {
  const shop = await aShop()
  await env.DB.prepare('UPDATE products SET listed = 0').run()
  await Promise.all(
    Array.from({ length: PRODUCTS_PER_PAGE }, (_, index) =>
      anOffer({
        ...{ name: `${someWords(index, 3)} mug`, retailPrice: 1000 + 37 * index },
        set: { description: someWords(index + 500, 24), photo: newId(), collection: `No. ${index % 6}` },
      }),
    ),
  )
  const answers = await Promise.all([
    shop.get(routes.portal(shop.token)),
    ...['/app.css', '/portal.js'].map((path) => env.ASSETS.fetch(`http://localhost${path}`)),
  ])
  const sizes = await Promise.all(answers.map(gzipSize))
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(35_000)
  console.log(
    `first load of ${PRODUCTS_PER_PAGE} products, gzip: page, styles, script = ${sizes.join(', ')} bytes`,
  )
})

it.each(['x', '[]', '[1,2,3]', '{"a":1}', '["a","b","c"]', 'x'.repeat(3000)])(
  'takes %s for the first page',
  async (after) => {
    const shop = await aShop()
    expect((await shop.get(routes.portal(shop.token, { after, again: 'x' }))).status).toBe(200)
  },
)

/** So many words of seven letters that are hard to compress. */
function someWords(seed: number, count: number): string {
  return Array.from({ length: count }, (_, index) =>
    (((seed + 1) * 7919 + index * 104_729) ** 2 % 78_364_164_096).toString(36).padStart(7, 'a'),
  ).join(' ')
}

async function gzipSize({ body }: Response): Promise<number> {
  const zipped = body!.pipeThrough(new CompressionStream('gzip'))
  return (await new Response(zipped).arrayBuffer()).byteLength
}

async function addProducts(count: number, name = 'Many') {
  const rows = Array.from({ length: count }, (_, index) => ({ id: newId(), collection: `C${index % 7}` }))
  await env.DB.prepare(
    `INSERT INTO products (id, sku, name, collection, description, retail_price, wholesale_price, case_size,
      stock_tracked, low_stock_threshold, listed, archived, revision, created_at, updated_at)
     SELECT value->>'id', value->>'id', ?, value->>'collection', 'Words', 2000, NULL, 1, 1, NULL, 1, 0, 1, 0, 0
     FROM json_each(?)`,
  )
    .bind(name, JSON.stringify(rows))
    .run()
}
