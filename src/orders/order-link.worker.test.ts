import { expect, it } from 'vitest'
import { newId, testCtx } from '../testing/fixtures.ts'
import { hasLinkSecret, linkFrom, tokenOf } from './order-link.ts'
import { readSharedStatement } from './read-shared-statement.ts'

const env = { LINK_SECRET: 'correct horse battery staple, twice' }
const link = { orderId: newId(), version: 3 }
const token = async (over = {}) => (await tokenOf(env, { ...link, ...over }))!

it('opens what it made', async () => {
  expect(await linkFrom(env, await token())).toEqual(link)
})

it('refuses a token in which any one character is another, is missing or is added', async () => {
  const good = await token()
  for (let at = 0; at < good.length; at++) {
    for (const other of ['A', 'B', '1', '2', '-', '.', '=', 'é', '\n']) {
      if (good[at] !== other) {
        expect(await linkFrom(env, good.slice(0, at) + other + good.slice(at + 1))).toBeNull()
      }
      expect(await linkFrom(env, good.slice(0, at) + other + good.slice(at))).toBeNull()
    }
    expect(await linkFrom(env, good.slice(0, at))).toBeNull()
    expect(await linkFrom(env, good.slice(at + 1))).toBeNull()
  }
  expect(await linkFrom(env, `${good}\n`)).toBeNull()
})

it('refuses the signature of another order, another version and another secret', async () => {
  const [, , signature] = (await token()).split('.')
  expect(await linkFrom(env, `${newId()}.3.${signature}`)).toBeNull()
  expect(await linkFrom(env, `${link.orderId}.4.${signature}`)).toBeNull()
  expect(await linkFrom(env, `${link.orderId}.03.${signature}`)).toBeNull()
  expect(await linkFrom({ LINK_SECRET: `${env.LINK_SECRET}!` }, await token())).toBeNull()
})

it.each([undefined, '', 'short'])('makes and opens nothing with the secret %j', async (LINK_SECRET) => {
  expect(hasLinkSecret({ LINK_SECRET })).toBe(false)
  expect(await tokenOf({ LINK_SECRET }, link)).toBeNull()
  expect(await linkFrom({ LINK_SECRET }, await token())).toBeNull()
})

it('reads nothing from the database for a token that it did not make', async () => {
  const { ctx } = testCtx()
  const refused = { ok: false, failure: { reason: 'not_found', what: 'link' } }
  for (const forged of ['', 'x', `${newId()}.1.${'A'.repeat(43)}`]) {
    expect(await readSharedStatement(ctx, forged)).toEqual(refused)
  }
  expect(ctx.db.meter.roundTrips).toBe(0)
})
