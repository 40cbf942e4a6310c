import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
it('answers', async () => {
  const r = await exports.default.fetch('http://x/healthz')
  expect(await r.json()).toEqual({ path: '/healthz', one: 1 })
})
