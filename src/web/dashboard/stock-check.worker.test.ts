import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { routes } from '../../routes.ts'
import { stockOf } from '../../stock/reserve.ts'
import { aProduct } from '../../testing/fixtures.ts'
import { get, post, words } from '../../testing/web.ts'

it('verifies products on demand, and names one whose object does not agree with its ledger', async () => {
  const [sound, broken] = await Promise.all([
    aProduct({ onHand: 5, name: 'Sound mug' }),
    aProduct({ onHand: 5, name: 'Broken mug' }),
  ])
  expect(await words(await get(routes.stockCheck()))).toContain('Not yet')
  expect((await post(routes.stockCheck(), {})).status).toBe(303)
  const healthy = await words(await get(routes.stockCheck()))
  expect(healthy).toContain('Agrees')
  expect(healthy).not.toContain('with a difference')

  await runInDurableObject(stockOf({ env }, broken), (_, state) => {
    state.storage.sql.exec('UPDATE balance SET on_hand = 6')
  })
  await env.DB.prepare('UPDATE stock_audits SET at = 0 WHERE product_id IN (?, ?)').bind(sound, broken).run()
  await post(routes.stockCheck(), {})
  const page = await words(await get(routes.stockCheck()))
  expect(page).toContain('1 product with a difference')
  expect(page).toMatch(/Broken mug\s*:/)
})
