import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Cart, cartFrom, cartText } from '../../orders/cart.ts'
import { routes } from '../../routes.ts'
import type { WebContext } from '../session.ts'

// What a shop has chosen lives in a cookie below its link, so that a page shows it again after Reload, Back or a
// dropped connection, with and without a script. portal.js writes the same cookie at every step.

/** Quantities by product number; a script may read and write it. */
const CART = 'cart'
/** The id of the request that the cart will become: sent twice, even after a lost answer, it is one order. */
const REQUEST = 'request'
/** A shop may think it over. */
const CART_SECONDS = 30 * 24 * 60 * 60
const ID = /^[\w-]{8,64}$/

export function readCart(c: WebContext): Cart {
  return cartFrom(getCookie(c, CART) ?? '')
}

export function keepCart(c: WebContext, token: string, cart: Cart): void {
  setCookie(c, CART, cartText(cart), optionsOf(c, token))
}

/** How portal.js ends the cookie, so that it is the same one. */
export function cartCookieTail(token: string): string {
  return `;path=${routes.portal(token)};max-age=${CART_SECONDS};samesite=lax`
}

/** The id that this cart's request has, made when it is first needed. */
export function requestIdOf(c: WebContext, token: string): string {
  const kept = getCookie(c, REQUEST) ?? ''
  if (ID.test(kept)) return kept
  return renewRequestId(c, token)
}

export function renewRequestId(c: WebContext, token: string): string {
  const id = c.var.ctx.newId()
  setCookie(c, REQUEST, id, { ...optionsOf(c, token), httpOnly: true })
  return id
}

/** What was sent is not in the cart any more. */
export function emptyCart(c: WebContext, token: string): void {
  for (const name of [CART, REQUEST]) deleteCookie(c, name, { path: routes.portal(token) })
}

function optionsOf(c: WebContext, token: string) {
  return {
    // Lax, because a link in an e-mail has to find the cart too.
    ...{ path: routes.portal(token), maxAge: CART_SECONDS, sameSite: 'Lax' as const },
    secure: new URL(c.req.url).protocol === 'https:',
  }
}
