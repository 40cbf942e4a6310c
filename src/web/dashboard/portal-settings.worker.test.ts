import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { linkFrom } from '../../signed-link.ts'
import { get, post, words } from '../../testing/web.ts'

const saved = () =>
  env.DB.prepare(
    `SELECT welcome_text, minimum_order, new_shops_open, new_shops_rate, new_shops_link_version, revision
     FROM settings`,
  ).first<Record<string, string | number>>()

async function save(over: Record<string, string> = {}, revision?: string) {
  return post(routes.portalSettings(), {
    ...{ revision: revision ?? String((await saved())!.revision), currency: 'USD', welcomeText: 'Hello' },
    ...{ minimumOrder: '200', newShopsRate: '45.5', ...over },
  })
}

it('saves the terms of the portal, and shows them', async () => {
  const answer = await save({ newShopsOpen: 'yes' })
  expect(answer.status).toBe(303)
  expect(await saved()).toMatchObject({
    ...{ welcome_text: 'Hello', minimum_order: 20_000, new_shops_open: 1, new_shops_rate: 4550 },
  })
  const page = await words(await get(answer.headers.get('location')!))
  expect(page).toContain('The settings are saved.')
  expect(page).toMatch(/Settings saved · .* · Demo owner/)
  expect(page).toMatch(/Changes Changed .*Minimum order: none → \$200.00 .*New shops keep: 50% → 45.5%/)
  await save({ minimumOrder: '' })
  expect(await saved()).toMatchObject({ minimum_order: 0, new_shops_open: 0 })
})

it('keeps what was typed when it is refused, and says why', async () => {
  const before = await saved()
  const answer = await save({ newShopsRate: '101', welcomeText: 'Kept', minimumOrder: 'much' })
  const html = await answer.text()
  expect(answer.status).toBe(422)
  for (const part of ['Kept', 'value="101"', 'value="much"', 'like 12.50']) expect(html).toContain(part)
  const long = await save({ welcomeText: 'x'.repeat(1001) })
  expect([long.status, await words(long)]).toEqual([422, expect.stringContaining('at most 1,000 characters')])
  expect(await saved()).toEqual(before)
})

it('shows what others saved meanwhile', async () => {
  const revision = String((await saved())!.revision)
  await save({ welcomeText: 'Theirs' })
  const stale = await save({ welcomeText: 'Mine' }, revision)
  expect([stale.status, await words(stale)]).toEqual([409, expect.stringContaining('Theirs')])
  // The same once more is what is there already.
  expect((await save({ welcomeText: 'Theirs' }, revision)).status).toBe(303)
})

it('shows the general link, and replaces it once', async () => {
  const shown = async () => {
    const html = await (await get(routes.portalSettings())).text()
    return linkFrom(env, 'portal', /\/portal\/([^"]+)"/.exec(html)?.[1] ?? '')
  }
  const { version } = (await shown())!
  await Promise.all([1, 2].map(() => post(routes.newShopsLink(), { version: String(version) })))
  expect(await shown()).toEqual({ id: 'new-shops', version: version + 1 })
  expect(await (await get(routes.newShopsLink())).text()).toContain('<svg')
  expect((await post(routes.newShopsLink(), { version: '' })).status).toBe(422)
})
