import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { app } from '../../app.ts'
import { setPortalAccess } from '../../retailers/set-portal-access.ts'
import { routes } from '../../routes.ts'
import { linkFrom } from '../../signed-link.ts'
import { aRetailer, newId, testCtx } from '../../testing/fixtures.ts'
import { get, post, words } from '../../testing/web.ts'

const retailerRow = (id: string) =>
  env.DB.prepare('SELECT portal_open, portal_link_version, minimum_order FROM retailers WHERE id = ?')
    .bind(id)
    .first()

const eventsOf = async (id: string) =>
  (
    await env.DB.prepare('SELECT kind, actor FROM portal_events WHERE retailer_id = ? ORDER BY number')
      .bind(id)
      .all<{ kind: string; actor: string }>()
  ).results

/** The link that a retailer's page shows, and what it stands for. */
async function shownLink(id: string) {
  const html = await (await get(routes.retailer(id))).text()
  const link = /value="(http:\/\/localhost\/portal\/[^"]+)"/.exec(html)?.[1] ?? ''
  return { link, html, stands: await linkFrom(env, 'portal', link.split('/').at(-1)!) }
}

it('shows the link of the retailer at its version, with the ways to pass it on', async () => {
  const id = await aRetailer({ email: 'jo@shop.example' })
  const { html, stands } = await shownLink(id)
  expect(stands).toEqual({ id, version: 1 })
  expect(html).toContain('Send by e-mail')
  expect(html).toContain(routes.retailerLink(id))
})

it('starts the link with the public origin where one is set, and says when no secret is', async () => {
  const id = await aRetailer()
  const show = async (over: Partial<typeof env>) => {
    const page = new Request(`http://localhost${routes.retailer(id)}`)
    return (await app.fetch(page, { ...env, ...over })).text()
  }
  expect(await show({ APP_URL: 'https://desk.example.com' })).toContain(
    'value="https://desk.example.com/portal/',
  )
  const without = await show({ LINK_SECRET: '' })
  expect(without).toContain('LINK_SECRET')
  expect(without).not.toContain('/portal/')
})

it('replaces the link once, however often the form is sent, and records who did', async () => {
  const id = await aRetailer()
  const answers = await Promise.all([1, 2].map(() => post(routes.retailerLink(id), { version: '1' })))
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  expect((await shownLink(id)).stands).toEqual({ id, version: 2 })
  expect(await eventsOf(id)).toEqual([{ kind: 'replaced', actor: expect.stringContaining('Demo owner') }])
  const page = await words(await get(answers[0]!.headers.get('location')!))
  expect(page).toContain('The one before opens nothing any more.')
  expect(page).toMatch(/Link replaced · .* · Demo owner/)

  expect((await post(routes.retailerLink(id), { version: '7' })).status).toBe(422)
  expect((await post(routes.retailerLink(id), { version: 'x' })).status).toBe(422)
  expect(await retailerRow(id)).toMatchObject({ portal_link_version: 2 })
})

it('switches the portal off and on, and offers the way back', async () => {
  const id = await aRetailer()
  const off = await post(routes.retailerAccess(id), { open: 'no' })
  await post(routes.retailerAccess(id), { open: 'no' })
  const page = await words(await get(off.headers.get('location')!))
  expect(page).toMatch(/The portal is off for .* Undo/)
  expect(page).toContain('The link opens nothing while it is switched off.')
  expect(page).not.toContain('Send by e-mail')
  expect(await retailerRow(id)).toMatchObject({ portal_open: 0, portal_link_version: 1 })
  await post(routes.retailerAccess(id), { open: 'yes' })
  expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['closed', 'opened'])
  expect((await post(routes.retailerAccess(id), { open: 'perhaps' })).status).toBe(422)
})

it('gives the retailer a minimum of its own, and keeps what was typed when it is refused', async () => {
  const id = await aRetailer()
  const save = (minimumOrder: string) => post(routes.retailerMinimum(id), { minimumOrder, currency: 'USD' })
  expect((await save('150')).status).toBe(303)
  expect(await retailerRow(id)).toMatchObject({ minimum_order: 15_000 })
  const refused = await save('a lot')
  const html = await refused.text()
  expect([refused.status, html.includes('value="a lot"'), html.includes('like 12.50')]).toEqual([
    422,
    true,
    true,
  ])
  expect((await save('0')).status).toBe(303)
  expect(await retailerRow(id)).toMatchObject({ minimum_order: 0 })
  expect((await save('')).status).toBe(303)
  expect(await retailerRow(id)).toMatchObject({ minimum_order: null })
  expect((await save('')).status).toBe(303)
  expect(await eventsOf(id)).toHaveLength(3)
})

it('sends the link by e-mail once, or says why not', async () => {
  const id = await aRetailer()
  const invite = (mailId: string) => {
    const body = new URLSearchParams({ id: mailId }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }
    const request = new Request(`http://localhost${routes.retailerInvitation(id)}`, {
      method: 'POST',
      headers,
      body,
    })
    const execution = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} }
    return app.fetch(request, { ...env, APP_URL: 'https://desk.example.com' }, execution)
  }
  const mailId = newId()
  const [first, second] = [await invite(mailId), await invite(mailId)]
  expect([first.status, second.status]).toEqual([303, 303])
  const leads = first.headers.get('location')!
  expect(await words(await get(leads))).toContain('The link is on its way to')
  expect(await words(await get(leads.replace(/at=\d+/, 'at=1')))).not.toContain('on its way')
  const sent = await env.DB.prepare('SELECT id FROM mails WHERE retailer_id = ?').bind(id).all()
  expect(sent.results).toEqual([{ id: mailId }])

  await env.DB.prepare(`UPDATE retailers SET email = 'new@shop.example' WHERE id = ?`).bind(id).run()
  const elsewhere = await invite(mailId)
  expect(elsewhere.status).toBe(409)
  const html = await elsewhere.text()
  expect(html).toContain('Press the button again to send it to the new address.')
  const [, other = ''] = /name="id" value="([^"]+)"/.exec(html) ?? []
  expect((await invite(other)).status).toBe(303)
  const to = await env.DB.prepare('SELECT recipient FROM mails WHERE id = ?').bind(other).first('recipient')
  expect(to).toBe('new@shop.example')

  await setPortalAccess(testCtx().ctx, { retailerId: id, open: false })
  const refused = await post(routes.retailerInvitation(id), { id: newId() })
  expect([refused.status, await words(refused)]).toEqual([422, expect.stringContaining('switched off')])
})

it('draws a code to print', async () => {
  const id = await aRetailer()
  const { link } = await shownLink(id)
  const html = await (await get(routes.retailerLink(id))).text()
  expect(html).toContain(`>${link}<`)
  expect(html).toMatch(/role="img" aria-label="QR code[^"]*"><svg/)
})

it('answers for a retailer that does not exist, and refuses those who only read', async () => {
  const nobody = newId()
  for (const path of [
    routes.retailerLink(nobody),
    routes.retailerAccess(nobody),
    routes.retailerMinimum(nobody),
  ]) {
    expect((await post(path, { version: '1', open: 'no', minimumOrder: '', currency: 'USD' })).status).toBe(
      404,
    )
  }
  expect((await get(routes.retailerLink(nobody))).status).toBe(404)
  const viewer = { kind: 'staff', id: 'viewer', name: 'Vera', role: 'viewer' } as const
  const refused = await setPortalAccess(testCtx({ actor: viewer }).ctx, { retailerId: nobody, open: false })
  expect(refused).toMatchObject({ failure: { reason: 'forbidden' } })
})
