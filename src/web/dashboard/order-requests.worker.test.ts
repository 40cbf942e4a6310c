import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { type AnswerChangesInput, answerChanges } from '../../orders/answer-changes.ts'
import { createRetailer } from '../../retailers/create-retailer.ts'
import { routes } from '../../routes.ts'
import { aBulkChange, finishBulk } from '../../testing/bulk-runs.ts'
import { anExport, finishExport, rowsOf } from '../../testing/export-runs.ts'
import { aRetailer, newId, testCtx } from '../../testing/fixtures.ts'
import { aRequest } from '../../testing/requests.ts'
import { anOffer, fieldsOf } from '../../testing/shop.ts'
import { get, post, words } from '../../testing/web.ts'

const statusOf = (number: number) =>
  env.DB.prepare('SELECT status, pull, revision, retailer_id FROM orders WHERE number = ?')
    .bind(number)
    .first()

/** The fields of the form with this hidden answer on the order page. */
async function answerForm(number: number, answer: string) {
  const html = await (await get(routes.order(number))).text()
  const forms = html.split('<form').filter((form) => form.includes(`name="answer" value="${answer}"`))
  const { email: _, pull: __, ...fields } = fieldsOf(forms[0] ?? '')
  return fields
}

/** Links the request to a retailer through the pages, and answers its id. */
async function linked(number: number) {
  const retailerId = await aRetailer()
  const html = await (await get(routes.orderRetailer(number, { to: retailerId }))).text()
  const answer = await post(routes.orderRetailer(number), fieldsOf(html.split('<form')[1] ?? ''))
  expect(answer.status).toBe(303)
  return retailerId
}

it('shows who asked, what for, and that a retailer is missing', async () => {
  const { number } = await aRequest({ phone: '+47 55', wantedDate: '2099-03-01' })
  const page = await words(await get(routes.order(number)))
  for (const part of ['Salt & Pine (new shop)', 'requested', 'Noa Berg', 'noa@saltpine.example', '+47 55']) {
    expect(page).toContain(part)
  }
  for (const part of ['7 Quay', '5003', 'Norway', '1 Mar 2099', 'Please pack well.', 'Make a new retailer']) {
    expect(page).toContain(part)
  }
  expect(page).not.toContain('Approve request')
  expect(await words(await get(routes.orders()))).toContain('Salt & Pine')
})

it('approves with Pull from On Hand ticked, once the e-mail question is answered', async () => {
  const { number } = await aRequest({ products: [await anOffer()] })
  await linked(number)
  const fields = await answerForm(number, 'approve')
  const html = await (await get(routes.order(number))).text()
  expect(html).toMatch(
    /<input type="checkbox"[^>]*checked[^>]*id="approve-pull"|id="approve-pull"[^>]*checked/,
  )

  const unanswered = await post(routes.orderUpdates(number), { ...fields, comment: 'Ships on Friday.' })
  const refused = await unanswered.text()
  expect(unanswered.status).toBe(422)
  expect(refused).toContain('href="#approve-email"')
  expect(refused).toContain('Ships on Friday.')
  // The box that was left out stays out.
  expect(refused).not.toMatch(/<input type="checkbox"[^>]*checked[^>]*id="approve-pull"/)

  const short = await post(routes.orderUpdates(number), { ...fields, pull: 'on', email: 'no' })
  expect([short.status, await words(short)]).toEqual([409, expect.stringContaining('Reserve anyway')])
  const done = await post(routes.orderUpdates(number), {
    ...fields,
    pull: 'on',
    email: 'no',
    allowShortage: 'on',
  })
  expect(done.status).toBe(303)
  expect(await statusOf(number)).toMatchObject({ status: 'new', pull: 1, revision: 3 })
  const after = await words(await get(routes.order(number)))
  expect(after).toContain('Please pack well.')
  expect(after).not.toContain('Approve request')
})

it('declines with a reason, which the shop is told if staff say so', async () => {
  const { number } = await aRequest()
  const fields = await answerForm(number, 'decline')
  const unexplained = await post(routes.orderUpdates(number), { ...fields, email: 'yes', comment: ' ' })
  const refused = await unexplained.text()
  expect([unexplained.status, refused.includes('#decline-comment')]).toEqual([422, true])
  expect(await statusOf(number)).toMatchObject({ status: 'awaiting_approval' })

  const comment = 'We are sold out until spring.'
  expect((await post(routes.orderUpdates(number), { ...fields, email: 'yes', comment })).status).toBe(303)
  expect(await statusOf(number)).toMatchObject({ status: 'canceled' })
  const told = await env.DB.prepare(
    `SELECT recipient FROM mails JOIN orders ON orders.id = order_id
     WHERE orders.number = ? AND mails.revision = 2 AND audience = 'retailer'`,
  )
    .bind(number)
    .all()
  expect(told.results).toEqual([{ recipient: 'noa@saltpine.example' }])
})

