import { Hono } from 'hono'
import { readProduct } from '../../catalog/read-product.ts'
import { setPhoto } from '../../catalog/set-photo.ts'
import type { Failure } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import type { WebContext, WebEnv } from '../session.ts'
import { pictureFrom, pictureLimit } from './pictures/picture-upload.ts'
import { MOVEMENTS_SHOWN, productPage } from './products/product-page.tsx'

/** The photo of a product: staff add, replace and remove it. */
export const productPhoto = new Hono<WebEnv>()

productPhoto.post(patterns.productPhoto, pictureLimit(refusedPhoto), async (c) => {
  const productId = c.req.param('id')
  const sent = await pictureFrom(c)
  if (!sent.ok) return refusedPhoto(c, sent.failure)
  const { file, ...replacement } = sent.value
  const set = await setPhoto(c.var.ctx, { productId, ...replacement }, file)
  if (!set.ok) return refusedPhoto(c, set.failure)
  return c.redirect(routes.product(productId, { done: file ? 'shown' : 'hidden' }), 303)
})

async function refusedPhoto(c: WebContext, failure: Failure) {
  const view = await readProduct(c.var.ctx, c.req.param('id') ?? '', { limit: MOVEMENTS_SHOWN })
  if (!view.ok) return failurePage(c, view.failure)
  return productPage(c, view.value, { photoProblems: problemsOf(failure), status: statusOf(failure) })
}
