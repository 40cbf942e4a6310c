import { Hono } from 'hono'
import { archiveProduct } from '../../catalog/archive-product.ts'
import { createProduct } from '../../catalog/create-product.ts'
import { editProduct } from '../../catalog/edit-product.ts'
import { listProducts } from '../../catalog/list-products.ts'
import type { ProductCursor, ProductView } from '../../catalog/product-store.ts'
import {
  type ProductPageView,
  readMovements,
  readNewProduct,
  readProduct,
  readProductToEdit,
} from '../../catalog/read-product.ts'
import { numberWords } from '../../number-words.ts'
import { type Failure, invalid } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { type AdjustStockInput, adjustStock } from '../../stock/adjust-stock.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { type Form, readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { type StaffPage, staffPage } from './page.tsx'
import { listPage } from './products/list-page.tsx'
import { movementsPage } from './products/movements.tsx'
import { fieldsFrom, newProductValues, ProductForm, typedValues, valuesOf } from './products/product-form.tsx'
import { ArchivalForm, MOVEMENTS_SHOWN, productPage } from './products/product-page.tsx'

const MOVEMENTS_PER_PAGE = 50
/** How long after it a page says what was done. */
const SAY_DONE_FOR_MS = 60_000

/** The catalogue and the stock of each product. */
export const products = new Hono<WebEnv>()

products.get(routes.products(), async (c) => {
  const filter = { view: viewFrom(c), search: (c.req.query('q') ?? '').trim() }
  const cursor = cursorFrom(c)
  const list = await listProducts(c.var.ctx, filter, cursor)
  return list.ok ? listPage(c, list.value, filter, cursor) : failurePage(c, list.failure)
})

products.get(routes.newProduct(), (c) => newProductPage(c))

products.post(routes.products(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const id = form.value.text('id')
  const created = await createProduct(c.var.ctx, { id, ...fieldsFrom(form.value) })
  if (created.ok) return c.redirect(routes.product(id, { done: 'added' }), 303)
  return newProductPage(c, { form: form.value, failure: created.failure })
})

products.get(patterns.product, async (c) => {
  const view = await readProduct(c.var.ctx, c.req.param('id'), { limit: MOVEMENTS_SHOWN })
  if (!view.ok) return failurePage(c, view.failure)
  return productPage(c, view.value, whatWasDone(c, view.value))
})

products.get(patterns.editProduct, (c) => editProductPage(c, c.req.param('id')))

products.post(patterns.editProduct, async (c) => {
  const id = c.req.param('id')
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const revision = form.value.whole('revision')
  const edited = await editProduct(c.var.ctx, { id, revision, ...fieldsFrom(form.value) })
  if (edited.ok) return c.redirect(routes.product(id, { done: 'saved' }), 303)
  return editProductPage(c, id, { form: form.value, failure: edited.failure })
})

products.post(patterns.productArchival, async (c) => {
  const id = c.req.param('id')
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const archived = form.value.text('archived')
  if (archived !== 'yes' && archived !== 'no') {
    return failurePage(c, invalid('archived', 'Choose whether to archive the product.').failure)
  }
  const set = await archiveProduct(c.var.ctx, { id, archived: archived === 'yes' })
  if (!set.ok) return failurePage(c, set.failure)
  return c.redirect(routes.product(id, { done: archived === 'yes' ? 'archived' : 'restored' }), 303)
})

products.post(patterns.productAdjustments, async (c) => {
  const productId = c.req.param('id')
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const kind = form.value.text('kind') as AdjustStockInput['kind']
  const typed = { kind, id: form.value.text('id'), reason: form.value.text('reason') }
  const adjusted = await adjustStock(c.var.ctx, {
    ...{ ...typed, productId, quantity: form.value.whole('quantity') },
  })
  if (adjusted.ok) return c.redirect(routes.product(productId, { done: 'counted' }), 303)
  const view = await readProduct(c.var.ctx, productId, { limit: MOVEMENTS_SHOWN })
  if (!view.ok) return failurePage(c, view.failure)
  const { failure } = adjusted
  const id = failure.reason === 'sent_before' ? c.var.ctx.newId() : typed.id
  return productPage(c, view.value, {
    refused: {
      values: { ...typed, id, quantity: form.value.text('quantity') },
      problems: problemsOf(failure),
    },
    status: statusOf(failure),
  })
})

