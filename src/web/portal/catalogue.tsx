import { Hono } from 'hono'
import { z } from 'zod'
import type { CatalogueCursor } from '../../catalog/catalogue-store.ts'
import { readCatalogue, readLineSheet } from '../../catalog/read-catalogue.ts'
import { readOffer } from '../../catalog/read-offer.ts'
import { MAX_SEARCH_CHARACTERS } from '../../db/full-text.ts'
import { numberWords } from '../../number-words.ts'
import { type Cart, merged } from '../../orders/cart.ts'
import { MAX_LINES, MAX_QUANTITY } from '../../orders/order.ts'
import { orderAgain } from '../../orders/order-again.ts'
import type { Failure, Problem } from '../../result.ts'
import { patterns, routes } from '../../routes.ts'
import { type Form, readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { keepCart, readCart } from './cart-cookie.ts'
import { CataloguePage, type Shown, type Typed } from './catalogue-page.tsx'
import { LineSheetPage } from './line-sheet-page.tsx'
import { OfferPage } from './offer-page.tsx'
import { refused } from './refusals.tsx'

/** No page has as many, and an answer would name each of them. */
const TOO_MANY_FIELDS: Failure = {
  reason: 'invalid',
  problems: [{ field: '', message: 'The form could not be read. Go back to the products and try again.' }],
}

/** What the maker sells, and what the shop has chosen of it. */
export const catalogue = new Hono<WebEnv>()

catalogue.get(patterns.portal, (c) =>
  cataloguePage(c, c.req.param('token'), {
    shown: { search: c.req.query('q') ?? '', after: cursorFrom(c.req.query('after')) },
    ...{ cart: readCart(c), problems: [] },
  }),
)

catalogue.get(patterns.lineSheet, async (c) => {
  const { link, ctx } = c.var
  const sheet = await readLineSheet(ctx, link, cursorFrom(c.req.query('after')))
  if (!sheet.ok) return refused(c, sheet.failure)
  return c.html(<LineSheetPage {...sheet.value} token={c.req.param('token')} />)
})

catalogue.get(patterns.portalProduct, async (c) => {
  const offer = await readOffer(c.var.ctx, c.var.link, Number(c.req.param('number')))
  if (!offer.ok) return refused(c, offer.failure)
  return c.html(<OfferPage {...offer.value} token={c.req.param('token')} />)
})

/** Keeps what was typed, and goes on to wherever the button led. */
catalogue.post(patterns.portalCart, async (c) => {
  const token = c.req.param('token')
  const form = await readForm(c)
  if (!form.ok) return refused(c, form.failure)
  const typed = form.value.numbered('p')
  if (typed.size > MAX_LINES) return refused(c, TOO_MANY_FIELDS)
  const { cart, problems } = cartWith(readCart(c), typed)
  if (problems.length > 0) {
    const shown = { search: form.value.text('shown'), after: cursorFrom(form.value.text('after')) }
    return cataloguePage(c, token, { shown, cart, typed, problems })
  }
  keepCart(c, token, cart)
  return c.redirect(destination(form.value, token), 303)
})

catalogue.post(patterns.portalAgain, async (c) => {
  const token = c.req.param('token')
  const number = Number(c.req.param('number'))
  const again = await orderAgain(c.var.ctx, c.var.link, number)
  if (!again.ok) return refused(c, again.failure)
  keepCart(c, token, merged(readCart(c), again.value))
  return c.redirect(routes.portal(token, { again: String(number) }), 303)
})

async function cataloguePage(
  c: WebContext,
  token: string,
  asked: { shown: Shown; cart: Cart; typed?: Typed; problems: Problem[] },
) {
  const { cart, ...page } = asked
  const again = wholeFrom(c.req.query('again') ?? '')
  const read = await readCatalogue(c.var.ctx, c.var.link, {
    ...{ ...page.shown, cart, again: Number.isNaN(again) ? null : again },
  })
  if (!read.ok) return refused(c, read.failure)
  return c.html(
    <CataloguePage catalogue={read.value} token={token} {...page} />,
    page.problems.length > 0 ? 422 : 200,
  )
}

function destination(form: Form, token: string): string {
  switch (form.text('do')) {
    case 'review':
      return routes.portalReview(token)
    case 'page':
      return routes.portal(token, { after: JSON.stringify(cursorFrom(form.text('next'))) })
    case 'all':
      return routes.portal(token)
    default:
      return routes.portal(token, { q: form.text('q').trim().slice(0, MAX_SEARCH_CHARACTERS) })
  }
}

/** The cart with what was typed into the fields of one page; 0 or nothing takes a product out. */
function cartWith(before: Cart, typed: ReadonlyMap<number, string>) {
  const cart = new Map(before)
  const problems: Problem[] = []
  for (const [product, text] of typed) {
    const quantity = text.trim() === '' ? 0 : wholeFrom(text)
    if (quantity >= 1 && quantity <= MAX_QUANTITY) cart.set(product, quantity)
    else if (quantity === 0) cart.delete(product)
    else {
      const message = `Enter a whole number up to ${numberWords(MAX_QUANTITY)}, or 0 to leave it out.`
      problems.push({ field: `p${product}`, message })
    }
  }
  if (cart.size > MAX_LINES) {
    problems.push({
      field: '',
      message: `An order has at most ${MAX_LINES} products. Send it in several parts.`,
    })
  }
  return { cart, problems }
}

const cursor = z.tuple([z.string().max(200), z.string().max(400), z.int()])

/** Where a page starts; anything unreadable is the first page. */
function cursorFrom(text: string | undefined): CatalogueCursor | null {
  try {
    return cursor.safeParse(JSON.parse(text ?? '')).data ?? null
  } catch {
    return null
  }
}