it('keeps an answer that others were faster than, in the form of any update', async () => {
  const { number } = await aRequest()
  await linked(number)
  const fields = await answerForm(number, 'approve')
  const other = { ...fields, changeId: newId(), email: 'no' }
  expect((await post(routes.orderUpdates(number), other)).status).toBe(303)
  const late = await post(routes.orderUpdates(number), { ...fields, email: 'no', comment: 'Mine' })
  const html = await late.text()
  expect([late.status, html.includes('Mine'), html.includes('Since you opened this page')]).toEqual([
    409,
    true,
    true,
  ])
})

it('finds the retailer that has the e-mail address, and asks about prices', async () => {
  const retailerId = await aRetailer({ email: 'Noa@SaltPine.example' })
  await env.DB.prepare('UPDATE retailers SET rate = 6000 WHERE id = ?').bind(retailerId).run()
  const { number } = await aRequest()
  const choice = await (await get(routes.orderRetailer(number, { q: 'nobody at all' }))).text()
  expect(choice).toContain('With the e-mail address')
  expect(choice).toContain(routes.orderRetailer(number, { to: retailerId }).replaceAll('&', '&amp;'))
  expect(choice).toContain('No retailer matches')

  const confirm = await words(await get(routes.orderRetailer(number, { to: retailerId })))
  expect(confirm).toContain('own prices')
  expect(confirm).toContain('$40.00 → $32.00')
  const key = fieldsOf(await (await get(routes.orderRetailer(number, { to: retailerId }))).text())
  const done = await post(routes.orderRetailer(number), { ...key, ownPrices: 'on' })
  expect(done.status).toBe(303)
  const history = await words(await get(routes.order(number)))
  expect(history).toMatch(/Retailer: Salt & Pine → Shop/)
  expect(history).toContain('Retailer keeps: 50% → 60%')
})

it('makes a retailer of the request, and keeps what was typed when it is refused', async () => {
  const { number } = await aRequest()
  const html = await (await get(routes.orderRetailer(number, { new: '1' }))).text()
  for (const value of ['Salt &amp; Pine', 'noa@saltpine.example', '7 Quay', 'Bergen', '5003', 'Norway']) {
    expect(html).toContain(`value="${value}"`)
  }
  const fields = { ...fieldsOf(html.slice(html.indexOf('class="form prose"'))), type: 'wholesale' }
  const refused = await post(routes.orderRetailer(number), {
    ...fields,
    rate: 'half',
    notes: 'Met at the fair',
  })
  const again = await refused.text()
  expect([refused.status, again.includes('value="half"'), again.includes('Met at the fair')]).toEqual([
    422,
    true,
    true,
  ])
  expect(again).toContain('href="#field-rate"')
  const done = await post(routes.orderRetailer(number), fields)
  await post(routes.orderRetailer(number), fields)
  expect(done.status).toBe(303)
  const { retailer_id: retailerId } = (await statusOf(number)) as { retailer_id: string }
  const made = await env.DB.prepare("SELECT id FROM retailers WHERE name = 'Salt & Pine'").all()
  expect(made.results).toEqual([{ id: retailerId }])
})

it.each([
  ['on', [1200]],
  ['', [1000]],
])('prices a request at the terms of the new retailer only when told to (%j)', async (ownPrices, prices) => {
  const { number } = await aRequest({ businessName: 'Own Terms' })
  const html = await (await get(routes.orderRetailer(number, { new: '1' }))).text()
  expect(html).toContain('Otherwise the prices stay as the shop saw them')
  const fields = {
    ...fieldsOf(html.slice(html.indexOf('class="form prose"'))),
    type: 'consignment',
    rate: '40',
  }
  const { ownPrices: _, ...rest } = fields as Record<string, string>
  const linked = await post(routes.orderRetailer(number), ownPrices ? { ...rest, ownPrices } : rest)
  expect(linked.status).toBe(303)
  const { results } = await env.DB.prepare(
    'SELECT unit_price FROM order_lines JOIN orders ON orders.id = order_id WHERE number = ?',
  )
    .bind(number)
    .all<{ unit_price: number }>()
  expect(results.map(({ unit_price }) => unit_price)).toEqual(prices)
})

