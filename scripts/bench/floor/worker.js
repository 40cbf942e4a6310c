import { DurableObject } from 'cloudflare:workers'

/** The configuration names this class; nothing calls it. */
export class ProductStock extends DurableObject {}

/** What the platform costs by itself, on the product's own settings: an empty route, and one trivial D1 query. */
export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname === '/empty') return answer(0, 0)
    const { meta } = await env.DB.prepare('SELECT id FROM settings WHERE id = 1').run()
    return answer(1, meta.rows_read)
  },
}

function answer(roundTrips, rowsRead) {
  return new Response('ok', {
    headers: { 'server-timing': `d1;desc="${roundTrips} ${rowsRead} 0", objects;desc="0"` },
  })
}