products.get(patterns.productMovements, async (c) => {
  const typed = wholeFrom(c.req.query('before') ?? '')
  const before = typed > 0 ? typed : null
  const view = await readMovements(c.var.ctx, c.req.param('id'), { limit: MOVEMENTS_PER_PAGE, before })
  return view.ok ? movementsPage(c, view.value, before === null) : failurePage(c, view.failure)
})

const VIEWS: ProductView[] = ['all', 'low', 'archived']

function viewFrom(c: WebContext): ProductView {
  return VIEWS.find((view) => view === c.req.query('view')) ?? 'all'
}

function cursorFrom(c: WebContext): ProductCursor {
  const after = wholeFrom(c.req.query('after') ?? '')
  const before = wholeFrom(c.req.query('before') ?? '')
  return after > 0 ? { after } : before > 0 ? { before } : {}
}

/** What was just done to a product; opening the page later does not say it again. */
function whatWasDone(
  c: WebContext,
  { product, movements }: ProductPageView,
): Pick<StaffPage, 'toast' | 'undo'> {
  const isRecent = (at = 0) => c.var.ctx.now - at <= SAY_DONE_FOR_MS
  const done = c.req.query('done')
  if (done === 'counted') {
    return isRecent(movements[0]?.at) ? { toast: `On hand is ${numberWords(product.onHand)} now.` } : {}
  }
  if (!isRecent(product.updatedAt)) return {}
  if (done === 'added') return { toast: `${product.name} is added.` }
  if (done === 'saved') return { toast: `${product.name} is saved.` }
  if (done === 'shown') return product.photo === '' ? {} : { toast: 'The photo is saved.' }
  if (done === 'hidden') return product.photo === '' ? { toast: 'The photo is removed.' } : {}
  if (done !== (product.archived ? 'archived' : 'restored')) return {}
  const undo = (
    <ArchivalForm product={product} kind="quiet">
      Undo
    </ArchivalForm>
  )
  return { toast: `${product.name} is ${done}.`, undo }
}

type Refused = { form: Form; failure: Failure }

async function newProductPage(c: WebContext, refused?: Refused) {
  const view = await readNewProduct(c.var.ctx)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, collections } = view.value
  return staffPage(
    c,
    frame,
    {
      title: 'Add product',
      section: 'products',
      back: { href: routes.products(), label: 'Products' },
      status: refused && statusOf(refused.failure),
    },
    <ProductForm
      action={routes.products()}
      hidden={{ id: refused ? refused.form.text('id') : c.var.ctx.newId() }}
      values={refused ? typedValues(refused.form) : newProductValues}
      problems={refused ? problemsOf(refused.failure) : []}
      collections={collections}
      currency={frame.settings.currency}
      button="Add product"
      cancelHref={routes.products()}
    />,
  )
}

async function editProductPage(c: WebContext, id: string, refused?: Refused) {
  const view = await readProductToEdit(c.var.ctx, id)
  if (!view.ok) return failurePage(c, view.failure)
  const { frame, collections, product } = view.value
  const current = valuesOf(product, frame.settings.currency)
  const isStale = refused?.failure.reason === 'conflict'
  // A refused form stays at its revision, so that a later save still meets what others did.
  const revision = refused && !isStale ? refused.form.text('revision') : String(product.revision)
  return staffPage(
    c,
    frame,
    {
      title: `Edit ${product.name}`,
      section: 'products',
      back: { href: routes.product(id), label: product.name },
      status: refused && statusOf(refused.failure),
    },
    <ProductForm
      action={routes.editProduct(id)}
      hidden={{ revision }}
      values={refused ? typedValues(refused.form) : current}
      problems={refused ? problemsOf(refused.failure) : []}
      collections={collections}
      currency={frame.settings.currency}
      button="Save product"
      cancelHref={routes.product(id)}
      current={isStale ? current : undefined}
    />,
  )
}