it('links to the retailer that it made, where only the link was left to do', async () => {
  const { number } = await aRequest({ businessName: 'Half Done' })
  const html = await (await get(routes.orderRetailer(number, { new: '1' }))).text()
  const fields = fieldsOf(html.slice(html.indexOf('class="form prose"')))
  const { ctx } = testCtx()
  const terms = { type: 'wholesale', rate: 5000, notes: '' } as const
  const where = { street: '', city: '', region: '', postcode: '', country: '' }
  const who = { name: 'Half Done', contactName: '', email: '', phone: '' }
  const retailerId = String(fields.retailerId)
  expect((await createRetailer(ctx, { id: retailerId, ...terms, ...where, ...who })).ok).toBe(true)

  const corrected = await post(routes.orderRetailer(number), { ...fields, type: 'consignment', rate: '40' })
  const page = await corrected.text()
  expect(corrected.status).toBe(422)
  expect(page).toContain('Half Done is made. Link the request to it')
  const linked = await post(routes.orderRetailer(number), fieldsOf(page.split('<form')[1] ?? ''))
  expect(linked.status).toBe(303)
  expect(await statusOf(number)).toMatchObject({ retailer_id: retailerId })
})

it('answers badly made requests to link in words', async () => {
  const { number } = await aRequest()
  expect((await post(routes.orderRetailer(number), {})).status).toBe(422)
  expect((await post(routes.orderRetailer(number), { new: 'yes' })).status).toBe(422)
  expect((await get(routes.orderRetailer(999_999))).status).toBe(404)
  const silent = await aRequest({ retailerId: await aRetailer(), email: '' })
  expect((await get(routes.orderRetailer(silent.number))).status).toBe(200)
  const odd = { changeId: newId(), revision: '1', retailerId: newId() }
  const answer = await post(routes.orderRetailer(number), odd)
  expect([answer.status, await words(answer)]).toEqual([422, expect.stringContaining('does not exist')])
})

it('says whether the shop has answered what staff changed, and what it replied', async () => {
  const retailerId = await aRetailer()
  const { number, productId } = await aRequest({ retailerId })
  const edit = { revision: '1', changeId: newId(), quantity: '2', unitPrice: '10.00', currency: 'USD' }
  expect((await post(routes.orderLine(number, productId), edit)).status).toBe(303)
  expect(await words(await get(routes.order(number)))).toContain('Shop has not answered')

  const answer = async (over: Pick<AnswerChangesInput, 'revision' | 'answer' | 'comment'>) => {
    const { ctx, settled } = testCtx({ actor: { kind: 'retailer', id: retailerId, name: '' } })
    const link = { id: retailerId, version: 1 }
    expect(await answerChanges(ctx, link, { number, changeId: newId(), ...over })).toMatchObject({ ok: true })
    await settled()
  }
  await answer({ revision: 2, answer: 'replied', comment: 'Four, please.' })
  const replied = await words(await get(routes.order(number)))
  expect(replied).toMatch(/replied to your changes Four, please\./)
  expect(replied).toContain('Shop replied')
  expect(replied).not.toContain('Internal note')

  expect(
    (
      await post(routes.orderLine(number, productId), {
        ...edit,
        revision: '3',
        changeId: newId(),
        quantity: '3',
      })
    ).status,
  ).toBe(303)
  const changed = await words(await get(routes.order(number)))
  expect(changed).toContain('Shop has not answered')
  expect(changed).not.toContain('replied to your changes')
  await answer({ revision: 4, answer: 'accepted', comment: '' })
  expect(await words(await get(routes.order(number)))).toContain('Shop accepted the changes')
})

it('prints where the request says that the goods go', async () => {
  const { number } = await aRequest()
  for (const path of [routes.packingSlips([number]), routes.statements([number])]) {
    const page = await words(await get(path))
    for (const part of ['Salt & Pine', 'Noa Berg', '7 Quay', '5003']) expect(page).toContain(part)
  }
  await linked(number)
  const slip = await words(await get(routes.packingSlips([number])))
  expect(slip).toContain('7 Quay')
  expect(slip).toMatch(/Shop [0-9a-f]{8} Noa Berg/)
})

it('does not fail on a request without a retailer elsewhere', async () => {
  const { number } = await aRequest()
  const exported = await finishExport(await anExport('orders', { search: 'Salt' }))
  expect(exported.status).toBe('ready')
  const rows = await rowsOf(exported.id)
  expect(rows.find(([id]) => id === String(number))?.[1]).toBe('Salt & Pine')

  const bulk = await aBulkChange([number])
  expect(await finishBulk(bulk)).toMatchObject({ refused: 1, changed: 0 })
  expect(await words(await get(routes.bulkChange(bulk)))).toContain('Link this request to a retailer')

  const ticked = routes.newBulkChange({ orders: String(number) })
  for (const path of [
    ticked,
    routes.orders({ q: 'Salt' }),
    routes.toMake(),
    routes.mails(),
    routes.orderDetails(number),
  ]) {
    expect((await get(path)).status, path).toBe(200)
  }
  const again = await get(routes.newOrder({ again: String(number) }))
  expect([again.status, await words(again)]).toEqual([422, expect.stringContaining('no retailer yet')])
})
