import { DurableObject } from 'cloudflare:workers'

export class ProductStock extends DurableObject<Cloudflare.Env> {}

export default {
  async fetch(request, env) {
    const one = await env.DB.prepare('SELECT 1 AS one').first<{ one: number }>()
    return Response.json({ path: new URL(request.url).pathname, one: one?.one })
  },
} satisfies ExportedHandler<Cloudflare.Env>
