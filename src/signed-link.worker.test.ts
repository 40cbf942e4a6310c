import { expect, it } from 'vitest'
import { readSharedStatement } from './orders/read-shared-statement.ts'
import { hasLinkSecret, linkFrom, tokenOf } from './signed-link.ts'
import { newId, testCtx } from './testing/fixtures.ts'

const env = { LINK_SECRET: 'correct horse battery staple, twice' }
const link = { id: newId(), version: 3 }
const token = async (over = {}) => (await tokenOf(env, 'statement', { ...link, ...over }))!

it('opens what it made', async () => {
  expect(await linkFrom(env, 'statement', await token())).toEqual(link)
})

it('refuses a token in which any one character is another, is missing or is added', async () => {
  const good = await token()
  for (let at = 0; at < good.length; at++) {
    for (const other of ['A', 'B', '1', '2', '-', '.', '=', 'é', '\n']) {
      if (good[at] !== other) {
        expect(await linkFrom(env, 'statement', good.slice(0, at) + other + good.slice(at + 1))).toBeNull()
      }
      expect(await linkFrom(env, 'statement', good.slice(0, at) + other + good.slice(at))).toBeNull()
    }
    expect(await linkFrom(env, 'statement', good.slice(0, at))).toBeNull()
    expect(await linkFrom(env, 'statement', good.slice(at + 1))).toBeNull()
  }
  expect(await linkFrom(env, 'statement', `${good}\n`)).toBeNull()
})

it('refuses the signature of another order, another version, another kind and another secret', async () => {
  const [, , signature] = (await token()).split('.')
  expect(await linkFrom(env, 'statement', `${newId()}.3.${signature}`)).toBeNull()
  expect(await linkFrom(env, 'statement', `${link.id}.4.${signature}`)).toBeNull()
  expect(await linkFrom(env, 'statement', `${link.id}.03.${signature}`)).toBeNull()
  expect(await linkFrom(env, 'portal', await token())).toBeNull()
  expect(await linkFrom({ LINK_SECRET: `${env.LINK_SECRET}!` }, 'statement', await token())).toBeNull()
})

it.each([undefined, '', 'short'])('makes and opens nothing with the secret %j', async (LINK_SECRET) => {
  expect(hasLinkSecret({ LINK_SECRET })).toBe(false)
  expect(await tokenOf({ LINK_SECRET }, 'statement', link)).toBeNull()
  expect(await linkFrom({ LINK_SECRET }, 'statement', await token())).toBeNull()
})

it('reads nothing from the database for a token that it did not make', async () => {
  const { ctx } = testCtx()
  const refused = { ok: false, failure: { reason: 'not_found', what: 'link' } }
  for (const forged of ['', 'x', `${newId()}.1.${'A'.repeat(43)}`]) {
    expect(await readSharedStatement(ctx, forged)).toEqual(refused)
  }
  expect(ctx.db.meter.roundTrips).toBe(0)
})
