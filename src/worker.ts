import { app } from './app.ts'

export { ProductStock } from './stock/product-stock.ts'

export default {
  fetch: app.fetch,
} satisfies ExportedHandler<Cloudflare.Env>
